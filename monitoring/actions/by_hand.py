"""A result entered or corrected by a person, and «не проводилась»: with a reason, in the trail, never silently over a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from monitoring.actions import checks
from monitoring.actions.stored import plain
from monitoring.enums import Held, Procedure, ResultState
from monitoring.models import Assessment, Holding, Result
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

FIELDS = ("state", "participants", "n2", "n3", "n4", "n5", "below_minimum", "mean_score")


def seen_of(row: Result | None) -> str:
    """What a person saw of a result, to be sent back: a result changed meanwhile is not overwritten."""
    return "" if row is None else "|".join(str(plain(getattr(row, name))) for name in (*FIELDS, "source", "batch_id"))


@transaction.atomic
def save_result(
    *, by: User, assessment: Assessment, school: Organization, values: dict[str, Any], reason: str, seen: str
) -> Result:
    """Writes the figures with source «hand». Raises Refused when they changed since `seen` or do not add up."""
    Organization.objects.select_for_update().get(pk=school.authority_id)
    row = Result.objects.select_for_update().filter(assessment=assessment, organization=school).first()
    if seen_of(row) != seen:
        raise Refused("Пока вы вводили, результат изменился. Посмотрите, что стоит сейчас, и повторите, если нужно.")
    if not reason.strip():
        raise Refused("Укажите основание: откуда эти данные.")
    before = None if row is None else {name: plain(getattr(row, name)) for name in (*FIELDS, "source")}
    if row is None:
        row = Result(assessment=assessment, organization=school, authority_id=school.authority_id)
    for name in FIELDS:
        setattr(row, name, values.get(name))
    row.state = values.get("state") or ResultState.DATA
    row.source, row.batch = "hand", None
    try:
        row.full_clean(validate_unique=False, exclude=["assessment", "organization", "authority", "batch"])
    except ValidationError as why:
        raise Refused(" ".join(why.messages)) from why
    row.save()
    record(
        by=by,
        action="results.by_hand",
        row=row,
        authority=school.authority_id,
        before=before,
        after={name: plain(getattr(row, name)) for name in (*FIELDS, "source")},
        reason=reason.strip(),
        summary=f"{school}: {assessment}",
    )
    if school.authority is not None:
        checks.run(authority=school.authority, years=[assessment.school_year])
    return row


@transaction.atomic
def say_held(*, by: User, assessment: Assessment, place: Organization, held: bool, reason: str) -> None:
    """«Не проводилась» for a school or the whole office, or takes it back. Refused where there is a result."""
    if (
        not held
        and Result.objects.filter(assessment=assessment, participants__gt=0).filter(organization=place).exists()
    ):
        raise Refused("По этой процедуре у школы есть результат: сначала исправьте его.")
    if not held and not reason.strip():
        raise Refused("Напишите, почему процедура не проводилась.")
    row, _ = Holding.objects.update_or_create(
        assessment=assessment,
        organization=place,
        defaults={"held": Held.HELD if held else Held.NOT_HELD, "reason": reason.strip()[:300]},
    )
    record(
        by=by,
        action="results.held",
        row=row,
        authority=place.authority_id,
        reason=reason.strip(),
        summary=f"{place}: {assessment}, {row.get_held_display()}",
    )
    if place.authority is not None:
        checks.run(authority=place.authority, years=[assessment.school_year])


@transaction.atomic
def say_not_held(
    *, by: User, assessment: Assessment, office: Organization, places: Sequence[Organization], held: bool, reason: str
) -> None:
    """«Не проводилась» for several schools or the whole office at once, or takes it back. All or nothing: refused where one of them
    has a result."""
    if not places:
        raise Refused("Отметьте школы или «Во всём округе».")
    if not held and not reason.strip():
        raise Refused("Напишите, почему процедура не проводилась.")
    whole = any(place.pk == office.pk for place in places)
    here = Result.objects.filter(assessment=assessment, participants__gt=0)
    here = here.filter(authority=office) if whole else here.filter(organization__in=places)
    with_result = list(here.select_related("organization").order_by("organization__sort_key")[:5])
    if not held and with_result:
        names = ", ".join(one.organization.name for one in with_result)
        raise Refused(f"По этой процедуре уже есть результаты: {names}. Сначала исправьте их или снимите отметку.")
    Holding.objects.bulk_create(
        [
            Holding(
                assessment=assessment,
                organization=place,
                held=Held.HELD if held else Held.NOT_HELD,
                reason="" if held else reason.strip()[:300],
            )
            for place in places
        ],
        update_conflicts=True,
        unique_fields=["assessment", "organization"],
        update_fields=["held", "reason"],
    )
    record(
        by=by,
        action="results.held",
        row=assessment,
        authority=office,
        reason=reason.strip(),
        summary=f"{assessment}: {'проводилась' if held else 'не проводилась'}, {'весь округ' if whole else len(places)}",
        after={"organizations": [place.pk for place in places]},
    )
    checks.run(authority=office, years=[assessment.school_year])


@transaction.atomic
def create_assessment(*, by: User, office: Organization, facts: dict[str, Any]) -> Assessment:
    """An assessment that no file brought. Raises Refused when there is one already or the facts contradict each other."""
    row = Assessment(**facts, authority=office if facts["procedure"] == Procedure.WORK else None)
    try:
        row.full_clean()
    except ValidationError as why:
        raise Refused(" ".join(why.messages)) from why
    row.save()
    record(by=by, action="results.assessment_made", row=row, authority=office, summary=str(row))
    return row
