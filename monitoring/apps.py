from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Результаты"

    def ready(self) -> None:
        from config.slots import MenuItem, register

        register(
            MenuItem(
                "Загрузка результатов",
                "monitoring:import_list",
                "upload",
                38,
                "results.import",
                ("monitoring:import_",),
            ),
        )
