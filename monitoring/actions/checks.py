"""Data checks: found again on every import and on demand, answered by the school or the methodist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from config import clock
from monitoring import checks
from monitoring.checks import Doubt, Exam, Row
from monitoring.enums import CheckState
from monitoring.models import (
    Assessment,
    DataCheck,
    GradeSize,
    Holding,
    JournalComparison,
    MonitoringSettings,
    PointDistribution,
    Result,
    TaskShares,
)
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

GRADES = {"ОГЭ": 9, "ЕГЭ": 11}


@transaction.atomic
def run(*, authority: Organization, years: Iterable[int] | None = None, by: User | None = None) -> int:
    """Looks for doubts in the results of an office (of some school years when named); returns how many are open now.

    A doubt confirmed on the same figures stays confirmed; on others, or said to be corrected and found again, it opens. One
    that is not found any more is gone.
    """
    years = sorted(set(years)) if years is not None else None
    found = {(one.organization, one.key): one for one in doubts(authority, years)}
    kept = DataCheck.objects.select_for_update().filter(authority=authority)
    if years is not None:
        kept = kept.filter(assessment__school_year__in=years)
    changed, known = [], set()
    for row in kept:
        key = (row.organization_id, row.key)
        known.add(key)
        doubt = found.get(key)
        if doubt is None:
            if row.state == CheckState.OPEN:
                row.state = CheckState.GONE
                changed.append(row)
        elif row.figures != doubt.figures or row.state in (CheckState.GONE, CheckState.CORRECTED):
            row.figures, row.text, row.state, row.found_at = (
                dict(doubt.figures),
                doubt.text,
                CheckState.OPEN,
                clock.now(),
            )
            row.comment, row.decided_by, row.decided_at = "", None, None
            changed.append(row)
    columns = ["state", "figures", "text", "found_at", "comment", "decided_by", "decided_at"]
    DataCheck.objects.bulk_update(changed, columns, batch_size=500)
    DataCheck.objects.bulk_create(
        [
            DataCheck(
                authority=authority,
                organization_id=one.organization,
                assessment_id=one.assessment,
                kind=one.kind,
                key=one.key,
                text=one.text[:500],
                figures=dict(one.figures),
            )
            for key, one in found.items()
            if key not in known
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    if by is not None:
        record(by=by, action="results.checked", row=authority, authority=authority, summary=f"найдено {len(found)}")
    return DataCheck.objects.filter(authority=authority, state=CheckState.OPEN).count()


def doubts(authority: Organization, years: list[int] | None) -> list[Doubt]:
    """All doubts of an office; ten queries whatever the number of schools."""
    mine = Result.objects.filter(authority=authority)
    assessments = Assessment.objects.filter(pk__in=mine.order_by().values("assessment_id").distinct())
    if years is not None:
        assessments = assessments.filter(school_year__in={*years, *(year - 1 for year in years)})
    rows = list(assessments)
    every = [_exam(row) for row in rows]
    looked = [one for one in every if years is None or one.year in years]
    ids, shown = [one.pk for one in every], {one.pk for one in looked}
    here: dict[str, Any] = {"authority": authority, "assessment__in": shown}
    results: dict[tuple[int, int], Row] = {}
    marks: dict[tuple[int, int], tuple[int, ...]] = {}
    for school, pk, people, low, state, *counts in mine.filter(assessment__in=ids).values_list(
        "organization_id", "assessment_id", "participants", "low", "state", "n2", "n3", "n4", "n5"
    ):
        results[school, pk] = Row(people, low, state)
        if counts[0] is not None:
            marks[school, pk] = tuple(counts)
    newest = {key: row for key, row in results.items() if key[1] in shown}
    people: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for key, row in newest.items():
        if row.participants:
            people[key]["marks"] = row.participants
    for form, model in (("comparison", JournalComparison), ("points", PointDistribution), ("tasks", TaskShares)):
        for school, pk, number in model.objects.filter(**here).values_list(  # type: ignore[attr-defined]
            "organization_id", "assessment_id", "participants"
        ):
            if number:
                people[school, pk][form] = number
    bounded = [row.pk for row in rows if row.mark_bounds and row.pk in shown]
    points = {
        (school, pk): got
        for school, pk, got in PointDistribution.objects.filter(
            authority=authority, assessment__in=bounded
        ).values_list("organization_id", "assessment_id", "people")
    }
    sizes = GradeSize.objects.filter(organization__authority=authority)
    pupils = {(one.organization_id, one.school_year, one.grade): one.pupils for one in sizes}
    jump = MonitoringSettings.objects.filter(pk=authority.pk).values_list("jump_points", flat=True).first() or 30
    return [
        *checks.too_many(looked, newest, pupils),
        *(one for one in checks.jumps(every, results, jump) if one.assessment in shown),
        *checks.sums(looked, people),
        *checks.bounds(looked, marks, points, {row.pk: row.mark_bounds for row in rows}),
        *checks.missing(looked, newest, _teaching(authority, looked), _not_held(authority, shown)),
    ]


def _exam(row: Assessment) -> Exam:
    family = (row.procedure, row.subject, row.grade, row.level, row.wave, row.title)
    return Exam(row.pk, row.school_year, family, str(row), GRADES.get(row.procedure, row.grade))


def _teaching(authority: Organization, exams: Iterable[Exam]) -> dict[int, list[int]]:
    """Schools by grade: those open now, less those whose card says that they have no such grade."""
    here = Organization.objects.below(authority).schools().open_on(clock.today()).order_by("pk")
    schools = list(here.values_list("pk", "school__has_grade_9", "school__has_grade_11"))
    found: dict[int, list[int]] = {}
    for grade in {one.grade for one in exams}:
        for pk, ninth, eleventh in schools:
            # a school without a card is not known to lack anything
            if grade < 5 or (ninth is not False if grade < 10 else eleventh is not False):
                found.setdefault(grade, []).append(pk)
    return found


def _not_held(authority: Organization, assessments: Iterable[int]) -> set[tuple[int, int]]:
    said = Holding.objects.filter(assessment__in=list(assessments), held="not_held").filter(
        Q(organization=authority) | Q(organization__authority=authority)
    )
    pairs = set(said.values_list("organization_id", "assessment_id"))
    whole = {pk for place, pk in pairs if place == authority.pk}
    if whole:
        schools = Organization.objects.below(authority).schools().values_list("pk", flat=True)
        pairs |= {(school, pk) for school in schools for pk in whole}
    return pairs


@transaction.atomic
def answer(*, by: User, check: DataCheck, comment: str, corrected: bool = False) -> None:
    """«Данные верны» with an explanation, or «исправлено». A second answer is refused, so that nobody's is overwritten."""
    check = DataCheck.objects.select_for_update().get(pk=check.pk)
    if check.state != CheckState.OPEN:
        raise Refused(f"На этот вопрос уже ответили: {check.get_state_display()}.")
    comment = comment.strip()
    if not comment:
        raise Refused("Напишите пояснение: почему данные верны или что исправлено.")
    check.state = CheckState.CORRECTED if corrected else CheckState.CONFIRMED
    check.comment, check.decided_by, check.decided_at = comment, by, clock.now()
    check.save(update_fields=["state", "comment", "decided_by", "decided_at"])
    record(
        by=by,
        action="results.check_answered",
        row=check,
        authority=check.authority_id,
        summary=f"{check.get_state_display()}: {check.text}",
        reason=comment,
    )


@transaction.atomic
def save_sizes(*, by: User, school: Organization, school_year: int, pupils: dict[int, int | None]) -> None:
    """How many pupils each grade has; None takes the figure away."""
    for grade, number in pupils.items():
        if number is None:
            GradeSize.objects.filter(organization=school, school_year=school_year, grade=grade).delete()
        else:
            GradeSize.objects.update_or_create(
                organization=school, school_year=school_year, grade=grade, defaults={"pupils": number}
            )
    record(
        by=by,
        action="results.sizes_saved",
        row=school,
        authority=school.authority_id,
        after={str(grade): number for grade, number in pupils.items()},
        summary=f"{school}: обучающихся по классам, {school_year - 1}/{school_year}",
    )
