from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Протоколы и приказы"

    def ready(self) -> None:
        from config.slots import HomeBlock, MenuItem, SearchSource, register
        from decisions import home, letters, search
        from schools.enums import MessageKind
        from schools.sending import composers

        composers[MessageKind.NEWS] = letters.news

        register(
            MenuItem(
                "Поручения",
                "decisions:task_list",
                "list-check",
                20,
                "school.tasks",
                ("decisions:task_", "decisions:answer_create"),
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
            HomeBlock("decisions/home_office.html", 20, "task.view", home.office),
            SearchSource("Документы", 10, search.documents),
            SearchSource("Пункты", 20, search.clauses),
        )
