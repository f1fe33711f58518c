"""Edits of a draft: text, number, level, split, merge, move, add, delete; terms, parties, control; one clause or many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from decisions.actions.drafts import editing, refuse_with_forms
from decisions.actions.questions import settle_for
from decisions.enums import (
    AnswerKind,
    Control,
    DeadlineKind,
    Nature,
    PartyRole,
    PartyType,
    QuestionField,
)
from decisions.errors import Conflict, Refused
from decisions.models import Addressee, Clause, Document
from decisions.reading.model import Deadline
from schools.models import Organization, SchoolGroup, User

STEP = 10


@dataclass(frozen=True)
class Party:
    """A party a person chose: an organisation, a group or (neither) words as typed."""

    text: str
    type: PartyType
    organization: Organization | None = None
    group: SchoolGroup | None = None
    role: PartyRole = PartyRole.RESPONSIBLE


def set_text(*, by: User, clause: Clause, text: str, version: int) -> Clause:
    """The clause's words. Raises `Conflict` when somebody changed the clause meanwhile: both texts stay."""
    text = " ".join(text.split())
    if not text:
        raise Refused("Текст пункта не может быть пустым. Чтобы убрать пункт, нажмите «Удалить».")
    with editing(document=clause.document, by=by, label=f"Текст пункта {clause.shown_number}"):
        fresh = _fresh(clause, version)
        fresh.text = text
        fresh.save(update_fields=["text"])
        settle_for(by=by, clause=fresh, field=QuestionField.TEXT)
    return _again(clause)


def set_number(*, by: User, clause: Clause, number: str, version: int) -> Clause:
    number = number.strip().rstrip(".)") or "-"
    if len(number) > 40:
        raise Refused("Номер пункта слишком длинный.")
    with editing(document=clause.document, by=by, label=f"Номер пункта {clause.shown_number} → {number}"):
        fresh = _fresh(clause, version)
        fresh.number = number
        fresh.save(update_fields=["number"])
        settle_for(by=by, clause=fresh, field=QuestionField.NUMBER)
    return _again(clause)


def put_deadline(clause: Clause, deadline: Deadline) -> None:
    """The columns of a term; not saved."""
    clause.deadline_kind = DeadlineKind(deadline.kind)
    clause.deadline_start, clause.deadline_due = deadline.start, deadline.due
    clause.deadline_text = (deadline.text or "")[:300]
    clause.deadline_rule, clause.deadline_rrule = deadline.rule or "", deadline.rrule or ""
    clause.deadline_days, clause.deadline_months = deadline.days, deadline.months
    clause.deadline_unit = deadline.unit or ""
    clause.deadline_span = []


def set_deadline(*, by: User, clauses: Sequence[Clause], deadline: Deadline) -> None:
    """One term for one clause or several; an own term, even «none», hides an inherited one only when it says something."""
    if deadline.start and deadline.due and deadline.due < deadline.start:
        raise Refused("Срок не может закончиться раньше, чем начался.")
    label = f"Срок: {deadline.text or 'без срока'} ({_numbers(clauses)})"
    with editing(document=clauses[0].document, by=by, label=label):
        for clause in _current(clauses):
            put_deadline(clause, deadline)
            clause.save()
            settle_for(by=by, clause=clause, field=QuestionField.DEADLINE)


def set_parties(*, by: User, clauses: Sequence[Clause], parties: Sequence[Party]) -> None:
    """Who is responsible, and who is excepted («кроме»), for one clause or several. Other mentions stay."""
    for party in parties:
        authority = clauses[0].document.authority_id
        ours = party.organization and authority in (party.organization.authority_id, party.organization.parent_id)
        strange = (party.organization and not ours) or (party.group and party.group.authority_id != authority)
        if strange:
            raise Refused(f"«{party.text}» не относится к вашему органу управления.")
    with editing(document=clauses[0].document, by=by, label=f"Исполнители ({_numbers(clauses)})"):
        for clause in _current(clauses):
            clause.parties.filter(role__in=[PartyRole.RESPONSIBLE, PartyRole.EXCLUDED]).delete()
            Addressee.objects.bulk_create(
                Addressee(
                    clause=clause,
                    role=party.role,
                    type=party.type,
                    text=party.text[:1000],
                    organization=party.organization,
                    group=party.group,
                    position=position,
                )
                for position, party in enumerate(parties)
            )
            settle_for(by=by, clause=clause, field=QuestionField.ADDRESSEES)


