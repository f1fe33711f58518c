from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from config.slots import HomeBlock, MenuItem, register
        from reports.home import recommendations, unread_recommendations
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
            MenuItem(
                "Направления",
                "reports:direction_list",
                "bullseye",
                39,
                "cycle.view",
                ("reports:direction_", "reports:element_", "reports:indicator_", "reports:values_"),
            ),
            MenuItem(
                "Рекомендации",
                "reports:recommendation_list",
                "chat-square-text",
                24,
                "cycle.view_own",
                ("reports:recommendation_",),
                badge=unread_recommendations,
            ),
            HomeBlock("reports/home_recommendations.html", 15, "cycle.view_own", recommendations),
        )
