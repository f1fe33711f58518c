"""«Во исполнение»: an authority makes its own order from the tasks a higher body gave it, and answers for its schools."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from config import clock
from config.ui.words import form_of
from decisions.actions.editing import Party
from decisions.actions.intake import start_empty
from decisions.calendar import OfficeCalendar
from decisions.deadlines import working_days_before
from decisions.enums import Circulation, DeadlineKind, DocumentKind, DocumentState, PartyType, TaskState
from decisions.errors import Refused
from decisions.models import Addressee, Assignment, Clause, ClauseFile, Document, Pursuance
from decisions.models.documents import whole_papers
from schools.audit import record
from schools.models import OfficeSettings, Organization, SchoolGroup, User

GENITIVE = {
    "protocol": "протокола",
    "order": "приказа",
    "annex": "приложения",
    "roadmap": "дорожной карты",
    "visit": "записи о визите",
}


@dataclass(frozen=True)
class Wish:
    """A higher task to carry out by an own clause, and the day schools are to answer by."""

    task: Assignment
    due: dt.date | None


def earlier_day(task: Assignment, *, today: dt.date) -> dt.date | None:
    """The day an own order offers to schools: working days (an office setting) before the higher term, never in the past."""
    if task.effective_due is None:
        return None
    office = OfficeSettings.objects.filter(authority=task.organization_id).first()
    days = office.chain_days if office else 5
    day = working_days_before(task.effective_due, days, OfficeCalendar(task.organization))
    return max(day, min(today, task.effective_due))


def all_schools(authority: Organization) -> list[Party]:
    """Whom an own order addresses unless said otherwise: the group of all schools, or each open school."""
    for group in SchoolGroup.objects.filter(authority=authority, confidential=False).order_by("pk"):
        if set(group.rule) == {"kinds"} and "school" in group.rule["kinds"]:
            return [Party(group.name, PartyType.GROUP, group=group)]
    rows = Organization.objects.of_authority(authority).schools().open_on(clock.today(authority.zone))
    return [Party(row.name, PartyType.SCHOOL, organization=row) for row in rows.order_by("sort_key", "pk")]


def reference_to(document: Document) -> str:
    """«приказа от 12.03.2026 № 45 (Министерство образования области)»: how a higher document is named in ours."""
    date = f" от {document.date:%d.%m.%Y}" if document.date else ""
    number = f" № {document.number}" if document.number else ""
    return f"{GENITIVE[document.kind]}{date}{number} ({document.authority.name})"


@transaction.atomic
def order_from_tasks(*, by: User, wishes: Sequence[Wish], parties: Sequence[Party]) -> Document:
    """A draft order of the authority with one clause a higher task, linked «во исполнение», ready for review."""
    if not wishes:
        raise Refused("Отметьте хотя бы одно поручение, которое исполнит ваш приказ.")
    if not parties:
        raise Refused("Укажите, кому поручает ваш приказ: школы или группу школ.")
    tasks = [one.task for one in wishes]
    authority, higher = tasks[0].organization, tasks[0].document
    if any(task.organization_id != authority.pk or task.document_id != higher.pk for task in tasks):
        raise Refused("Поручения относятся к разным документам: издайте по ним отдельные приказы.")
    document = start_empty(by=by, authority=authority, kind=DocumentKind.ORDER)
    document.clauses.all().delete()
    document.in_pursuance_of = higher
    document.title = f"Об исполнении {reference_to(higher)}"
    document.preamble = f"Во исполнение {reference_to(higher)}"
    if any(p.group and p.group.confidential for p in parties) or higher.circulation == Circulation.EXCERPT:
        document.circulation = Circulation.EXCERPT
    document.save()
    for number, wish in enumerate(wishes, start=1):
        _clause(document, number, wish, parties, by=by)
    record(
        by=by,
        action="document.in_pursuance",
        row=document,
        authority=authority,
        summary=document.title,
        after={"tasks": [task.pk for task in tasks], "higher": higher.pk},
    )
    return document


def _clause(document: Document, number: int, wish: Wish, parties: Sequence[Party], *, by: User) -> None:
    source, due = wish.task.clause, wish.due
    term = f"до {due:%d.%m.%Y}" if due else ""
    text = source.text.strip()
    if due and source.deadline_text and source.deadline_text in text:
        text = text.replace(source.deadline_text, term)
    elif due:
        text = f"{text.rstrip('.;')} ({term})."
    if wish.task.due and not due and source.deadline_text:
        text = text.replace(source.deadline_text, "").strip()
    clause = Clause.objects.create(
        document=document,
        path=str(number),
        number=str(number),
        position=number * 10,
        text=text,
        answer_kind=source.answer_kind,
        about_quality=wish.task.about_quality or None,
        checker=by,
        deadline_kind=DeadlineKind.DATE if due else DeadlineKind.NONE,
        deadline_due=due,
        deadline_text=term,
    )
    Addressee.objects.bulk_create(
        Addressee(
            clause=clause,
            role=one.role,
            type=one.type,
            text=one.text[:1000],
            organization=one.organization,
            group=one.group,
            position=position,
        )
        for position, one in enumerate(parties)
    )
    ClauseFile.objects.bulk_create(ClauseFile(clause=clause, file=one.file) for one in source.files.all())
    Pursuance.objects.create(clause=clause, task=wish.task, linked_by=by)


@transaction.atomic
def link(*, by: User, clause: Clause, task: Assignment) -> Pursuance:
    """Says that a clause of our draft carries out a higher task; the document becomes «во исполнение» of the higher one."""
    if task.organization_id != clause.document.authority_id:
        raise Refused("Это поручение дано не вашему органу управления.")
    row, made = Pursuance.objects.get_or_create(clause=clause, task=task, defaults={"linked_by": by})
    top = clause.document.part_of or clause.document
    if top.in_pursuance_of_id is None:
        Document.objects.filter(pk=top.pk).update(in_pursuance_of=task.document)
    if made:
        record(by=by, action="clause.in_pursuance", row=clause, authority=top.authority_id, after={"task": task.pk})
    return row


@transaction.atomic
def unlink(*, by: User, clause: Clause, task: Assignment) -> None:
    Pursuance.objects.filter(clause=clause, task=task).delete()
    record(
        by=by,
        action="clause.not_in_pursuance",
        row=clause,
        authority=clause.document.authority_id,
        before={"task": task.pk},
    )


def higher_terms(document_ids: Iterable[int]) -> dict[int, tuple[dt.date, str]]:
    """Clause id → the earliest day a higher body gave for what the clause carries out, and the body's name. One query."""
    rows = Pursuance.objects.filter(clause__document__in=document_ids, task__effective_due__isnull=False).values_list(
        "clause_id", "task__effective_due", "task__document__authority__name"
    )
    out: dict[int, tuple[dt.date, str]] = {}
    for pk, day, name in rows:
        if pk not in out or day < out[pk][0]:
            out[pk] = (day, name)
    return out


