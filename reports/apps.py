from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from config.slots import MenuItem, register

        register(
            MenuItem("Главная", "reports:home", "house", 0, "document.view"),
            MenuItem("Главная", "reports:home", "house", 0, "document.view_own"),
        )
