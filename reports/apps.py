from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from config.slots import Fragment, HomeBlock, MenuItem, register
        from reports.actions.notes import content_of
        from reports.home import recommendations
        from reports.notes.papers import render_issued
        from reports.paper import issued
        from schools.actions.papers import Maker, makers

        makers["decisions.document"] = Maker(issued.content_of, issued.render)
        makers["reports.analyticalnote"] = Maker(content_of, render_issued)

        register(
            MenuItem("Главная", "reports:home", "house", 0, "document.view"),
            MenuItem("Главная", "reports:home", "house", 0, "document.view_own"),
            MenuItem("Главная", "reports:home", "house", 0, "settings.manage"),
            MenuItem(
                "Исполнение",
                "reports:board",
                "speedometer2",
                27,
                "document.view",
                ("reports:discipline", "reports:progress", "decisions:control_"),
            ),
            MenuItem(
                "Направления",
                "reports:direction_list",
                "bullseye",
                39,
                "cycle.view",
                ("reports:direction_", "reports:element_", "reports:indicator_", "reports:values_"),
            ),
            MenuItem(
                "Справки",
                "reports:note_list",
                "journal-text",
                39,
                "cycle.view",
                ("reports:note_", "reports:job_"),
            ),
            MenuItem(
                "Рекомендации",
                "reports:recommendation_list",
                "chat-square-text",
                24,
                "cycle.view_own",
                ("reports:recommendation_",),
            ),
            Fragment("schools:organization_detail", "Паспорт школы", "reports:passport_card", 60, "results.view"),
            Fragment("schools:organization_detail", "Паспорт школы", "reports:passport_card", 61, "results.view_own"),
            HomeBlock("reports/home_recommendations.html", 15, "cycle.view_own", recommendations),
        )