@dataclass
class Rolled:
    """How far schools are with what carries out one higher task: organisations, not clauses, are counted."""

    total: int = 0
    done: int = 0
    late: int = 0
    documents: list[Document] = field(default_factory=list)

    @property
    def words(self) -> str:
        """«исполнено школами 14 из 18», or that nothing was sent yet."""
        if not self.total:
            return "приказ школам ещё не разослан" if self.documents else "своего приказа ещё нет"
        return f"исполнено школами {self.done} из {self.total}"

    @property
    def all_done(self) -> bool:
        return bool(self.total) and self.done == self.total


def rolled_up(tasks: Sequence[int], today: dt.date) -> dict[int, Rolled]:
    """Task id → how far it is below, in two queries whatever their number. An organisation is done when all it got is."""
    out = {pk: Rolled() for pk in tasks}
    pairs = list(
        Pursuance.objects.filter(task__in=tasks)
        .exclude(clause__document__state=DocumentState.ANNULLED)
        .select_related("clause__document__part_of")
        .defer(*whole_papers("clause__document"))
    )
    by_clause: dict[int, list[int]] = {}
    for pair in pairs:
        by_clause.setdefault(pair.clause_id, []).append(pair.task_id)
        document = pair.clause.document.part_of or pair.clause.document
        known = out[pair.task_id].documents
        if document not in known:
            known.append(document)
    given: dict[tuple[int, int], Counter[str]] = {}
    rows = (
        Assignment.objects.filter(clause__in=by_clause, reports=True, recommended=False)
        .exclude(state=TaskState.CANCELLED)
        .only("clause_id", "organization_id", "state", "effective_due", "reports", "recommended")
    )
    for row in rows:
        for pk in by_clause[row.clause_id]:
            seen = given.setdefault((pk, row.organization_id), Counter())
            seen["all"] += 1
            seen["done"] += row.state in (TaskState.DONE, TaskState.WITHDRAWN)
            seen["late"] += row.is_overdue(today)
    for (pk, _), seen in given.items():
        out[pk].total += 1
        out[pk].done += seen["all"] == seen["done"]
        out[pk].late += bool(seen["late"])
    return out


def summary_for_answer(rolled: Rolled) -> str:
    """Words to begin the authority's own answer with: figures of its schools, no names."""
    if not rolled.total:
        return ""
    named = ", ".join(document.short_title for document in rolled.documents)
    return f"{named}. Исполнено: {rolled.done} из {rolled.total} {form_of(rolled.total, 'школы', 'школ', 'школ')}."
