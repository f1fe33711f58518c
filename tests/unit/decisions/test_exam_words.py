"""Which clauses concern grade 11 only, so that a school of nine grades is not sent them by mistake."""

from __future__ import annotations

import pytest

from decisions.actions.plan import only_about_exam_11


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Организовать консультации к ЕГЭ до 09.09.2026.", True),
        ("Подготовить пункты проведения единого государственного экзамена.", True),
        ("Провести собрания родителей выпускников 11-х классов.", True),
        ("Проанализировать успеваемость одиннадцатых классов.", True),
        ("Составить графики консультаций к ОГЭ и ЕГЭ.", False),
        ("Провести пробный экзамен в 9-х и 11-х классах.", False),
        ("Проанализировать итоги ВПР в 5 классах.", False),
        ("Подготовить отчёт по стратегии развития.", False),
    ],
)
def test_a_clause_about_grade_11_is_told_by_its_words(text: str, only: bool) -> None:
    assert only_about_exam_11(text) is only