def set_handling(*, by: User, clauses: Sequence[Clause], changes: dict[str, Any]) -> None:
    """How clauses are followed. Keys: control, answer_kind, control_date, checker_id, nature, about_quality; absent ones stay."""
    allowed = {"control": Control, "answer_kind": AnswerKind, "nature": Nature}
    for name, choices in allowed.items():
        if name in changes and changes[name] not in choices.values:
            raise Refused("Такого значения нет в списке.")
    with editing(document=clauses[0].document, by=by, label=f"Порядок исполнения ({_numbers(clauses)})"):
        for clause in _current(clauses):
            for name in ("control", "answer_kind", "control_date", "checker_id", "nature", "about_quality"):
                if name in changes:
                    setattr(clause, name, changes[name])
            clause.save()


def add_clause(*, by: User, document: Document, after: Clause | None, structure_version: int, text: str = "") -> Clause:
    """A new clause behind `after` (its descendants included) on the same level, or at the end."""
    with editing(document=document, by=by, label="Новый пункт", structure_version=structure_version) as held:
        rows = _ordered(held)
        index = len(rows) if after is None else _end_of(rows, after.pk)
        parent = after.parent_id if after else None
        fresh = Clause(
            document=held,
            parent_id=parent,
            text=text,
            number=next_number(after.number) if after else str(1 + sum(1 for r in rows if r.parent_id is None)),
            agenda_item_id=after.agenda_item_id if after else None,
            checker=by,
            path="~new",
            position=0,
        )
        fresh.save()
        rows.insert(index, fresh)
        _renumber_positions(rows)
    return Clause.objects.get(pk=fresh.pk)


def delete_clauses(*, by: User, clauses: Sequence[Clause], structure_version: int) -> None:
    """Removes clauses; their sub-clauses go up to the parent, so that nothing is lost by accident."""
    with editing(
        document=clauses[0].document,
        by=by,
        label=f"Удаление: {_numbers(clauses)}",
        structure_version=structure_version,
    ):
        refuse_with_forms(clause.pk for clause in clauses)
        for clause in _current(clauses):
            clause.children.update(parent_id=clause.parent_id)
            clause.delete()


def split_clause(*, by: User, clause: Clause, at: int, version: int, structure_version: int) -> Clause:
    """Cuts the text at a character; the second half becomes the next clause of the same level. A term goes with its words."""
    with editing(
        document=clause.document,
        by=by,
        label=f"Разделён пункт {clause.shown_number}",
        structure_version=structure_version,
    ) as held:
        fresh = _fresh(clause, version)
        first, second = fresh.text[:at].strip(), fresh.text[at:].strip()
        if not first or not second:
            raise Refused("Поставьте курсор внутри текста: по обе стороны должны остаться слова.")
        rows = _ordered(held)
        tail = Clause(
            document=held,
            parent_id=fresh.parent_id,
            number=next_number(fresh.number),
            text=second,
            nature=fresh.nature,
            agenda_item_id=fresh.agenda_item_id,
            control=fresh.control,
            answer_kind=fresh.answer_kind,
            about_quality=fresh.about_quality,
            checker_id=fresh.checker_id,
            path="~split",
            position=0,
        )
        fresh.text = first
        if fresh.deadline_text and fresh.deadline_text in second and fresh.deadline_text not in first:
            for name in _DEADLINE_COLUMNS:
                setattr(tail, name, getattr(fresh, name))
                setattr(fresh, name, Clause._meta.get_field(name).get_default())
        fresh.save()
        tail.save()
        for party in fresh.parties.filter(role=PartyRole.RESPONSIBLE):
            party.pk = None
            party.clause = tail
            party.save()
        rows = [fresh if r.pk == fresh.pk else r for r in rows]
        rows.insert(_end_of(rows, fresh.pk), tail)
        _renumber_positions(rows)
    return Clause.objects.get(pk=tail.pk)


