"""The heading of a draft with its people and agenda: one page, one edit, one step back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from decisions.actions.drafts import editing
from decisions.enums import ParticipantRole
from decisions.errors import Conflict
from decisions.models import AgendaItem, Document, Participation
from schools.models import User


def save_heading(
    *,
    by: User,
    document: Document,
    header_version: int,
    changes: dict[str, Any],
    people: Sequence[dict[str, Any]],
    agenda: Sequence[dict[str, Any]],
) -> None:
    """`changes`: fields (see `drafts.HEADER_FIELDS`); `people`: role, name, post in order; `agenda`: id or none, text, speaker.

    Questions of the agenda that are left out are removed, their clauses stay without a question. Raises Conflict where
    somebody saved the heading meanwhile; then nothing is written.
    """
    with editing(document=document, by=by, label="Заголовок и участники") as held:
        if held.header_version != header_version:
            raise Conflict("Заголовок уже изменил другой сотрудник. Проверьте его и сохраните ещё раз.")
        for name, value in changes.items():
            setattr(held, name, value)
        held.save()
        _set_people(held, people)
        _set_agenda(held, agenda)


def _set_people(held: Document, people: Sequence[dict[str, Any]]) -> None:
    known = {one.name: one.organization_id for one in held.participants.all()}
    held.participants.all().delete()
    Participation.objects.bulk_create(
        Participation(
            document=held,
            role=ParticipantRole(row["role"]),
            name=row["name"][:200],
            post=row["post"][:300],
            organization_id=known.get(row["name"]),
            position=position,
        )
        for position, row in enumerate(people)
        if row["name"].strip()
    )


def _set_agenda(held: Document, agenda: Sequence[dict[str, Any]]) -> None:
    kept = []
    for number, row in enumerate([r for r in agenda if r["text"].strip()], start=1):
        item = held.agenda.filter(pk=row["id"]).first() if row["id"] else None
        item = item or AgendaItem(document=held)
        item.number, item.text, item.speaker = number, row["text"].strip(), row["speaker"].strip()[:300]
        item.save()
        kept.append(item.pk)
    held.agenda.exclude(pk__in=kept).delete()
