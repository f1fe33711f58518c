from django.apps import AppConfig

HISTORY = "ШНОР: история и что осталось до выхода"


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Результаты"

    def ready(self) -> None:
        from config.slots import Fragment, MenuItem, register

        register(
            MenuItem(
                "Загрузка результатов",
                "monitoring:import_list",
                "upload",
                38,
                "results.import",
                ("monitoring:import_",),
            ),
            MenuItem(
                "Перечни ШНОР",
                "monitoring:list_list",
                "shield-lock",
                40,
                "lists.view",
                (
                    "monitoring:list_",
                    "monitoring:forecast_",
                    "monitoring:rules_",
                    "monitoring:received_",
                    "monitoring:look_",
                ),
            ),
            Fragment("schools:organization_detail", HISTORY, "monitoring:school_lists", 40, "lists.view"),
            Fragment("schools:organization_detail", HISTORY, "monitoring:school_lists", 41, "lists.view_own"),
        )
