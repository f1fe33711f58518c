from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from config.slots import MenuItem, register
        from reports.paper import issued
        from schools.actions.papers import Maker, makers

        makers["decisions.document"] = Maker(issued.content_of, issued.render)

        register(
            MenuItem("Главная", "reports:home", "house", 0, "document.view"),
            MenuItem("Главная", "reports:home", "house", 0, "document.view_own"),
            MenuItem(
                "Исполнение",
                "reports:board",
                "speedometer2",
                27,
                "document.view",
                ("reports:discipline", "reports:progress", "decisions:control_"),
            ),
        )
