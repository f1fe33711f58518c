from django.apps import AppConfig

HISTORY = "ШНОР: история и что осталось до выхода"


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Результаты"

    def ready(self) -> None:
        from config.slots import DigestSource, Fragment, HomeBlock, MenuItem, register
        from monitoring import home

        looking = (
            "monitoring:heat_map",
            "monitoring:subject_",
            "monitoring:assessment_",
            "monitoring:school_",
            "monitoring:check_",
            "monitoring:result_",
        )
        register(
            HomeBlock("monitoring/home_checks.html", 24, "results.import", home.block),
            HomeBlock("monitoring/home_checks.html", 24, "results.confirm_own", home.block),
            DigestSource(60, home.lines, home.people, home.bell),
            MenuItem("Результаты", "monitoring:heat_map", "bar-chart", 36, "results.view", looking),
            MenuItem(
                "Наши результаты",
                "monitoring:own_results",
                "bar-chart",
                37,
                "results.view_own",
                ("monitoring:own_", "monitoring:school_", "monitoring:check_"),
            ),
            Fragment(
                "schools:organization_detail", "Результаты", "monitoring:organization_results", 20, "results.view"
            ),
            Fragment(
                "schools:organization_detail", "Результаты", "monitoring:organization_results", 20, "results.view_own"
            ),
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
                36,
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
