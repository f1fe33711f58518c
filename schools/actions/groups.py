"""Groups of schools: a rule over the registry or dated members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError

from schools.audit import record
from schools.enums import OrganizationKind
from schools.errors import Refused
from schools.models import AuditEvent, GroupMember, Organization, SchoolGroup, User


@transaction.atomic
def save_group(*, by: User, row: SchoolGroup) -> SchoolGroup:
    kept = SchoolGroup.objects.filter(pk=row.pk).first() if row.pk else None
    row.save()
    record(
        by=by,
        action="group.changed" if kept else "group.added",
        row=row,
        authority=row.authority_id,
        summary=row.name,
        before=_state(kept) if kept else None,
        after=_state(row),
    )
    return row


def offer_usual_group(*, by: User, authority: Organization) -> None:
    """The group that nearly every protocol addresses, made once with the first schools of an authority: nobody ticks sixty.

    Whoever deleted or renamed it is not given it again.
    """
    known = AuditEvent.objects.filter(authority=authority, action__startswith="group.")
    if authority.kind != OrganizationKind.AUTHORITY or known.exists() or authority.groups.exists():
        return
    if Organization.objects.of_authority(authority).schools().exists():
        row = SchoolGroup(authority=authority, name="Все общеобразовательные организации", rule={"kinds": ["school"]})
        row.wordings = "\n".join(
            f"{who} {of}"
            for of in (
                "общеобразовательных организаций",
                "образовательных организаций",
                "общеобразовательных учреждений",
                "образовательных учреждений",
                "школ",
            )
            for who in ("руководители", "директора")
        )
        save_group(by=by, row=row)


def _state(row: SchoolGroup) -> dict[str, object]:
    return {"name": row.name, "rule": row.rule, "confidential": row.confidential, "wordings": row.wordings}


@transaction.atomic
def set_members(
    *, by: User, group: SchoolGroup, organizations: Iterable[Organization], day: dt.date
) -> tuple[int, int]:
    """Makes exactly these the members from `day` on: (joined, left). Who left stays a member of the days before."""
    wanted = {row.pk for row in organizations}
    current = {row.organization_id: row for row in group.members.filter(valid_to__isnull=True)}
    joined = wanted - current.keys()
    left = current.keys() - wanted
    GroupMember.objects.bulk_create(
        GroupMember(group=group, organization_id=pk, valid_from=day) for pk in sorted(joined)
    )
    for pk in left:
        member = current[pk]
        if member.valid_from and member.valid_from >= day:
            member.delete()
        else:
            member.valid_to = day - dt.timedelta(days=1)
            member.save(update_fields=["valid_to"])
    if joined or left:
        record(
            by=by,
            action="group.members",
            row=group,
            authority=group.authority_id,
            summary=f"{group.name}: добавлено {len(joined)}, исключено {len(left)}",
            after={"joined": sorted(joined), "left": sorted(left), "from": day.isoformat()},
        )
    return len(joined), len(left)


@transaction.atomic
def delete_group(*, by: User, group: SchoolGroup) -> None:
    record(
        by=by, action="group.deleted", row=group, authority=group.authority_id, summary=group.name, before=_state(group)
    )
    try:
        with transaction.atomic():
            group.delete()
    except ProtectedError:
        raise Refused(
            f"Группа «{group.name}» стоит в документах, удалить её нельзя. Можно изменить её состав или название."
        ) from None
