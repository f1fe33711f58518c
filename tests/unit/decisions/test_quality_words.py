"""What words are about the quality of education: the default of what curators see."""

import pytest

from decisions.quality import about_quality


@pytest.mark.parametrize(
    "words",
    [
        "Провести анализ результатов ВПР по математике",
        "Об итогах государственной итоговой аттестации",
        "О повышении качества общего образования",
        "Школам с низкими образовательными результатами разработать дорожную карту",
        "Выявить причины неуспеваемости",
        "Обеспечить объективность оценивания",
        "О работе по формированию функциональной грамотности",
        "Назначить кураторов школ на 2026/2027 учебный год",
        "Закрепить наставника за молодым учителем",
        "Провести контрольную работу по русскому языку в 9 классах",
    ],
)
def test_words_of_results_procedures_and_help_are_about_quality(words: str) -> None:
    assert about_quality("", words)


@pytest.mark.parametrize(
    "words",
    [
        "Провести инструктаж по пожарной безопасности",
        "Представить списки детей на летний отдых до 1 мая",
        "О качестве питания в школьных столовых",
        "Разместить на сайте школы сведения о доходах",
        "Обеспечить подготовку зданий к зиме",
        "Назначить куратора волонтёрского отряда",
    ],
)
def test_other_work_of_schools_is_not(words: str) -> None:
    assert not about_quality(words)
