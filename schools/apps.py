from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Школы"

    def ready(self) -> None:
        from config.slots import HomeBlock, MenuItem, SearchSource, register
        from schools import home, letters, search_sources
        from schools.enums import MessageKind
        from schools.sending import composers

        composers[MessageKind.DIGEST] = letters.daily
        composers[MessageKind.NEWS] = letters.news

        register(
            MenuItem(
                "Школы",
                "schools:organization_list",
                "building",
                40,
                "registry.view",
                ("schools:organization_", "schools:registry_", "schools:alias_"),
            ),
            MenuItem(
                "Сотрудники",
                "schools:person_list",
                "people",
                50,
                "people.view",
                ("schools:person_", "schools:code_list", "schools:position_", "schools:membership_"),
            ),
            MenuItem(
                "Сотрудники",
                "schools:person_list",
                "people",
                51,
                "people.manage",
                ("schools:person_", "schools:code_list", "schools:position_", "schools:membership_"),
            ),
            MenuItem("Группы школ", "schools:group_list", "collection", 60, "document.edit", ("schools:group_",)),
            MenuItem("Напоминания", "schools:plan_edit", "clock-history", 78, "reminders.manage", ("schools:plan_",)),
            MenuItem("Письма", "schools:message_list", "envelope", 80, "messages.view", ("schools:message_",)),
            MenuItem(
                "Настройки",
                "schools:settings_edit",
                "gear",
                90,
                "settings.manage",
                ("schools:settings_", "schools:calendar_", "schools:school_term_"),
            ),
            HomeBlock("schools/home_admin.html", 30, "settings.manage", home.administrator),
            SearchSource("Школы", 30, search_sources.organizations),
            SearchSource("Сотрудники", 40, search_sources.people),
        )
