"""The review: source and reading side by side, questions stepped through, everything editable in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from config.numbers import is_number
from decisions import outline
from decisions.actions import drafts, editing
from decisions.actions.drafts import undo as undo_edit
from decisions.actions.intake import load_items
from decisions.actions.plan import plan_for
from decisions.actions.questions import family
from decisions.calendar import OfficeCalendar, effective, shift_of
from decisions.deadlines import parse_term
from decisions.enums import DocumentState, ParticipantRole, PartKind, PartyRole, PartyType, QuestionState
from decisions.errors import Conflict, Refused
from decisions.forms import HandlingForm, HeaderForm, TermForm
from decisions.models import Clause, Document
from decisions.reading.model import Deadline
from decisions.rows import Row, candidates_of, rows_for
from decisions.source_view import Mark, paragraphs
from decisions.views.gate import chosen_clauses, clause_for, document_for, person, top_of
from schools.models import Organization, SchoolGroup

NOTHING = Deadline()


@dataclass
class PartView:
    """One document of the file as the panel shows it."""

    document: Document
    items: list[outline.Item]
    rows: list[Row]
    part_questions: list[Any]

    @property
    def clause_count(self) -> int:
        return len(self.items)


@require_GET
def document_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a draft; a locked document opens its own page."""
    document = document_for(request, pk, "document.edit")
    if document.part_of_id:
        return redirect("decisions:document_review", pk=document.part_of_id)
    if document.state != DocumentState.DRAFT:
        return redirect("decisions:document_detail", pk=pk)
    context = panel_context(request, document)
    marks = []
    for part in context["parts"]:
        for item in part.items:
            marks += _marks(item)
    context["source"] = paragraphs(document.source_text, marks) if document.source_text else []
    return render(request, "decisions/document_review.html", context)


def _marks(item: outline.Item) -> list[Mark]:
    clause = item.clause
    doubtful = {q.field for q in item.questions if q.state == QuestionState.OPEN}
    out = [Mark(start, end, clause.pk) for start, end in clause.span]
    if "deadline" in doubtful:
        out += [Mark(s, e, clause.pk, asks=True) for s, e in clause.deadline_span]
    printed = {q.data.get("printed") for q in item.questions if q.state == QuestionState.OPEN and q.data.get("party")}
    for party in item.own_parties:
        if party.text in printed:
            out += [Mark(s, e, clause.pk, asks=True) for s, e in party.span]
    return out


def panel_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the right side shows: parts, items, open questions in order, what would be created."""
    parts, waiting = [], []
    calendar, shift = OfficeCalendar(document.authority), shift_of(document.authority)
    for part in family(document):
        items = load_items(part)
        questions = list(part.questions.all())
        waiting += [q for q in questions if q.state == QuestionState.OPEN]
        organizations = Organization.objects.in_bulk(candidates_of(questions))
        rows = rows_for(items, effective=effective_days(items, calendar, shift), organizations=organizations)
        parts.append(PartView(part, items, rows, [q for q in questions if q.field == "part"]))
    plan = plan_for(document)
    return {
        "document": document,
        "parts": parts,
        "waiting": waiting,
        "clause_total": sum(p.clause_count for p in parts),
        "task_total": len(plan.tasks),
        "school_total": len(plan.by_organization),
        "undated_total": len(plan.undated),
        "can_undo": document.operations.filter(undone_at__isnull=True).exists(),
        "can_redo": document.operations.filter(undone_at__isnull=False).exists(),
        "part_choices": PartKind.choices,
        "today": clock.today(person(request).zone),
    }


def effective_days(items: list[outline.Item], calendar: OfficeCalendar, shift: str) -> dict[int, dt.date]:
    """Clause id → the working day its own term really falls on, where it differs from the printed one."""
    out = {}
    for item in items:
        due = item.clause.deadline_due
        if due and item.clause.deadline_kind != "invalid":
            day = effective(due, office_calendar=calendar, shift=shift)
            if day and day != due:
                out[item.clause.pk] = day
    return out


def panel(request: HttpRequest, document: Document, *, error: str = "", status: int = 200) -> HttpResponse:
    """The panel again after an edit; without HTMX the whole page again."""
    top = Document.objects.select_related("authority").get(pk=top_of(document).pk)
    if not request.htmx:  # type: ignore[attr-defined]
        if error:
            from django.contrib import messages

            messages.error(request, error)
        return redirect("decisions:document_review", pk=top.pk)
    context = panel_context(request, top) | {"error": error}
    return render(request, "decisions/review_panel.html", context, status=status)


def edited(request: HttpRequest, document: Document, action: Callable[[], object]) -> HttpResponse:
    """Runs one edit and shows the panel: a refusal is a sentence above it and nothing is changed."""
    try:
        action()
    except Refused as why:
        return panel(request, document, error=str(why), status=409)
    return panel(request, document)


@require_GET
def clause_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of one clause, opened in its row."""
    clause = clause_for(request, pk)
    return render(request, "decisions/clause_edit.html", editor_context([clause]))


