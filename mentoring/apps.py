from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = "Наставничество"

    def ready(self) -> None:
        from config.slots import DigestSource, Fragment, HomeBlock, MenuItem, PageNote, SearchSource, register
        from mentoring import home, news

        office = (
            "mentoring:care_",
            "mentoring:school_",
            "mentoring:visit_",
            "mentoring:profile_",
            "mentoring:risk_",
            "mentoring:need_",
            "mentoring:mentorship_",
            "mentoring:interview_",
            "mentoring:questionnaire_",
        )
        register(
            MenuItem("Помощь школам", "mentoring:care_list", "mortarboard", 37, "care.view", office),
            MenuItem(
                "Школы, где я куратор",
                "mentoring:school_list",
                "mortarboard",
                37,
                "care.help",
                ("mentoring:school_", "mentoring:visit_", "mentoring:profile_"),
            ),
            MenuItem("Помощь нашей школе", "mentoring:visit_list", "people", 39, "care.own", office[2:]),
            Fragment(
                "schools:organization_detail", "Кураторы и наставники", "mentoring:school_fragment", 30, "care.view"
            ),
            Fragment(
                "schools:organization_detail", "Кураторы и наставники", "mentoring:school_fragment", 31, "care.own"
            ),
            HomeBlock("mentoring/home_curator.html", 12, "care.help", home.curator),
            HomeBlock("mentoring/home_waiting.html", 25, "care.view", home.office),
            HomeBlock("mentoring/home_waiting.html", 26, "care.own", home.school),
            PageNote("decisions:document_detail", 10, home.offers_on_document),
            SearchSource("Кураторы", 40, home.search),
            DigestSource(60, news.lines, news.people, news.bell),
        )
