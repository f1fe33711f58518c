"""The chain of managing quality and its gaps (domain notes, section 5). Pure: plain values in, sentences' parts out.

goal → indicator → method → monitoring → analysis → recommendation → measure → decision → effect. An element follows from elements
of earlier kinds (a goal may follow from an effect of an earlier year). A chain has a gap at an element when nothing of the next
kind follows from it, straight or through others; each gap names the kind of element that closes it and what that one follows from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

KINDS = (
    "goal",
    "indicator",
    "method",
    "monitoring",
    "analysis",
    "recommendation",
    "measure",
    "decision",
    "effect",
)
ORDER = {kind: place for place, kind in enumerate(KINDS)}

Closes = Literal["element", "values", "document", "link"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element. `label` names it in a sentence («показатель 1.1.2»); `measured` is asked of indicators only; `proved` says that
    a decision is tied to a document."""

    pk: int
    kind: str
    label: str
    follows: tuple[int, ...] = ()
    measured: bool = True
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """`words` is the whole sentence; `closes` says what to do: add an element of `kind` that follows from `element`, enter values,
    tie a document, say what the element follows from."""

    element: int | None
    words: str
    kind: str
    closes: Closes = "element"
    step: str = ""


STEPS = {
    "goal": "Назвать цель",
    "indicator": "Назначить показатель",
    "method": "Указать метод сбора",
    "monitoring": "Описать мониторинг",
    "analysis": "Внести анализ",
    "recommendation": "Дать рекомендацию",
    "measure": "Назначить меру",
    "decision": "Внести решение",
    "effect": "Оценить эффект",
}
_LACKS = {
    "goal": "{} — нет показателя, по которому видно, достигнута ли она",
    "indicator": "{} — не указан метод сбора",
    "method": "{} — нет мониторинга: не сказано, когда и где собрано",
    "monitoring": "{} не проанализирован",
    "analysis": "{} — нет рекомендаций",
    "recommendation": "{} без меры",
    "measure": "{} без решения",
    "decision": "{} — эффект не оценён",
}


def may_follow(kind: str, before: str) -> bool:
    """Whether an element of `kind` may follow from one of `before`."""
    return ORDER[before] < ORDER[kind] or (kind == "goal" and before == "effect")


def reached_from(elements: Sequence[Element]) -> dict[int, set[str]]:
    """For each element the kinds that follow from it, straight or through others."""
    after: dict[int, list[Element]] = {one.pk: [] for one in elements}
    for one in elements:
        for before in one.follows:
            if before in after:
                after[before].append(one)
    found: dict[int, set[str]] = {}
    # Kinds only grow along a link inside a year, so the latest kinds are worked out first.
    for one in sorted(elements, key=lambda item: -ORDER[item.kind]):
        kinds: set[str] = set()
        for later in after[one.pk]:
            if ORDER[later.kind] > ORDER[one.kind]:
                kinds |= {later.kind} | found.get(later.pk, set())
        found[one.pk] = kinds
    return found


def indicator_of(elements: Sequence[Element]) -> dict[int, Element]:
    """The indicator an element speaks of: itself, or the nearest one it follows from."""
    by_pk = {one.pk: one for one in elements}
    found: dict[int, Element] = {}
    for one in sorted(elements, key=lambda item: ORDER[item.kind]):
        if one.kind == "indicator":
            found[one.pk] = one
            continue
        for before in one.follows:
            if before in found and before in by_pk:
                found[one.pk] = found[before]
                break
    return found


def gaps(elements: Sequence[Element]) -> list[Gap]:
    """Every gap of one direction in the order of the chain. An element is blamed for its own next link only: what is missing further
    on is said of the element where the chain breaks."""
    if not elements:
        return [Gap(None, "по направлению не названа цель", "goal", step=STEPS["goal"])]
    after, speaks_of = reached_from(elements), indicator_of(elements)
    out: list[Gap] = []
    if not any(one.kind == "goal" for one in elements):
        out.append(Gap(None, "по направлению не названа цель", "goal", step=STEPS["goal"]))
    known = {one.pk for one in elements}
    for one in sorted(elements, key=lambda item: (ORDER[item.kind], item.pk)):
        if one.kind != "goal" and not any(pk in known for pk in one.follows):
            out.append(Gap(one.pk, f"{one.label} ни из чего не следует", one.kind, "link", "Указать, из чего следует"))
        if one.kind == "indicator" and not one.measured:
            out.append(Gap(one.pk, f"{one.label} не измерен", one.kind, "values", "Внести значения"))
        if one.kind == "decision" and not one.proved:
            out.append(
                Gap(one.pk, f"{one.label} не связано с документом", one.kind, "document", "Связать с документом")
            )
        if one.kind in _LACKS:
            wanted = KINDS[ORDER[one.kind] + 1]
            if wanted not in after[one.pk]:
                subject = one
                if one.kind in ("method", "monitoring"):  # the indicator is what people know by its code
                    subject = speaks_of.get(one.pk, one)
                out.append(Gap(one.pk, _LACKS[one.kind].format(subject.label), wanted, step=STEPS[wanted]))
    return _once(out)


def _once(found: Iterable[Gap]) -> list[Gap]:
    """Two methods of one indicator that both lack a monitoring are one sentence."""
    seen: set[tuple[str, str]] = set()
    out = []
    for gap in found:
        if (gap.words, gap.closes) not in seen:
            seen.add((gap.words, gap.closes))
            out.append(gap)
    return out
