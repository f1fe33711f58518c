"""What sending a document would create: tasks by school, groups expanded, clauses without a term, load, and the lint.

Read-only; the panel before sending shows it and `assigning` writes from it, so what was shown is what is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from config import clock
from decisions import outline
from decisions.actions.amendments import in_force
from decisions.actions.chains import higher_terms
from decisions.actions.groups import expand
from decisions.actions.intake import load_items
from decisions.actions.occurrences import Rhythm
from decisions.actions.questions import family
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.duties import Rule
from decisions.enums import Control, DeadlineKind, DocumentKind, LinkState, Nature, PartKind, PartyRole, QuestionState
from decisions.lint import after_gaps, same_numbers, same_words
from decisions.models import Amendment, Assignment, Clause, ClauseDue, Document, Question
from decisions.models.documents import whole_papers
from decisions.quality import about_quality
from schools.models import CalendarYear, Organization, School, SchoolGroup
from schools.production import transfers_known


@dataclass(frozen=True)
class Planned:
    """One task to be: a clause for an organisation with its days."""

    item: outline.Item
    organization: Organization
    due: dt.date | None
    effective_due: dt.date | None
    ongoing: bool
    reports: bool
    recommended: bool
    about_quality: bool
    duty: Rule | None = None


@dataclass(frozen=True)
class Remark:
    """A line of the lint: `stops` forbids registering; `clause` is its place, `others` are further places of the same words."""

    text: str
    clause: Clause | None = None
    document: Document | None = None
    stops: bool = False
    others: tuple[Clause, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return () if self.clause is None else (self.clause, *self.others)


@dataclass
class Plan:
    document: Document
    tasks: list[Planned] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    groups: list[tuple[SchoolGroup, list[Organization]]] = field(default_factory=list)
    undated: list[outline.Item] = field(default_factory=list)
    past: list[Planned] = field(default_factory=list)
    load: list[tuple[Organization, int, int]] = field(default_factory=list)
    load_day: dt.date | None = None

    @property
    def by_organization(self) -> list[tuple[Organization, int]]:
        counts = Counter(task.organization.pk for task in self.tasks)
        rows = {task.organization.pk: task.organization for task in self.tasks}
        return sorted(((rows[pk], n) for pk, n in counts.items()), key=lambda pair: pair[0].sort_key)

    @property
    def for_curators(self) -> tuple[list[outline.Item], list[outline.Item]]:
        """Clauses whose tasks the curators of schools will see, and those they will not."""
        items = {task.item.clause.pk: task for task in self.tasks if task.organization.is_school}
        return (
            [task.item for task in items.values() if task.about_quality],
            [task.item for task in items.values() if not task.about_quality],
        )

    @property
    def stops(self) -> list[Remark]:
        return _folded(r for r in self.remarks if r.stops)

    @property
    def hints(self) -> list[Remark]:
        return _folded(r for r in self.remarks if not r.stops)


def _folded(remarks: Iterable[Remark]) -> list[Remark]:
    """The same words about twelve clauses of a block are one remark with twelve places."""
    places: dict[tuple[str, int | None], list[Remark]] = {}
    for remark in remarks:
        places.setdefault((remark.text, remark.document.pk if remark.document else None), []).append(remark)
    folded = []
    for first, *rest in places.values():
        seen = {first.clause.pk: first.clause} if first.clause else {}
        seen |= {r.clause.pk: r.clause for r in rest if r.clause}
        folded.append(replace(first, clause=next(iter(seen.values()), None), others=tuple(seen.values())[1:]))
    return folded


def plan_for(document: Document) -> Plan:
    """Works out everything sending would do; a constant number of queries for a document of any length."""
    plan = Plan(document)
    today = clock.today(document.authority.zone)
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    rhythm = Rhythm(document.authority, today)
    members: dict[int, list[Organization]] = {}
    own = own_dues(document)
    parts = family(document)
    closed, moved = in_force(parts)
    for part in parts:
        if part.part_kind == PartKind.HIGHER and part.part_of_id:
            continue
        items = load_items(part)
        _lint_questions(plan, part)
        for item in items:
            if item.clause.pk in closed:
                continue  # a later document cancelled or replaced it
            _plan_item(
                plan,
                item,
                calendar=calendar,
                shift=shift,
                rhythm=rhythm,
                moved=moved,
                members=members,
                today=today,
                own=own,
            )
        _lint_header(plan, part)
        _lint_repeats(plan, part, items)
    _lint_exam(plan)
    _lint_calendar(plan)
    _lint_higher(plan)
    _lint_amendments(plan, parts)
    _count_load(plan, today)
    return plan


def _plan_item(plan, item, *, calendar, shift, rhythm, moved, members, today, own) -> None:  # type: ignore[no-untyped-def]
    clause = item.clause
    if not clause.text.strip():
        plan.remarks.append(Remark("Пункт без текста: напишите его или удалите.", clause, stops=True))
        return
    if not item.makes_tasks:
        return
    if item.lacks_addressee:
        plan.remarks.append(Remark("Не указано, кому поручено: задача никому не уйдёт.", clause))
        return
    holder = item.deadline_clause
    if item.lacks_deadline:
        plan.undated.append(item)
    excluded = {p.organization_id for p in item.excluded if p.organization_id}
    for party in item.excluded:
        if party.group is not None:
            excluded |= {o.pk for o in _members(plan, party.group, members, today)}
    rule = rhythm.rule_for(clause, holder)
    due = _due_of(holder)
    if rule is not None:
        due = rhythm.first_due(rule, holder, plan.document.date or today)
    if due is None and (due := rhythm.event_day(holder, plan.document.date or today)):
        plan.remarks.append(Remark(f"«{holder.deadline_text}» — по учебному календарю до {due:%d.%m.%Y}.", clause))
    due = moved.get(clause.pk) or clause.control_date or due
    quality = of_quality(item, plan.document)
    seen: set[int] = set()
    nobody = True
    for party in item.responsible:
        found = _members(plan, party.group, members, today) if party.group and not party.organization else expand(party)
        for organization in found:
            if organization.pk in excluded or organization.pk in seen:
                continue
            seen.add(organization.pk)
            nobody = False
            if organization.closed and organization.closed <= today:
                plan.remarks.append(
                    Remark(f"«{organization}» закрыта с {organization.closed:%d.%m.%Y}: замените исполнителя.", clause)
                )
                continue
            day = own.get((clause.pk, organization.pk), due)
            task = Planned(
                item=item,
                organization=organization,
                due=day,
                effective_due=effective(day, office_calendar=calendar.of(organization.pk), shift=shift),
                ongoing=holder.deadline_kind == DeadlineKind.ONGOING,
                reports=clause.control == Control.CONTROL,
                recommended=clause.nature == Nature.RECOMMENDS,
                about_quality=quality,
                duty=rule,
            )
            plan.tasks.append(task)
            if task.effective_due and task.effective_due < today and task.reports and not task.recommended:
                plan.past.append(task)
    if nobody:
        named = ", ".join(f"«{p.text}»" for p in item.responsible[:2])
        plan.remarks.append(Remark(f"{named}: не найдено ни одной организации, задача никому не уйдёт.", clause))


def of_quality(item: outline.Item, top: Document) -> bool:
    """Whether a curator of the school sees the task: as a person said, else by the words of the clause and of what stands above."""
    said = item.said_of_quality
    if said is not None:
        return said
    return about_quality(top.meeting, top.title, top.preamble, item.clause.document.title, *item.words_above)


def own_dues(document: Document) -> dict[tuple[int, int], dt.date]:
    """(clause, organisation) → its own term inside the clause."""
    rows = ClauseDue.objects.filter(clause__document__in=family(document))
    return {
        (clause, organization): due for clause, organization, due in rows.values_list("clause", "organization", "due")
    }


def _due_of(clause: Clause) -> dt.date | None:
    return None if clause.deadline_kind in (DeadlineKind.INVALID, DeadlineKind.NONE) else clause.deadline_due


def _members(plan: Plan, group: SchoolGroup, known: dict[int, list[Organization]], day: dt.date) -> list[Organization]:
    if group.pk not in known:
        known[group.pk] = list(group.organizations_on(day))
        plan.groups.append((group, known[group.pk]))
    return known[group.pk]


def _lint_questions(plan: Plan, part: Document) -> None:
    waiting = Question.objects.filter(document=part, state=QuestionState.OPEN).prefetch_related("clauses")
    for question in waiting:
        clause = next(iter(question.clauses.all()), None)
        plan.remarks.append(Remark(question.text, clause, part, stops=True))


def _lint_header(plan: Plan, part: Document) -> None:
    if part.part_of_id:
        return
    if part.date is None:
        plan.remarks.append(Remark("У документа нет даты.", None, part, stops=True))
    if part.kind == DocumentKind.PROTOCOL and not any(p.role == "chair" for p in part.participants.all()):
        plan.remarks.append(Remark("Не указан председатель.", None, part))
    if part.kind == DocumentKind.ORDER and not any(p.role == "signatory" for p in part.participants.all()):
        plan.remarks.append(Remark("Не указано, кто подписывает приказ.", None, part))
    for code, text in WARNING_TEXTS.items():
        if code in part.warnings:
            plan.remarks.append(Remark(text, None, part))


WARNING_TEXTS = {
    "agenda_mismatch": "Рассмотренные вопросы не совпадают с повесткой дня.",
    "attendees_mismatch": "Число присутствовавших не совпадает со списком фамилий.",
}
REPEATS = (
    ("duplicate_clause", same_words, "Почти одинаковые пункты с одними исполнителями."),
    ("numbering_restart", same_numbers, "Номера повторяются: ссылаясь на такой пункт, указывайте и вопрос повестки."),
    ("numbering_gap", after_gaps, "Перед этим пунктом пропущен номер."),
)


def _lint_repeats(plan: Plan, part: Document, items: list[outline.Item]) -> None:
    for code, places, text in REPEATS:
        if code in part.warnings:
            plan.remarks += [Remark(text, clause, part) for clause in places(items)]


def _lint_calendar(plan: Plan) -> None:
    """Terms in a year whose transfers nobody has loaded: the effective day may still move."""
    years = {task.due.year for task in plan.tasks if task.due and not transfers_known(task.due.year)}
    if not years:
        return
    authority = plan.document.authority_id
    entered = set(CalendarYear.objects.filter(authority=authority, year__in=years).values_list("year", flat=True))
    for year in sorted(years - entered):
        text = f"Переносы выходных {year} года ещё не загружены: действующие сроки этого года могут сдвинуться."
        plan.remarks.append(Remark(text))


def _lint_higher(plan: Plan) -> None:
    """A clause «во исполнение» must not give schools a later day than the higher body gave the office."""
    terms = higher_terms({task.item.clause.document_id for task in plan.tasks} or {plan.document.pk})
    told: set[int] = set()
    for task in plan.tasks:
        clause = task.item.clause
        if clause.pk not in terms or clause.pk in told:
            continue
        day, name = terms[clause.pk]
        if task.effective_due is None:
            told.add(clause.pk)
            plan.remarks.append(Remark(f"Нет срока, а поручение ({name}) надо исполнить до {day:%d.%m.%Y}.", clause))
        elif task.effective_due > day:
            told.add(clause.pk)
            text = f"Срок школам {task.effective_due:%d.%m.%Y} позже срока поручения: {day:%d.%m.%Y} ({name})."
            plan.remarks.append(Remark(text, clause))


def _lint_amendments(plan: Plan, parts: list[Document]) -> None:
    """What registering will do to earlier documents, so that nobody is surprised."""
    rows = (
        Amendment.objects.filter(clause__document__in=parts, state=LinkState.CONFIRMED, executed_at__isnull=True)
        .select_related("clause", "target__document")
        .defer(*whole_papers("target__document"))
    )
    for row in rows:
        until = f" до {row.new_due:%d.%m.%Y}" if row.new_due else ""
        number = row.target.shown_number or "без номера"
        text = f"При регистрации {row.get_kind_display()}{until} п. {number} ({row.target.document.short_title})."
        plan.remarks.append(Remark(text, row.clause))


_EXAM = re.compile(
    r"\b(?:егэ|гиа-?11)\b|\bедин\w+ государственн\w+ экзамен|\b(?:11|xi|одиннадцат\w+)(?:-?[а-я]{1,3})?\s+класс|\b11-классни"
)
_OTHER_EXAM = re.compile(
    r"\b(?:огэ|гвэ|гиа-?9)\b|\bосновн\w+ государственн\w+ экзамен|\b(?:9|ix|девят\w+)\b(?:-?[а-я]{1,3})?\s*(?:,|и|класс)"
)


def only_about_exam_11(text: str) -> bool:
    """Whether words concern ЕГЭ or grade 11 and nothing a school of nine grades has to do."""
    words = " ".join(text.casefold().split())
    return bool(_EXAM.search(words)) and not _OTHER_EXAM.search(words)


def _words_of(item: outline.Item) -> str:
    """A clause with the lead-ins it continues: «Подготовить к ЕГЭ: – составить график»."""
    words, node = [item.clause.text], item.parent
    while node is not None:
        if node.is_lead_in:
            words.insert(0, node.clause.text)
        node = node.parent
    return " ".join(words)


def _lint_exam(plan: Plan) -> None:
    """An ЕГЭ clause that goes to a school without grade 11."""
    without = set(
        School.objects.filter(organization__in={t.organization.pk for t in plan.tasks}, has_grade_11=False).values_list(
            "organization_id", flat=True
        )
    )
    told: dict[int, list[Organization]] = {}
    for task in plan.tasks:
        if task.organization.pk in without and only_about_exam_11(_words_of(task.item)):
            told.setdefault(task.item.clause.pk, []).append(task.organization)
    clauses = {t.item.clause.pk: t.item.clause for t in plan.tasks}
    for pk, organizations in told.items():
        names = ", ".join(str(o) for o in organizations[:3]) + (" и др." if len(organizations) > 3 else "")
        plan.remarks.append(Remark(f"Пункт о ЕГЭ уходит школам без 11 класса: {names}.", clauses[pk]))


def _count_load(plan: Plan, today: dt.date) -> None:
    """How many reports each organisation already owes, and how many of them by the day most of these tasks are due."""
    days = Counter(t.effective_due for t in plan.tasks if t.effective_due and t.reports)
    if not days:
        return
    day = plan.load_day = days.most_common(1)[0][0]
    organizations = {t.organization.pk: t.organization for t in plan.tasks}
    waiting = Assignment.objects.open().filter(organization__in=organizations, reports=True)
    total, same = Counter[int](), Counter[int]()
    for organization_id, due in waiting.values_list("organization_id", "effective_due"):
        total[organization_id] += 1
        same[organization_id] += due == day
    plan.load = sorted(
        ((organizations[pk], n, same[pk]) for pk, n in total.items()), key=lambda row: (-row[1], row[0].sort_key)
    )


def responsible_names(item: outline.Item) -> str:
    """The parties of a clause on one line, for a table."""
    return ", ".join(
        str(p.organization or p.group or p.text) for p in item.responsible if p.role == PartyRole.RESPONSIBLE
    )
