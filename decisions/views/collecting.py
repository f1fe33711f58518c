"""Collecting by form, the office: attaching, confirming what is asked, the joined summary and its XLSX."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock, sheets
from config.numbers import is_number
from decisions.actions import collecting
from decisions.actions.form_answers import SENT_STATES, as_answers, sent_answers
from decisions.collecting import join
from decisions.collecting.book import NotAForm, read_book
from decisions.collecting.draw import Drawn, drawn
from decisions.collecting.model import KINDS, Field, Layout
from decisions.collecting.values import Value
from decisions.enums import TaskState
from decisions.errors import Refused
from decisions.forms_collecting import NEW, fields_of, layout_from
from decisions.models import Assignment, CollectionForm, FormAnswer, FormVersion
from decisions.models.documents import whole_papers
from decisions.views.documents import stored_file
from decisions.views.gate import clause_for, person

PAGE = 40
SHOWN_ROWS = 200
EXCEL: dict[str, sheets.Kind] = {
    "whole": "whole",
    "number": "number",
    "money": "money",
    "percent": "number",
    "date": "date",
}


def form_for(request: HttpRequest, pk: int, permission: str = "document.view") -> CollectionForm:
    """A form of an authority the person sees, and may do this with."""
    form = get_object_or_404(
        CollectionForm.objects.visible_to(person(request)).select_related(
            "authority", "clause__document", "current__template", "follows"
        ),
        pk=pk,
    )
    if not person(request).can(permission, at=form.authority):
        raise PermissionDenied
    return form


@require_GET
def form_list(request: HttpRequest) -> HttpResponse:
    """Forms of the office: how many have answered, the newest first."""
    user = person(request)
    if not user.may("document.view"):
        raise PermissionDenied
    live = ~Q(clause__assignments__state=TaskState.CANCELLED)
    rows = (
        CollectionForm.objects.visible_to(user)
        .select_related("clause__document", "authority", "current")
        .annotate(
            asked=Count("clause__assignments", filter=live, distinct=True),
            got=Count(
                "answers",
                filter=Q(answers__sent_values__isnull=False, answers__assignment__state__in=SENT_STATES),
                distinct=True,
            ),
        )
        .defer(*whole_papers("clause__document"))
        .order_by("-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "decisions/form_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def form_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for a clause: the office's file or a short one composed here."""
    clause = clause_for(request, pk)
    known = CollectionForm.objects.filter(clause=clause).first()
    if known is not None:
        return redirect("decisions:form_detail" if known.current_id else "decisions:form_layout", pk=known.pk)
    error = ""
    if request.method == "POST":
        title = request.POST.get("title", "")
        upload = request.FILES.get("file")
        try:
            if request.POST.get("verb") == "compose":
                version = collecting.compose(by=person(request), clause=clause, title=title)
            elif upload is None:
                raise Refused("Выберите файл формы: книгу Excel (.xlsx).")
            else:
                version = collecting.attach_workbook(
                    by=person(request), clause=clause, name=upload.name, content=upload.read(), title=title
                )
        except Refused as why:
            error = str(why)
        else:
            return redirect("decisions:form_layout", pk=version.form_id)
    context = {"clause": clause, "document": clause.document, "error": error, "title": request.POST.get("title", "")}
    return render(request, "decisions/form_create.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def form_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form asks: proposed by the program, corrected and confirmed by the methodist."""
    form = form_for(request, pk, "document.edit")
    version = form.versions.filter(published_at__isnull=True).select_related("template").first()
    if version is None:
        return redirect("decisions:form_detail", pk=pk)
    layout, error = version.layout, ""
    title, note = form.title, form.note
    if request.method == "POST":
        title, note = request.POST.get("title", ""), request.POST.get("note", "")
        try:
            layout = layout_from(request.POST, version.layout, composed=version.composed)
            edits = request.POST.get("edits", "")
            saved = collecting.save_layout(
                by=person(request),
                version=version,
                layout=layout,
                title=title,
                note=note,
                edits=int(edits) if edits.isascii() and edits.isdigit() and len(edits) < 9 else 0,
            )
            if request.POST.get("verb") == "publish":
                collecting.publish(by=person(request), version=saved, ask_again="ask_again" in request.POST)
                messages.success(request, "Форма действует. Школы увидят её в своём поручении.")
                return redirect("decisions:form_detail", pk=pk)
        except Refused as why:
            error = str(why)
            version.refresh_from_db(fields=["edits"])
        else:
            messages.success(request, "Сохранено. Школам форма пока не видна.")
            return redirect("decisions:form_layout", pk=pk)
    pictures = _pictures(version, layout)
    context = {
        "form": form,
        "version": version,
        "layout": layout,
        "lines": [(table, name, field) for table, name, field in fields_of(layout)],
        "kinds": KINDS.items(),
        "new": [f"n{number}" for number in range(1, NEW + 1)],
        "empty": Field("", ""),
        "pictures": pictures,
        "sheets": [picture.name for picture in pictures],
        "title": title,
        "note": note,
        "error": error,
        "changes": join.changes(form.current.layout, layout) if form.current else [],
        "answered": form.answers.filter(sent_values__isnull=False).count() if form.current else 0,
        "unsure": sum(not field.sure for _, _, field in fields_of(layout)),
    }
    return render(request, "decisions/form_layout.html", context, status=422 if error else 200)


def _pictures(version: FormVersion, layout: Layout) -> list[Drawn]:
    if version.composed or version.template is None:
        return []
    with version.template.content.open("rb") as stored:
        try:
            book = read_book(stored.read())
        except NotAForm:
            return []
    return [drawn(sheet, layout) for sheet in book.sheets if not sheet.hidden]


@require_POST
def form_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a new version; with a file, of another workbook."""
    form = form_for(request, pk, "document.edit")
    upload = request.FILES.get("file")
    try:
        if upload is not None:
            collecting.replace_workbook(by=person(request), form=form, name=upload.name, content=upload.read())
        elif form.current is not None:
            collecting.begin_change(by=person(request), form=form)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("decisions:form_detail" if form.current else "decisions:form_layout", pk=pk)
    return redirect("decisions:form_layout", pk=pk)


@require_POST
def form_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops the version being prepared or, with `verb=form`, the whole form nobody has filled."""
    form = form_for(request, pk, "document.edit")
    document = form.clause.document
    try:
        if request.POST.get("verb") == "form":
            collecting.remove(by=person(request), form=form)
        else:
            collecting.drop_change(by=person(request), form=form)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("decisions:form_detail", pk=pk)
    if CollectionForm.objects.filter(pk=pk).exists():
        messages.success(request, "Изменения отброшены, действует прежняя форма.")
        return redirect("decisions:form_detail", pk=pk)
    messages.success(request, "Форма снята с пункта.")
    if document.state == "draft":
        return redirect("decisions:document_review", pk=document.part_of_id or document.pk)
    return redirect("decisions:document_detail", pk=document.part_of_id or document.pk)


# --- the summary ---


def _tasks(form: CollectionForm) -> list[Assignment]:
    return list(
        Assignment.objects.filter(clause=form.clause_id)
        .exclude(state=TaskState.CANCELLED)
        .select_related("organization", "form_answer__sent_by__person", "form_answer__sent_version")
        .order_by("organization__sort_key", "organization_id", "-occurrence")
    )


def _occurrence(request: HttpRequest, tasks: list[Assignment]) -> tuple[int, list[int]]:
    known = sorted({task.occurrence for task in tasks}, reverse=True)
    asked = request.GET.get("occurrence", "")
    if is_number(asked) and int(asked) in known:
        return int(asked), known
    return (known[0] if known else 1), known


@require_GET
def form_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary: who has answered, who is missing, everybody's figures with totals."""
    form = form_for(request, pk)
    if form.current is None:
        if person(request).can("document.edit", at=form.authority):
            return redirect("decisions:form_layout", pk=pk)
        return render(request, "decisions/form_waiting.html", {"form": form})
    tasks = _tasks(form)
    occurrence, occurrences = _occurrence(request, tasks)
    tasks = [task for task in tasks if task.occurrence == occurrence]
    missing = [task for task in tasks if not _stands(task)]
    rows = sent_answers(form, occurrence)
    joined = join.join(form.current.layout, as_answers(form, rows))
    today = clock.today(form.authority.zone)
    context = {
        "form": form,
        "document": form.clause.document,
        "version": form.current,
        "tasks": tasks,
        "answered": [task for task in tasks if _stands(task)],
        "missing": missing,
        "late": sum(task.is_overdue(today) for task in missing),
        "joined": [_shown(one) for one in joined],
        "task_of": {row.pk: row.assignment_id for row in rows},
        "occurrence": occurrence,
        "occurrences": occurrences if len(occurrences) > 1 else [],
        "prepared": form.versions.filter(published_at__isnull=True).exists(),
        "versions": list(form.versions.filter(published_at__isnull=False).select_related("created_by__person")),
        "kept": FormAnswer.objects.filter(form=form).exclude(kept=[]).count(),
        "may_edit": person(request).can("document.edit", at=form.authority),
        "may_remind": person(request).can("task.remind", at=form.authority),
        "may_check": person(request).can("task.check", at=form.authority),
        "today": today,
    }
    return render(request, "decisions/form_detail.html", context)


def _stands(task: Assignment) -> bool:
    answer: FormAnswer | None = getattr(task, "form_answer", None)
    return answer is not None and answer.sent_values is not None and task.state in SENT_STATES


def _shown(one: join.Joined) -> dict[str, Any]:
    """A joined table for the page: groups over columns, words in cells."""
    groups: list[list[Any]] = []
    for heading in one.headings:
        if groups and groups[-1][0] == heading.group:
            groups[-1][1].append(heading)
        else:
            groups.append([heading.group, [heading]])
    return {
        "title": one.title,
        "open": one.open,
        "grouped": any(name for name, _ in groups),
        "groups": groups,
        "headings": one.headings,
        "lines": [(line, [(words_of(c), h.field.numeric) for c, h in zip(line.cells, one.headings, strict=True)])
                  for line in one.lines[:SHOWN_ROWS]],
        "totals": [words_of(total) for total in one.totals],
        "adds": any(total is not None for total in one.totals),
        "more": max(0, len(one.lines) - SHOWN_ROWS),
    }  # fmt: skip


def words_of(value: Value | None) -> str:
    from decimal import Decimal

    from decisions.collecting.values import said

    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole, _, tail = said(value, "number").partition(",")
        grouped = f"{int(whole):,}".replace(",", "\u00a0") if whole.lstrip("-").isdigit() else whole
        return (
            ("-" if whole.startswith("-") and not grouped.startswith("-") else "")
            + grouped
            + (f",{tail}" if tail else "")
        )
    return said(value, "")


@require_GET
def form_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary for Excel: real numbers and days, a sheet for each open table and for those who are missing."""
    form = form_for(request, pk)
    if form.current is None:
        raise PermissionDenied
    tasks = _tasks(form)
    occurrence, _ = _occurrence(request, tasks)
    tasks = [task for task in tasks if task.occurrence == occurrence]
    rows = sent_answers(form, occurrence)
    today = clock.today(form.authority.zone)
    given = sum(_stands(task) for task in tasks)
    note = f"{form.title}. На {today:%d.%m.%Y} ответили {given} из {len(tasks)}. {form.clause.document.short_title}"
    pages = [_page(one, note) for one in join.join(form.current.layout, as_answers(form, rows))]
    pages.append(_missing_page(tasks, today))
    if kept := _kept_page(form):
        pages.append(kept)
    response = HttpResponse(sheets.workbook(pages), content_type=sheets.MEDIA)
    name = f"Свод, {form.title}.xlsx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _page(one: join.Joined, note: str) -> sheets.Sheet:
    columns = [
        sheets.Column("Организация", 34),
        *(
            sheets.Column(h.title, 30 if h.field.kind == "text" else 16, EXCEL.get(h.field.kind, "text"))
            for h in one.headings
        ),
    ]
    rows = [[line.name, *line.cells] for line in one.lines]
    total = ["Итого", *one.totals] if any(t is not None for t in one.totals) else None
    return sheets.Sheet(one.title, columns, rows, total=total, notes=[note])


def _missing_page(tasks: list[Assignment], today: Any) -> sheets.Sheet:
    columns = [
        sheets.Column("Организация", 34),
        sheets.Column("Состояние", 22),
        sheets.Column("Срок", 12, "date"),
        sheets.Column("Просрочено", 14),
    ]
    rows = [
        [str(t.organization), t.get_state_display(), t.effective_due, "да" if t.is_overdue(today) else ""]
        for t in tasks
        if not _stands(t)
    ]
    return sheets.Sheet("Не ответили", columns, rows)


def _kept_page(form: CollectionForm) -> sheets.Sheet | None:
    """Words of earlier versions that the form no longer asks: not silently lost."""
    answers = (
        FormAnswer.objects.filter(form=form)
        .exclude(kept=[])
        .select_related("assignment__organization")
        .annotate(name=F("assignment__organization__sort_key"))
        .order_by("name")
    )
    rows = [[str(a.assignment.organization), heading, words] for a in answers for heading, words in a.kept]
    columns = [sheets.Column("Организация", 34), sheets.Column("Что спрашивалось", 40), sheets.Column("Ответ", 40)]
    return sheets.Sheet("Из прежних версий", columns, rows) if rows else None


@require_GET
def form_blank(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's own file of the version in force or, before that, of the one being prepared."""
    form = form_for(request, pk)
    version = form.current or form.versions.filter(template__isnull=False).select_related("template").first()
    if version is None or version.template is None:
        messages.info(request, "Файл формы появится, когда Вы подтвердите, что в ней спрашивается.")
        return redirect("decisions:form_layout", pk=pk)
    return stored_file(version.template)