@require_GET
def clauses_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of several clauses at once: term, parties, handling."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.GET.getlist("clause"))
    return render(request, "decisions/clause_edit.html", editor_context(clauses))


def editor_context(clauses: list[Clause]) -> dict[str, Any]:
    clause = clauses[0]
    document = clause.document
    several = len(clauses) > 1
    items = {item.clause.pk: item for item in load_items(document)}
    item = items[clause.pk]
    way = {"ongoing": "ongoing", "none": "none", "date": "day"}.get(clause.deadline_kind, "words")
    term = TermForm(
        initial={"way": "day" if several else way, "due": clause.deadline_due, "words": clause.deadline_text}
    )
    handling = HandlingForm(
        authority=document.authority,
        several=several,
        initial={}
        if several
        else {
            "control": clause.control,
            "answer_kind": clause.answer_kind,
            "nature": clause.nature,
            "control_date": clause.control_date,
            "checker": clause.checker_id,
        },
    )
    return {
        "clause": clause,
        "clauses": clauses,
        "several": several,
        "item": item,
        "document": document,
        "term_form": term,
        "handling_form": handling,
        "choices": party_choices(document, [] if several else item.own_parties),
        "moves": MOVES,
        "annexes": [] if several else list(clause.files.select_related("file")),
        "inherited": None if several or item.responsible_own or item.parties_from is None else item.parties_from,
    }


MOVES = (
    ("up", "Выше", "arrow-up"),
    ("down", "Ниже", "arrow-down"),
    ("in", "Сделать подпунктом", "text-indent-left"),
    ("out", "Поднять на уровень", "text-indent-right"),
    ("merge", "Объединить с предыдущим", "union"),
    ("add", "Добавить пункт ниже", "plus-lg"),
    ("delete", "Удалить", "trash"),
)


@dataclass(frozen=True)
class PartyChoice:
    """A line of the list of who can be addressed; `value` is what the form sends."""

    value: str
    label: str
    note: str
    chosen: bool
    excepted: bool
    search: str


def party_choices(document: Document, parties: list[Any]) -> list[PartyChoice]:
    """Groups first, then organisations; printed parties that are neither stand on top and stay if ticked."""
    responsible = [p for p in parties if p.role == PartyRole.RESPONSIBLE]
    excepted = [p for p in parties if p.role == PartyRole.EXCLUDED]
    groups = {p.group_id for p in responsible}
    organizations = {p.organization_id for p in responsible if not p.group_id}
    no_groups = {p.group_id for p in excepted}
    no_organizations = {p.organization_id for p in excepted}
    out = [
        PartyChoice(f"text:{p.pk}", p.text, "как напечатано", True, False, p.text.casefold())
        for p in responsible
        if not p.group_id and not p.organization_id
    ]
    for group in SchoolGroup.objects.filter(authority=document.authority):
        note = "группа, служебная" if group.confidential else "группа"
        out.append(
            PartyChoice(
                f"group:{group.pk}", group.name, note, group.pk in groups, group.pk in no_groups, group.name.casefold()
            )
        )
    rows = Organization.objects.of_authority(document.authority).open_on(clock.today(document.authority.zone))
    for row in rows:
        out.append(
            PartyChoice(
                f"org:{row.pk}",
                row.name,
                "" if row.is_school else row.get_kind_display(),
                row.pk in organizations,
                row.pk in no_organizations,
                row.search,
            )
        )
    return sorted(out, key=lambda c: not (c.chosen or c.excepted))


@require_POST
def clause_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosave of a clause's words; answers JSON to the script, the panel to a form."""
    clause = clause_for(request, pk)
    version = _number(request, "version")
    try:
        fresh = editing.set_text(by=person(request), clause=clause, text=request.POST.get("text", ""), version=version)
    except Refused as why:
        if request.headers.get("X-Requested-With") == "fetch":
            now = Clause.objects.filter(pk=pk).values("text", "version").first()
            return JsonResponse({"error": str(why), "now": now}, status=409 if isinstance(why, Conflict) else 422)
        return panel(request, clause.document, error=str(why), status=409)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"version": fresh.version, "text": fresh.text, "saved": f"{clock.now():%H:%M}"})
    return panel(request, clause.document)