_DEADLINE_COLUMNS = [f.name for f in Clause._meta.concrete_fields if f.name.startswith("deadline_")]


def merge_with_previous(*, by: User, clause: Clause, structure_version: int) -> Clause:
    """Joins the clause to the one before it: texts in order, parties and the term kept where the first has none."""
    with editing(
        document=clause.document,
        by=by,
        label=f"Объединён пункт {clause.shown_number} с предыдущим",
        structure_version=structure_version,
    ) as held:
        rows = _ordered(held)
        index = [r.pk for r in rows].index(clause.pk)
        if index == 0:
            raise Refused("Это первый пункт: объединять не с чем.")
        first, second = rows[index - 1], rows[index]
        refuse_with_forms([second.pk])
        first.text = f"{first.text} {second.text}".strip()
        first.span = [*first.span, *second.span]
        if first.deadline_kind == DeadlineKind.NONE:
            for name in _DEADLINE_COLUMNS:
                setattr(first, name, getattr(second, name))
        first.save()
        known = {(p.role, p.organization_id, p.group_id, p.text) for p in first.parties.all()}
        for party in second.parties.all():
            if (party.role, party.organization_id, party.group_id, party.text) not in known:
                party.clause = first
                party.save()
        second.children.update(parent_id=first.pk)
        for question in second.questions.all():
            question.clauses.add(first)
        second.pursues.exclude(task__in=first.pursues.values("task")).update(clause=first)
        second.amends.exclude(target__in=first.amends.values("target")).update(clause=first)
        second.delete()
    return Clause.objects.get(pk=first.pk)


def move_clause(*, by: User, clause: Clause, direction: str, structure_version: int) -> None:
    """`up` / `down` past a sibling with everything below it; `in` makes it a sub-clause of the one before, `out` lifts it."""
    with editing(
        document=clause.document,
        by=by,
        label=f"Перемещён пункт {clause.shown_number}",
        structure_version=structure_version,
    ) as held:
        rows = _ordered(held)
        own = [r.pk for r in rows].index(clause.pk)
        row, end = rows[own], _end_of(rows, clause.pk)
        siblings = [i for i, r in enumerate(rows) if r.parent_id == row.parent_id]
        place = siblings.index(own)
        if direction in ("up", "in") and place == 0:
            raise Refused("Выше на этом уровне пунктов нет.")
        if direction == "up":
            target = siblings[place - 1]
            rows = rows[:target] + rows[own:end] + rows[target:own] + rows[end:]
        elif direction == "down":
            if place == len(siblings) - 1:
                raise Refused("Ниже на этом уровне пунктов нет.")
            after = _end_of(rows, rows[siblings[place + 1]].pk)
            rows = rows[:own] + rows[end:after] + rows[own:end] + rows[after:]
        elif direction == "in":
            row.parent_id = rows[siblings[place - 1]].pk
            row.save(update_fields=["parent"])
        elif direction == "out":
            if row.parent_id is None:
                raise Refused("Пункт уже на верхнем уровне.")
            parent = next(r for r in rows if r.pk == row.parent_id)
            # Later siblings would jump under it: they stay where they are, the lifted clause goes behind them.
            after = _end_of(rows, parent.pk)
            row.parent_id = parent.parent_id
            row.save(update_fields=["parent"])
            rows = rows[:own] + rows[end:after] + rows[own:end] + rows[after:]
        else:
            raise Refused("Так пункт не переместить.")
        _renumber_positions(rows)


