"""Doubts about figures that a school or methodist confirms or corrects. Pure: rows in, doubts out; nothing here is certain.

A doubt has a `key` that is one for the school however often it is found, and the `figures` it stands on: other figures make a
confirmed doubt open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from monitoring.heat import comma
from monitoring.indicators import rounded

LEAST = 10  # people on both sides for a jump to mean anything
MOST_SCHOOLS = Decimal(2) / 3  # a subject that so many schools have is missed where it is not


@dataclass(frozen=True, slots=True)
class Exam:
    """An assessment: `family` is what is the same over years (procedure, subject, grade, level, wave, title)."""

    pk: int
    year: int
    family: tuple[Any, ...]
    name: str
    grade: int  # 9 for ОГЭ, 11 for ЕГЭ


@dataclass(frozen=True, slots=True)
class Row:
    """What a school has in an assessment: people by form, None where the form was not loaded. `marks` are counts of «2»…«5»."""

    participants: int | None
    low: int | None = None
    state: str = "data"


@dataclass(frozen=True, slots=True)
class Doubt:
    organization: int
    assessment: int
    kind: str
    key: str
    text: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def too_many(
    exams: Iterable[Exam], rows: Mapping[tuple[int, int], Row], pupils: Mapping[tuple[int, int, int], int]
) -> list[Doubt]:
    """More participants than the grade has pupils. `rows` by (school, assessment), `pupils` by (school, year, grade)."""
    by_pk = {one.pk: one for one in exams}
    found = []
    for (school, pk), row in rows.items():
        exam = by_pk.get(pk)
        if exam is None or not row.participants:
            continue
        known = pupils.get((school, exam.year, exam.grade))
        if known is not None and row.participants > known:
            words = f"{exam.name}: участников {row.participants}, а обучающихся в {exam.grade} классе — {known}."
            figures = {"participants": row.participants, "pupils": known}
            found.append(Doubt(school, pk, "too_many", f"too_many:{pk}", words, figures))
    return found


def jumps(exams: Iterable[Exam], rows: Mapping[tuple[int, int], Row], points: int) -> list[Doubt]:
    """The share of low results changed by more than `points` percentage points since the year before, either way."""
    exams = list(exams)
    before = {(one.family, one.year): one for one in exams}
    by_exam: dict[int, list[tuple[int, Row]]] = {}
    for (school, pk), row in rows.items():
        by_exam.setdefault(pk, []).append((school, row))
    found = []
    for exam in exams:
        earlier = before.get((exam.family, exam.year - 1))
        if earlier is None:
            continue
        for school, row in by_exam.get(exam.pk, ()):
            old = rows.get((school, earlier.pk))
            if old is None or not _enough(row) or not _enough(old):
                continue
            change = _share(row) - _share(old)
            if abs(change) > points:
                words = (
                    f"{exam.name}: доля низких результатов была {_words(_share(old))}, стала {_words(_share(row))} — "
                    f"изменение больше {points} п.п."
                )
                figures = {"before": [old.low, old.participants], "now": [row.low, row.participants]}
                found.append(Doubt(school, exam.pk, "jump", f"jump:{exam.pk}", words, figures))
    return found


def _enough(row: Row) -> bool:
    return row.low is not None and (row.participants or 0) >= LEAST


def _share(row: Row) -> Decimal:
    return Decimal(100 * (row.low or 0)) / (row.participants or 1)


def _words(share: Decimal) -> str:
    return f"{comma(rounded(share, 1))} %"


FORMS = {
    "marks": "«Статистика по отметкам»",
    "comparison": "«Сравнение с журналом»",
    "points": "«Распределение первичных баллов»",
    "tasks": "«Выполнение заданий»",
}


def sums(exams: Iterable[Exam], people: Mapping[tuple[int, int], Mapping[str, int]]) -> list[Doubt]:
    """Forms of one assessment that disagree on how many took part. `people`: (school, assessment) → form → people.

    Fewer in the comparison is usual (who has no journal mark is not compared), more never is.
    """
    by_pk = {one.pk: one for one in exams}
    found = []
    for (school, pk), forms in people.items():
        exam, marks = by_pk.get(pk), forms.get("marks")
        if exam is None or not marks:
            continue
        wrong = {
            form: number
            for form, number in forms.items()
            if form != "marks" and (number > marks if form == "comparison" else number != marks)
        }
        if wrong:
            others = ", ".join(f"{FORMS[form]} — {number}" for form, number in sorted(wrong.items()))
            words = f"{exam.name}: участников в {FORMS['marks']} — {marks}, а в других отчётах: {others}."
            found.append(Doubt(school, pk, "sums", f"sums:{pk}", words, {"marks": marks, **wrong}))
    return found


def bounds(
    exams: Iterable[Exam],
    marks: Mapping[tuple[int, int], tuple[int, ...]],
    points: Mapping[tuple[int, int], list[int]],
    edges: Mapping[int, Mapping[str, int]],
) -> list[Doubt]:
    """Marks that do not follow from points where the bounds of marks are known: people with «2»…«5» by both forms."""
    by_pk = {one.pk: one for one in exams}
    found = []
    for (school, pk), people in points.items():
        exam, printed, edge = by_pk.get(pk), marks.get((school, pk)), edges.get(pk) or {}
        if exam is None or printed is None or set(edge) != {"3", "4", "5"}:
            continue
        starts = [0, edge["3"], edge["4"], edge["5"], len(people)]
        counted = tuple(sum(people[a:b]) for a, b in zip(starts, starts[1:], strict=False))
        if counted != printed and sum(counted) == sum(printed):
            words = f"{exam.name}: отметок «2», «3», «4», «5» — {_list(printed)}, а по первичным баллам и границам — {_list(counted)}."
            found.append(Doubt(school, pk, "sums", f"bounds:{pk}", words, {"marks": [*printed], "points": [*counted]}))
    return found


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def missing(
    exams: Iterable[Exam],
    rows: Mapping[tuple[int, int], Row],
    teaching: Mapping[int, Iterable[int]],
    not_held: set[tuple[int, int]],
) -> list[Doubt]:
    """No result of a school in an assessment that two thirds of the schools with this grade have. `teaching`: grade → schools.

    ВПР draws subjects by class, so a subject that only some schools wrote is no doubt.
    """
    found = []
    for exam in exams:
        schools = list(teaching.get(exam.grade, ()))
        have = {school for school in schools if (school, exam.pk) in rows}
        if not schools or len(have) < 3 or len(have) < MOST_SCHOOLS * len(schools):
            continue
        for school in schools:
            if school not in have and (school, exam.pk) not in not_held:
                words = f"{exam.name}: результата школы нет, хотя у большинства школ он есть ({len(have)} из {len(schools)})."
                found.append(Doubt(school, exam.pk, "missing", f"missing:{exam.pk}", words, {}))
    return found