@require_POST
def clause_number(request: HttpRequest, pk: int) -> HttpResponse:
    clause = clause_for(request, pk)
    return edited(
        request,
        clause.document,
        lambda: editing.set_number(
            by=person(request),
            clause=clause,
            number=request.POST.get("number", ""),
            version=_number(request, "version"),
        ),
    )


@require_POST
def clause_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up, down, in, out, merge with the previous, split at a character, delete, add behind."""
    clause = clause_for(request, pk)
    by, verb = person(request), request.POST.get("verb", "")
    structure = _number(request, "structure")
    if verb == "merge":
        return edited(
            request,
            clause.document,
            lambda: editing.merge_with_previous(by=by, clause=clause, structure_version=structure),
        )
    if verb == "split":
        return edited(
            request,
            clause.document,
            lambda: editing.split_clause(
                by=by,
                clause=clause,
                at=_number(request, "at"),
                version=_number(request, "version"),
                structure_version=structure,
            ),
        )
    if verb == "delete":
        return edited(
            request,
            clause.document,
            lambda: editing.delete_clauses(by=by, clauses=[clause], structure_version=structure),
        )
    if verb == "add":
        return edited(
            request,
            clause.document,
            lambda: editing.add_clause(by=by, document=clause.document, after=clause, structure_version=structure),
        )
    return edited(
        request,
        clause.document,
        lambda: editing.move_clause(by=by, clause=clause, direction=verb, structure_version=structure),
    )


@require_POST
def clause_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new clause at the end of a document."""
    document = document_for(request, pk, "document.edit")
    return edited(
        request,
        document,
        lambda: editing.add_clause(
            by=person(request), document=document, after=None, structure_version=_number(request, "structure")
        ),
    )


@require_POST
def clauses_term(request: HttpRequest, pk: int) -> HttpResponse:
    """One term for the chosen clauses."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    form = TermForm(request.POST)
    if not form.is_valid():
        return panel(request, document, error=first_error(form))
    return edited(
        request,
        document,
        lambda: editing.set_deadline(by=person(request), clauses=clauses, deadline=term_of(form, clauses[0].document)),
    )


def term_of(form: TermForm, document: Document) -> Deadline:
    """The term a valid form says; raises `Refused` when the words are not understood."""
    way = form.cleaned_data["way"]
    if way == "none":
        return NOTHING
    if way == "ongoing":
        return Deadline(kind="ongoing", text="постоянно")
    if way == "day":
        day = form.cleaned_data["due"]
        return Deadline(kind="date", due=day, text=f"до {day:%d.%m.%Y}")
    words = form.cleaned_data["words"].strip()
    found = parse_term(words, document.date)
    if found.deadline.kind in ("none", "invalid"):
        raise Refused(
            f"Срок «{words}» не распознан. Напишите иначе, например: до 1 сентября, в течение 5 рабочих дней, "
            "ежемесячно до 10 числа, III квартал 2026 года, — или выберите дату."
        )
    return found.deadline


@require_GET
def term_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How typed words of a term are understood, while they are typed."""
    document = document_for(request, pk, "document.edit")
    words = request.GET.get("words", "").strip()
    found = parse_term(words, document.date) if words else None
    return render(
        request,
        "decisions/term_preview.html",
        {"found": found, "words": words, "today": clock.today(person(request).zone)},
    )


@require_POST
def clauses_parties(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is responsible for the chosen clauses, and who is excepted."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    return edited(
        request,
        document,
        lambda: editing.set_parties(by=person(request), clauses=clauses, parties=parties_of(request, clauses)),
    )


def parties_of(request: HttpRequest, clauses: list[Clause]) -> list[editing.Party]:
    """Parties a form names by `org:`, `group:` and `text:` values; fields `party` and `except`."""
    authority = clauses[0].document.authority
    out = []
    for field, role in (("party", PartyRole.RESPONSIBLE), ("except", PartyRole.EXCLUDED)):
        for value in request.POST.getlist(field):
            kind, _, key = value.partition(":")
            if not is_number(key):
                raise Refused("Такого исполнителя нет в списке. Обновите страницу.")
            if kind == "org":
                organization = Organization.objects.of_authority(authority).filter(pk=key).first()
                if organization is None:
                    raise Refused("Такой организации нет в реестре. Обновите страницу.")
                kind_of = PartyType.SCHOOL if organization.is_school else PartyType.ORG
                out.append(editing.Party(organization.name, kind_of, organization=organization, role=role))
            elif kind == "group":
                group = SchoolGroup.objects.visible_to(person(request)).filter(pk=key, authority=authority).first()
                if group is None:
                    raise Refused("Такой группы нет. Обновите страницу.")
                out.append(editing.Party(group.name, PartyType.GROUP, group=group, role=role))
            elif kind == "text":
                kept = next((p for c in clauses for p in c.parties.all() if p.pk == int(key)), None)
                if kept is not None:
                    out.append(editing.Party(kept.text, PartyType(kept.type), role=role))
    return out


