from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Протоколы и приказы"

    def ready(self) -> None:
        from config.slots import (
            CalendarSource,
            DigestSource,
            Fragment,
            HomeBlock,
            MenuItem,
            SearchSource,
            TaskNotes,
            WaitingSource,
            register,
        )
        from decisions import home, home_extensions, search
        from decisions.reminders import events, office, school
        from decisions.views.briefing import answers_waiting, extensions_waiting, why_late

        register(
            MenuItem(
                "Поручения",
                "decisions:task_list",
                "list-check",
                20,
                "school.tasks",
                ("decisions:task_", "decisions:answer_create", "decisions:extension", "decisions:form_answer"),
                home.director_badge,
            ),
            MenuItem(
                "Поручения нам",
                "decisions:office_task_list",
                "signpost",
                22,
                "office.answer",
                ("decisions:office_task_", "decisions:chain_order"),
            ),
            MenuItem(
                "Ответы школ",
                "decisions:answer_list",
                "inbox",
                25,
                "task.check",
                ("decisions:answer_",),
                home.checker_badge,
            ),
            MenuItem(
                "Сбор сведений",
                "decisions:form_list",
                "clipboard-data",
                28,
                "document.view",
                (
                    "decisions:form_list",
                    "decisions:form_detail",
                    "decisions:form_layout",
                    "decisions:form_create",
                ),
            ),
            MenuItem(
                "Протоколы и приказы",
                "decisions:document_list",
                "file-earmark-text",
                30,
                "document.view",
                (
                    "decisions:document_",
                    "decisions:clause",
                    "decisions:matrix_",
                    "decisions:duty_",
                    "decisions:event_",
                    "decisions:scan_",
                    "decisions:acknowledgement_",
                ),
            ),
            MenuItem(
                "Протоколы и приказы",
                "decisions:document_list",
                "file-earmark-text",
                31,
                "document.view_own",
                ("decisions:document_",),
            ),
            HomeBlock("decisions/home_director.html", 10, "school.tasks", home.director),
            MenuItem(
                "Продление сроков",
                "decisions:extension_list",
                "calendar-range",
                27,
                "task.move",
                ("decisions:extension", "decisions:dates_move"),
                home_extensions.badge,
            ),
            Fragment("schools:organization_detail", "Поручения", "decisions:organization_tasks", 10, "task.view"),
            Fragment("schools:organization_detail", "Поручения", "decisions:organization_tasks", 10, "task.view_care"),
            HomeBlock("decisions/parts/home_extensions.html", 5, "task.move", home_extensions.deciding),
            HomeBlock("decisions/parts/home_extensions.html", 15, "school.tasks", home_extensions.asking),
            HomeBlock("decisions/home_office.html", 20, "task.view", home.office),
            SearchSource("Документы", 10, search.documents),
            MenuItem("К планёрке", "decisions:briefing", "clipboard-check", 27, "task.check", ("decisions:briefing",)),
            DigestSource(10, office.lines_of_briefing, office.people_of_briefing),
            DigestSource(20, school.lines, school.people, school.bell),
            DigestSource(30, office.lines_of_delays, office.people_of_delays, office.bell_of_delays),
            DigestSource(40, office.lines_of_protocols, office.people_of_protocols, office.bell_of_protocols),
            WaitingSource("Просьбы о продлении", 5, extensions_waiting),
            WaitingSource("Ответы школ на проверке", 10, answers_waiting),
            TaskNotes(10, why_late),
            CalendarSource(10, events.events),
            DigestSource(50, office.lines_of_summary, office.people_of_summary),
            SearchSource("Пункты", 20, search.clauses),
            SearchSource("Поручения", 25, search.tasks),
        )
