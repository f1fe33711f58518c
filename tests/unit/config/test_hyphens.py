"""Long words of narrow headings are parted between syllables, short ones and everything else stay as they are."""

from config.ui.words import hyphenated


def test_long_words_are_parted_between_syllables() -> None:
    parted = {
        word: hyphenated(word).replace("\u00ad", "|") for word in ("Обществознание", "Информатика", "Русский язык")
    }
    assert parted == {
        "Обществознание": "Общест|воз|на|ние", "Информатика": "Инфор|ма|тика", "Русский язык": "Русский язык",
    }  # fmt: skip
    assert hyphenated("ВПР, Математика, 4 класс").replace("\u00ad", "") == "ВПР, Математика, 4 класс"
