"""The rules an office starts with, and rules as the JSON that is stored, edited and exported. Pure.

The default is a common retelling (samples' README, section 7): a forecast of our own, not a method of anybody.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from monitoring.low_results import Rule, RuleSet

MARK = "прогноз, собственное правило, не методика ФИОКО"
NAME = "Правила по умолчанию"
SOURCE = "Собственное правило управления"

_SUBJECTS = ("Русский язык", "Математика")
DEFAULT = RuleSet(
    id="default-2026",
    title="Низкие результаты не менее чем в двух процедурах в каждом из двух учебных лет",
    school_years=("2024/2025", "2025/2026"),
    procedures=(
        *(Rule("ВПР", subject, grade) for grade in (5, 6) for subject in _SUBJECTS),
        *(Rule("ОГЭ", subject) for subject in _SUBJECTS),
        Rule("ЕГЭ", "Русский язык", low="below_minimum"),
        Rule("ЕГЭ", "Математика", levels=("база", "профиль"), low="below_minimum"),
    ),
)


def parameters_of(rules: RuleSet) -> dict[str, Any]:
    """What `low_results.parse_rules` reads back into the same rules."""
    return {
        "id": rules.id,
        "title": rules.title,
        "school_years": list(rules.school_years),
        "threshold_percent": plain_number(rules.threshold_percent),
        "threshold_inclusive": rules.threshold_inclusive,
        "min_procedures_per_year": rules.min_procedures_per_year,
        "min_participants": rules.min_participants,
        "procedures": [
            {
                "procedure": one.procedure,
                "subject": one.subject,
                "grade": one.grade,
                "levels": list(one.levels) or None,
                "low": one.low,
            }
            for one in rules.procedures
        ],
        "ege_minimum": [
            {"subject": one.subject, "level": one.level}
            | ({"mark": one.mark} if one.score is None else {"score": plain_number(one.score)})
            for one in rules.ege_minimum
        ],
        "exclude_kinds": list(rules.exclude_kinds),
        "not_held": [
            {"school_year": one.school_year, "procedure": one.procedure, "subject": one.subject, "grade": one.grade}
            for one in rules.not_held
        ],
        "look_back": rules.look_back,
        "share": {"decimals": rules.decimals},
    }


def plain_number(value: Decimal) -> int | str:
    """A whole number, or a decimal as text: JSON's floats would move a threshold."""
    return int(value) if value == value.to_integral_value() else str(value.normalize())


def rule_key(rule: Rule) -> str:
    """A procedure as the value of a checkbox: «ВПР|Математика|5»."""
    return f"{rule.procedure}|{rule.subject}|{rule.grade or ''}"


def rule_of(key: str) -> Rule:
    """The procedure of a checkbox; mathematics of ЕГЭ takes both levels together. Raises ValueError for strange words."""
    procedure, subject, grade = key.split("|")
    if procedure not in ("ВПР", "ОГЭ", "ЕГЭ", "КР") or not subject:
        raise ValueError(key)
    levels = ("база", "профиль") if (procedure, subject) == ("ЕГЭ", "Математика") else ()
    return Rule(
        procedure, subject, int(grade) if grade else None, levels, "below_minimum" if procedure == "ЕГЭ" else "mark_2"
    )