def move_to(*, by: User, clause: Clause, before: Clause | None, structure_version: int) -> None:
    """Drag and drop: the clause with everything below it goes before another one and takes its level; None is the end."""
    with editing(
        document=clause.document,
        by=by,
        label=f"Перемещён пункт {clause.shown_number}",
        structure_version=structure_version,
    ) as held:
        rows = _ordered(held)
        own = [r.pk for r in rows].index(clause.pk)
        end = _end_of(rows, clause.pk)
        block = rows[own:end]
        if before is not None and before.pk in {r.pk for r in block}:
            raise Refused("Нельзя поместить пункт внутрь него самого.")
        rest = rows[:own] + rows[end:]
        index = [r.pk for r in rest].index(before.pk) if before else len(rest)
        block[0].parent_id = before.parent_id if before else None
        block[0].save(update_fields=["parent"])
        _renumber_positions(rest[:index] + block + rest[index:])


def renumber(*, by: User, document: Document, structure_version: int) -> None:
    """Numbers the whole draft anew: 1, 1.1, 1.1.1; unnumbered items stay so. For documents that we prepare."""
    with editing(document=document, by=by, label="Новая нумерация", structure_version=structure_version) as held:
        counters: dict[int | None, int] = {}
        numbers: dict[int | None, str] = {None: ""}
        for row in _ordered(held):
            counters[row.parent_id] = counters.get(row.parent_id, 0) + 1
            prefix = numbers.get(row.parent_id, "")
            number = f"{prefix}.{counters[row.parent_id]}" if prefix else str(counters[row.parent_id])
            numbers[row.pk] = number
            if row.number != number:
                row.number = number
                row.save(update_fields=["number"])


def next_number(number: str) -> str:
    """The number that follows: 2.3 → 2.4, а → б, «-» → «-»."""
    head, dot, last = number.rpartition(".")
    if last.isdigit():
        return f"{head}{dot}{int(last) + 1}"
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    if len(last) == 1 and last.casefold() in letters[:-1]:
        return f"{head}{dot}{letters[letters.index(last.casefold()) + 1]}"
    return "-" if number == "-" else number


def _fresh(clause: Clause, version: int) -> Clause:
    fresh = Clause.objects.select_for_update(of=("self",)).filter(pk=clause.pk).first()
    if fresh is None:
        raise Conflict("Этот пункт уже удалил другой сотрудник. Ваш текст остался на странице: скопируйте его.")
    if fresh.version != version:
        raise Conflict("Этот пункт уже изменил другой сотрудник. Ваш текст сохранён на странице: сравните и решите.")
    return fresh


def _again(clause: Clause) -> Clause:
    return Clause.objects.select_related("document").get(pk=clause.pk)


def _current(clauses: Sequence[Clause]) -> list[Clause]:
    return list(
        Clause.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in clauses]).order_by("position")
    )


def _ordered(document: Document) -> list[Clause]:
    return list(document.clauses.order_by("position", "pk"))


def _end_of(rows: list[Clause], pk: int) -> int:
    """The index behind a clause and everything below it."""
    start = [r.pk for r in rows].index(pk)
    below = {pk}
    end = start + 1
    while end < len(rows) and rows[end].parent_id in below:
        below.add(rows[end].pk)
        end += 1
    return end


def _renumber_positions(rows: list[Clause]) -> None:
    for index, row in enumerate(rows, start=1):
        row.position = index * STEP
    Clause.objects.bulk_update(rows, ["position"])


def _numbers(clauses: Sequence[Clause]) -> str:
    shown = [c.shown_number or "без номера" for c in clauses[:4]]
    more = f" и ещё {len(clauses) - 4}" if len(clauses) > 4 else ""
    return ("п. " if len(clauses) == 1 else "пп. ") + ", ".join(shown) + more


def day_of(value: str) -> dt.date:
    """A day from a form's ISO string; raises `Refused` with what to type."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Refused(f"«{value}» — не дата. Напишите, например, 01.09.2026.") from None
