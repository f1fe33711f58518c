"""A protocol of the directions of a year: results taken note of, recommendations approved, annexes numbered from the model."""

from __future__ import annotations

from collections.abc import Sequence

from decisions.actions.compose import Planned, PlannedAnnex, compose
from decisions.enums import Nature
from decisions.models import Document
from monitoring.enums import Audience
from monitoring.models import Direction, IndicatorValue
from reports.actions.chain import elements_of
from reports.enums import ElementKind
from reports.models import ChainElement
from reports.wording import figure
from schools.errors import Refused
from schools.models import Organization, User

MEETING = "заседание рабочей группы по оценке муниципальных механизмов управления качеством образования"
FOR_WHOM = {
    Audience.TEACHERS: "Рекомендации для педагогов:",
    Audience.HEADS: "Рекомендации для руководящего состава:",
    Audience.METHODISTS: "Рекомендации для методистов и специалистов:",
    Audience.SCHOOL: "Рекомендации отдельным школам:",
}
NOTHING = "Сведения по этому направлению не представлены."


def draft_protocol(*, by: User, authority: Organization, directions: Sequence[Direction]) -> Document:
    """«Принять к сведению итоги» with an annex for each direction, «утвердить рекомендации» with one more for each, in one order.

    Eight directions give annexes 1–8 and 9–16 (as document 001 of the real ones numbers them). Raises `Refused` without any.
    Values of single schools do not go into the annexes: the protocol is read by all.
    """
    if not directions:
        raise Refused("Направлений этого года ещё нет: заведите их на этой странице.")
    rows = sorted(directions, key=lambda one: one.code)
    elements = elements_of(rows)
    values = {
        value.indicator_id: value
        for value in IndicatorValue.objects.filter(indicator__direction__in=rows, organization=authority)
    }
    place = authority.territory or authority.name
    count = len(rows)
    year = f"{rows[0].school_year - 1}/{rows[0].school_year} учебном году"
    return compose(
        by=by,
        authority=authority,
        meeting=MEETING,
        agenda=(
            "Итоги года по направлениям управления качеством",
            "Рекомендации по итогам года",
        ),
        clauses=(
            Planned(
                f"Принять к сведению итоги года по управлению качеством образования "
                f"({place}) в {year} по направлениям:",
                "1",
                Nature.STATES,
                0,
                children=_named(rows, 1),
            ),
            Planned(
                "Утвердить адресные рекомендации по итогам проведённого анализа по направлениям:",
                "2",
                Nature.STATES,
                1,
                children=_named(rows, count + 1),
            ),
        ),
        annexes=[
            *(
                PlannedAnnex(f"Итоги мониторинга по направлению «{one.name}»", _results(elements[one.pk], values))
                for one in rows
            ),
            *(
                PlannedAnnex(f"Адресные рекомендации по направлению «{one.name}»", _advice(elements[one.pk]))
                for one in rows
            ),
        ],
        label="Составлено из направлений",
    )


def _named(rows: Sequence[Direction], first: int) -> tuple[Planned, ...]:
    last = len(rows) - 1
    return tuple(
        Planned(f"«{one.name}» (Приложение {first + place}){'.' if place == last else ';'}", "-", Nature.STATES)
        for place, one in enumerate(rows)
    )


def _results(elements: Sequence[ChainElement], values: dict[int, IndicatorValue]) -> tuple[Planned, ...]:
    """Goals, then indicators with their values, then the analysis, in words."""
    out: list[Planned] = []
    for kind, title in (
        (ElementKind.GOAL, "Цели:"),
        (ElementKind.INDICATOR, "Показатели:"),
        (ElementKind.ANALYSIS, "Анализ:"),
        (ElementKind.EFFECT, "Эффективность принятых мер:"),
    ):
        found = [one for one in elements if one.kind == kind]
        if found:
            lines = tuple(Planned(_words(one, values), "-", Nature.STATES) for one in found)
            out.append(Planned(title, "-", Nature.HEADING, children=lines))
    return tuple(out) or (Planned(NOTHING, "-", Nature.STATES),)


def _words(one: ChainElement, values: dict[int, IndicatorValue]) -> str:
    if one.indicator is None:
        return _sentence(one.text)
    indicator, value = one.indicator, values.get(one.indicator.pk)
    said = f"{indicator.code} {indicator.name}: "
    said += figure(value.value, indicator.unit) if value else "значение не определено"
    if indicator.target is not None:
        said += f" при целевом значении {figure(indicator.target, indicator.unit)}"
        reached = indicator.reached(value.value if value else None)
        said += {True: ", достигнуто", False: ", не достигнуто", None: ""}[reached]
    return said + "."


def _advice(elements: Sequence[ChainElement]) -> tuple[Planned, ...]:
    """Recommendations by audience, as the annexes of document 001 group them."""
    out = []
    for audience, title in FOR_WHOM.items():
        found = [one for one in elements if one.kind == ElementKind.RECOMMENDATION and one.audience == audience]
        if not found:
            continue
        lines = tuple(
            Planned(
                _sentence(f"{one.organization}: {one.text}" if one.organization else one.text), "-", Nature.RECOMMENDS
            )
            for one in found
        )
        out.append(Planned(title, "-", Nature.HEADING, children=lines))
    return tuple(out) or (Planned("Рекомендации по этому направлению ещё не даны.", "-", Nature.STATES),)


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?", ":")) else words.rstrip(",;") + "."