@require_POST
def clauses_handling(request: HttpRequest, pk: int) -> HttpResponse:
    """How the chosen clauses are followed: control, answer, nature, own date, checker."""
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    several = len(clauses) > 1
    form = HandlingForm(request.POST, authority=document.authority, several=several)
    if not form.is_valid():
        return panel(request, document, error=first_error(form))
    data = form.cleaned_data
    changes: dict[str, Any] = {name: data[name] for name in ("control", "answer_kind", "nature") if data[name]}
    if not several or data["control_date"]:
        changes["control_date"] = data["control_date"]
    if not several or data["checker"]:
        changes["checker_id"] = data["checker"].pk if data["checker"] else None
    return edited(request, document, lambda: editing.set_handling(by=person(request), clauses=clauses, changes=changes))


@require_POST
def clauses_delete(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    clauses = chosen_clauses(request, document, request.POST.getlist("clause"))
    return edited(
        request,
        document,
        lambda: editing.delete_clauses(
            by=person(request), clauses=clauses, structure_version=clauses[0].document.structure_version
        ),
    )


@require_POST
def document_undo(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(request, document, lambda: undo_edit(document=document, by=person(request)))


@require_POST
def document_redo(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(request, document, lambda: drafts.redo(document=document, by=person(request)))


@require_POST
def document_renumber(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "document.edit")
    return edited(
        request,
        document,
        lambda: editing.renumber(
            by=person(request), document=document, structure_version=_number(request, "structure")
        ),
    )


def document_header(request: HttpRequest, pk: int) -> HttpResponse:
    """The heading, people and agenda on one page; what was typed stays if it cannot be saved."""
    document = document_for(request, pk, "document.edit")
    if top_of(document).state != DocumentState.DRAFT:
        return redirect("decisions:document_detail", pk=top_of(document).pk)
    before = document.header_version
    form = HeaderForm(request.POST or None, instance=document)
    error = ""
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.cleaned_data if name in form.changed_data}
        if "body" in changes:
            changes["body_id"] = changes.pop("body").pk if changes["body"] else None
        fresh = Document.objects.select_related("authority").get(pk=pk)
        try:
            editing.set_header(
                by=person(request), document=fresh, header_version=_number(request, "version"), changes=changes
            )
            editing.set_people(by=person(request), document=fresh, people=_people(request))
            editing.set_agenda(by=person(request), document=fresh, points=_agenda(request))
        except Refused as why:
            error = str(why)
        else:
            return redirect("decisions:document_review", pk=top_of(document).pk)
    context = {
        "document": document,
        "form": form,
        "error": error,
        "version": request.POST.get("version") or before,
        "people": _people(request)
        if request.method == "POST"
        else list(document.participants.values("role", "name", "post")),
        "roles": ParticipantRole.choices,
        "agenda": _agenda(request)
        if request.method == "POST"
        else list(document.agenda.values("id", "text", "speaker")),
    }
    return render(request, "decisions/document_header.html", context, status=422 if request.method == "POST" else 200)


def _people(request: HttpRequest) -> list[dict[str, Any]]:
    rows = zip(
        request.POST.getlist("person_role"),
        request.POST.getlist("person_name"),
        request.POST.getlist("person_post"),
        strict=False,
    )
    return [
        {"role": role if role in ParticipantRole.values else "present", "name": name.strip(), "post": post.strip()}
        for role, name, post in rows
        if name.strip()
    ]


def _agenda(request: HttpRequest) -> list[dict[str, Any]]:
    rows = zip(
        request.POST.getlist("agenda_id"),
        request.POST.getlist("agenda_text"),
        request.POST.getlist("agenda_speaker"),
        strict=False,
    )
    return [
        {"id": int(key) if is_number(key) else None, "text": " ".join(text.split()), "speaker": speaker}
        for key, text, speaker in rows
        if text.strip()
    ]


def first_error(form: Any) -> str:
    """The first thing that is wrong, as one sentence with the field's name."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return "Проверьте введённое."


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not is_number(value):
        raise Http404
    return int(value)
