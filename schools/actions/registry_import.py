"""The registry from a file in two steps: `check` says all that is wrong and what would change, `apply` does it.

Both work on the same stored bytes. Nothing is written while a problem stands; an empty cell leaves what is kept; aliases
are added, never taken away; rows that the file does not name stay as they are. The same file a second time changes nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from config import clock
from schools.actions.groups import offer_usual_group
from schools.actions.registry_plan import Plan, make_plan
from schools.audit import record
from schools.enums import AliasSource, OrganizationKind
from schools.errors import Refused
from schools.models import Organization, OrganizationAlias, OrganizationCode, School, StoredFile, UploadCheck, User
from schools.registry_format import AUTHORITY_WORDS, CODE_SYSTEMS, FIELDS
from schools.registry_kinds import exams_of, kind_of
from schools.registry_table import COLUMNS, NotATable, Table, read_table
from schools.search import normalized

KIND = "registry"
SHOWN = 500  # problems and changes kept for the page; the counts are always full


@transaction.atomic
def check(*, by: User, home: Organization, name: str, content: bytes, content_type: str) -> UploadCheck:
    """Stores the file and says what taking it would do; writes no organisation."""
    file = StoredFile(
        authority=home,
        name=name[:255],
        content_type=content_type[:100] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    file.content.save(name, ContentFile(content), save=True)
    row = UploadCheck(authority=home, kind=KIND, file=file, created_by=by)
    _report(row, by=by, content=content, chosen="")
    row.save()
    return row


@transaction.atomic
def check_again(*, by: User, upload: UploadCheck, chosen: str) -> None:
    """The same stored file, now that the person said which of its authorities is theirs."""
    if upload.applied_at:
        raise Refused("Этот файл уже загружен.")
    _report(upload, by=by, content=_bytes(upload.file), chosen=chosen)
    upload.save()


@transaction.atomic
def apply(*, by: User, upload: UploadCheck) -> int:
    """Does what the check showed; returns how many organisations were added or changed."""
    upload = UploadCheck.objects.select_for_update().select_related("file", "authority").get(pk=upload.pk)
    if upload.applied_at:
        raise Refused("Этот файл уже загружен, второй раз он ничего не меняет.")
    plan = _plan(by, upload, _bytes(upload.file), upload.report.get("chosen", ""))
    if plan.problems:
        raise Refused("Пока файл проверялся, реестр изменился, и теперь в файле есть ошибки. Проверьте файл ещё раз.")
    if plan.choice:
        raise Refused("Сначала выберите, какой орган управления из файла загружать.")
    changed = _write(plan, by)
    upload.applied_at = clock.now()
    upload.save(update_fields=["applied_at"])
    if changed:
        record(
            by=by,
            action="registry.imported",
            row=upload,
            authority=upload.authority_id,
            summary=f"{upload.file.name}: добавлено {len(plan.new)}, изменено {len(plan.changed)}",
            before={str(one.organization.pk): one.before for one in plan.changed if one.organization},
            after={"new": [one.name for one in plan.new], "changed": [one.after for one in plan.changed]},
        )
    return changed


def _bytes(file: StoredFile) -> bytes:
    with file.content.open("rb") as stream:
        content: bytes = stream.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refused("Сохранённый файл повреждён. Загрузите его ещё раз.")
    return content


def _plan(by: User, upload: UploadCheck, content: bytes, chosen: str) -> Plan:
    return make_plan(by=by, home=upload.authority, table=read_table(content, upload.file.name), chosen=chosen)


def _report(upload: UploadCheck, *, by: User, content: bytes, chosen: str) -> None:
    try:
        plan = _plan(by, upload, content, chosen)
    except NotATable as why:
        plan = Plan(table=Table(), refusal=str(why))
    upload.errors = len(plan.problems) + bool(plan.refusal)
    upload.report = {
        "refusal": plan.refusal,
        "problems": [dataclasses.asdict(one) | {"heading": COLUMNS[one.column][0]} for one in plan.problems[:SHOWN]],
        "notes": [*plan.table.notes, *plan.notes],
        "choice": plan.choice,
        "chosen": chosen,
        "rows": len(plan.table.rows),
        "new": [one.name for one in plan.new[:SHOWN]],
        "new_count": len(plan.new),
        "changed": [_shown(one) for one in plan.changed[:SHOWN]],
        "changed_count": len(plan.changed),
        "same_count": plan.same,
    }


def _shown(one: Any) -> dict[str, Any]:
    cells = [
        {"column": COLUMNS[column][0], "before": one.before.get(column, ""), "after": value}
        for column, value in one.after.items()
    ]
    if one.new_aliases:
        cells.append({"column": COLUMNS["aliases"][0], "before": "", "after": " | ".join(one.new_aliases)})
    return {"name": one.name, "cells": cells}


def _write(plan: Plan, by: User) -> int:
    authorities = {key: _authority(key, target) for key, target in plan.targets.items() if target is not None}
    made: dict[tuple[str, str], Organization] = {}
    for one in plan.ordered():
        authority = authorities[one.authority_key]
        row = one.organization or (authority if one.is_authority else None)
        new = row is None
        if row is None:
            row = Organization(authority=authority, parent=authority)
        values = one.row.values if new else one.after
        _fill(row, values, authority, made)
        row.save()
        made[(one.authority_key, normalized(one.row.values["canonical"]))] = row
        if row.is_school and not School.objects.filter(organization=row).exists():
            ninth, eleventh = exams_of(row.type_name)
            School.objects.create(organization=row, has_grade_9=ninth, has_grade_11=eleventh)
        for column, system in CODE_SYSTEMS.items():
            if column in values:
                OrganizationCode.objects.update_or_create(
                    organization=row, system=system, defaults={"code": values[column]}
                )
        for text in one.new_aliases:
            OrganizationAlias.objects.create(
                organization=row,
                authority=authority,
                text=text,
                source=AliasSource.REGISTRY,
                confirmed_by=by,
                confirmed_at=clock.now(),
            )
    for authority in authorities.values():
        offer_usual_group(by=by, authority=authority)
    return len(plan.new) + len(plan.changed)


def _authority(key: str, target: Organization | Any) -> Organization:
    """The authority node the rows go to; a new one under the ministry when the file brings it."""
    if isinstance(target, Organization):
        return target
    node = Organization(
        kind=OrganizationKind.AUTHORITY, parent=target.parent, name=target.name[:255], full_name=target.name[:500]
    )
    node.save()
    return node


def _fill(
    row: Organization,
    values: dict[str, str],
    authority: Organization,
    made: dict[tuple[str, str], Organization],
) -> None:
    for column, name in FIELDS.items():
        if column in values:
            setattr(row, name, values[column])
    if row.kind == OrganizationKind.AUTHORITY:
        return
    if parent := values.get("parent"):
        row.parent = _parent(parent, authority, made)
    if row._state.adding or "kind" in values or "parent" in values:
        words = values.get("kind", row.type_name)
        if words.casefold() == AUTHORITY_WORDS:
            row.kind, row.type_name = OrganizationKind.OTHER, words
        elif "kind" in values or row._state.adding:
            said = kind_of(words, under_school=bool(row.parent and row.parent.is_school))
            row.kind, row.type_name = said or (OrganizationKind.OTHER, words)


def _parent(name: str, authority: Organization, made: dict[tuple[str, str], Organization]) -> Organization:
    wanted = normalized(name)
    if wanted in (normalized(authority.name), normalized(authority.full_name)):
        return authority
    for (_, key), row in made.items():
        if key == wanted and row.authority_id == authority.pk:
            return row
    for row in Organization.objects.of_authority(authority).exclude(pk=authority.pk):
        if normalized(row.name) == wanted:
            return row
    raise Refused(f"Нет организации «{name}», которой подчинена другая.")
