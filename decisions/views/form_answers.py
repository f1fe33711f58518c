"""Collecting by form, the school: filling in the browser or by file, sending, looking at what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock, sheets
from decisions.actions import form_answers
from decisions.collecting import join
from decisions.collecting.blank import help_of
from decisions.collecting.model import MAX_ROWS, Field, Layout, Problem, Table, rows_of
from decisions.enums import Circulation, TaskState, Verdict
from decisions.errors import Refused
from decisions.excerpts import with_words
from decisions.models import Assignment, CollectionForm, FormAnswer, FormRevision, How, ReportItem
from decisions.views.documents import stored_file
from decisions.views.gate import person

SPARE = 2  # empty rows shown under the filled ones of an open table
MORE = 10


def task_for(request: HttpRequest, pk: int, *, answers: bool = False) -> tuple[Assignment, CollectionForm]:
    """A visible task that has a form in force; with `answers` the person must be of its school."""
    user = person(request)
    task = get_object_or_404(
        Assignment.objects.visible_to(user).select_related(
            "organization", "authority", "document", "clause", "checker__person"
        ),
        pk=pk,
    )
    helps = user.can("task.view_care", at=task.organization)
    if not (helps or user.can("task.view", at=task.organization) or user.can("task.view", at=task.authority)):
        raise Http404  # a co-executor sees the task, not the other school's figures
    if answers and not user.can("task.answer", at=task.organization):
        raise PermissionDenied
    form = form_answers.form_of(task)
    if form is None:
        raise Http404
    return task, form


@dataclass(frozen=True)
class Slot:
    """One place on the page: its name, what is typed, what stood there last time, what is wrong, what a colleague wrote."""

    key: str
    field: Field
    heading: str
    value: str
    before: str
    wrong: str
    theirs: str

    @property
    def help(self) -> str:
        """On the page the control itself says «да / нет», the list and the pattern of a day; «можно не заполнять» stands by the name."""
        if self.field.kind in ("yesno", "date", "choice", "text"):
            return self.field.hint
        return help_of(self.field, optional=False)

    @property
    def options(self) -> list[str]:
        known = ["да", "нет"] if self.field.kind == "yesno" else list(self.field.choices)
        return known if not self.value or self.value in known else [self.value, *known]


@dataclass(frozen=True)
class Block:
    """A single field (`slot`) or a table with its rows of slots (None where nothing is asked)."""

    slot: Slot | None = None
    table: Table | None = None
    rows: Sequence[tuple[str, Sequence[Slot | None]]] = ()


def blocks_of(
    layout: Layout,
    values: Mapping[str, str],
    before: Mapping[str, str],
    problems: Sequence[Problem],
    clashes: Mapping[str, tuple[str, str]],
    *,
    spare: int,
) -> list[Block]:
    wrong: dict[str, str] = {}
    for problem in problems:
        if problem.key:
            wrong.setdefault(problem.key, problem.reason)

    def slot(key: str, field: Field, heading: str) -> Slot:
        theirs = clashes[key][0] or "(пусто)" if key in clashes else ""
        return Slot(key, field, heading, values.get(key, ""), before.get(key, ""), wrong.get(key, ""), theirs)

    out = []
    for part in layout.parts:
        if isinstance(part, Field):
            out.append(Block(slot=slot(part.key, part, part.label)))
            continue
        if part.fixed:
            rows = [
                (
                    label,
                    [
                        slot(f"{part.key}.{at}.{c.key}", c, f"{label}: {c.label}") if part.asks(at, c) else None
                        for c in part.columns
                    ],
                )
                for at, label in enumerate(part.labels)
            ]
        else:
            count = min(rows_of(part, values) + spare, MAX_ROWS)
            rows = [
                (
                    str(at + 1),
                    [slot(f"{part.key}.{at}.{c.key}", c, f"строка {at + 1}: {c.label}") for c in part.columns],
                )
                for at in range(count)
            ]
        out.append(Block(table=part, rows=rows))
    return out


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name[2:]: text for name, text in request.POST.items() if name.startswith("v-") and len(name) < 60}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_http_methods(["GET", "POST"])
def form_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a task: the school fills and sends it, others read what was sent."""
    task, form = task_for(request, pk, answers=request.method == "POST")
    if request.method == "GET":
        return _page(request, task, form)
    values, verb = _typed(request), request.POST.get("verb", "save")
    said = {"seen": _number(request, "seen"), "version": _number(request, "version")}
    act = form_answers.send if verb == "send" else form_answers.save
    try:
        act(by=person(request), assignment=task, values=values, **said)
    except form_answers.Clash as why:
        mine = {**why.merged.values, **{key: mine for key, (_, mine) in why.merged.clashes.items()}}
        return _page(
            request, task, form, values=mine, error=str(why), clashes=why.merged.clashes, number=why.number, status=409
        )
    except form_answers.Wrong as why:
        return _page(request, task, form, values=values, error=str(why), problems=why.problems, status=422)
    except Refused as why:
        task.refresh_from_db()
        fresh = form_answers.form_of(task)
        if fresh is None:
            messages.error(request, str(why))
            return redirect("decisions:task_detail", pk=pk)
        return _page(request, task, fresh, values=values, error=str(why), status=409)
    if verb == "send":
        messages.success(request, f"Форма отправлена. Её проверит {task.checker or 'методист управления образования'}.")
        return redirect("decisions:task_detail", pk=pk)
    if verb.startswith("more-"):
        return redirect(f"{request.path}?more=1#table-{quote(verb[5:15])}")
    messages.success(request, "Сохранено. Форма ещё не отправлена.")
    return redirect("decisions:form_answer", pk=pk)


def _page(
    request: HttpRequest,
    task: Assignment,
    form: CollectionForm,
    *,
    values: Mapping[str, str] | None = None,
    error: str = "",
    problems: Sequence[Problem] = (),
    notices: Sequence[str] = (),
    clashes: Mapping[str, tuple[str, str]] | None = None,
    number: int | None = None,
    from_file: bool = False,
    status: int = 200,
) -> HttpResponse:
    user = person(request)
    version = form.current
    assert version is not None
    answer = (
        FormAnswer.objects.filter(assignment=task)
        .select_related("form_version", "sent_version", "sent_by__person", "updated_by__person")
        .first()
    )
    own = user.can("task.answer", at=task.organization)
    editable = own and task.is_open
    layout = version.layout
    if editable:
        shown = values if values is not None else (answer.values if answer else {})
    else:
        shown = _sent(answer, form)
    waiting = None
    if task.state == TaskState.ON_CHECK:
        waiting = ReportItem.objects.filter(assignment=task, verdict=Verdict.WAITING, report__state="sent").last()
    before, last = form_answers.before(task, form) if editable else ({}, None)
    spare = (MORE if request.GET.get("more") else SPARE) if editable else 0
    [task] = with_words([task], office=user.reach("document.view").authorities)
    context: dict[str, Any] = {
        "task": task,
        "form": form,
        "version": version,
        "answer": answer,
        "own": own,
        "editable": editable,
        "blocks": blocks_of(layout, shown, before, problems, clashes or {}, spare=spare),
        "filled": any(shown.values()),
        "seen": number if number is not None else (answer.number if answer else 0),
        "before": before,
        "last": last,
        "below": _below(task, form) if editable else [],
        "revisions": _revisions(answer) if own and answer else [],
        "files": _files(answer) if answer and (own or answer.sent_values is not None) else [],
        "restricted": task.document.circulation == Circulation.EXCERPT,
        "error": error,
        "problems": problems,
        "notices": notices,
        "from_file": from_file,
        "today": clock.today(task.organization.zone),
        "may_check": (may_check := user.can("task.check", at=task.authority)),
        "to_judge": waiting if may_check else None,
        "to_recall": waiting if own and not may_check else None,
    }
    return render(request, "decisions/form_answer.html", context, status=status)


def _sent(answer: FormAnswer | None, form: CollectionForm) -> Mapping[str, str]:
    """What was sent, in the places of the form in force."""
    if answer is None or answer.sent_values is None or answer.sent_version is None or form.current is None:
        return {}
    if answer.sent_version_id == form.current_id:
        return answer.sent_values
    return join.carried(answer.sent_version.layout, form.current.layout, answer.sent_values)[0]


def _revisions(answer: FormAnswer) -> list[FormRevision]:
    return list(answer.revisions.select_related("by__person", "file")[:30])


def _files(answer: FormAnswer) -> list[FormRevision]:
    return list(answer.revisions.filter(file__isnull=False).select_related("by__person", "file")[:10])


def _below(task: Assignment, form: CollectionForm) -> list[CollectionForm]:
    """Forms this addressee itself collects by: an authority passes its summary upward."""
    return list(
        CollectionForm.objects.filter(authority=task.organization_id, current__isnull=False)
        .exclude(pk=form.pk)
        .order_by("-pk")[:30]
    )


@require_GET
def form_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a file of this addressee: for the school with what is filled so far, for others with what was sent."""
    task, form = task_for(request, pk)
    answer = FormAnswer.objects.filter(assignment=task).select_related("sent_version").first()
    own = person(request).can("task.answer", at=task.organization)
    values = (answer.values if answer else {}) if own else _sent(answer, form)
    try:
        content = form_answers.workbook_for(task, form, values)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("decisions:form_answer", pk=pk)
    response = HttpResponse(content, content_type=sheets.MEDIA)
    name = f"{form.title[:80]}, {task.organization}.xlsx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_POST
def form_take(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled file comes back: everything wrong in it is said at once."""
    task, form = task_for(request, pk, answers=True)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, task, form, error="Выберите заполненный файл формы.", status=422)
    try:
        taken = form_answers.take_file(
            by=person(request),
            assignment=task,
            name=upload.name,
            content=upload.read(),
            seen=_number(request, "seen"),
        )
    except Refused as why:
        task.refresh_from_db()
        return _page(request, task, form, error=str(why), status=409)
    if taken.answer is None:
        return _page(
            request, task, form, error="Файл не принят, в форме ничего не изменилось.", problems=taken.problems,
            notices=taken.notices, from_file=True, status=422,
        )  # fmt: skip
    if taken.problems:
        return _page(
            request, task, form, error="Файл прочитан, но в нём есть ошибки. Исправьте их здесь или в файле и верните его снова.",
            problems=taken.problems, notices=taken.notices, from_file=True, status=422,
        )  # fmt: skip
    for notice in taken.notices:
        messages.warning(request, notice)
    messages.success(request, "Файл прочитан без ошибок. Проверьте сведения и отправьте форму.")
    return redirect("decisions:form_answer", pk=pk)


@require_POST
def form_bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Fills empty places: with the last answer, with the joined answers of those below, or brings an earlier saving back."""
    task, form = task_for(request, pk, answers=True)
    user, verb = person(request), request.POST.get("verb", "")
    try:
        if verb == "restore":
            form_answers.restore(by=user, assignment=task, number=_number(request, "number"))
            messages.success(request, "Возвращено прежнее сохранение. Нынешнее тоже осталось в списке.")
        elif verb == "below":
            number = _bring_below(request, task, form)
            messages.success(request, f"Заполнено мест: {number}. Числа сложены, строки собраны подряд; проверьте их.")
        else:
            before, _ = form_answers.before(task, form)
            number = form_answers.bring(by=user, assignment=task, values=before, how=How.BEFORE)
            messages.success(request, f"Перенесено мест: {number}. Заполненное раньше не тронуто.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("decisions:form_answer", pk=pk)


def _bring_below(request: HttpRequest, task: Assignment, form: CollectionForm) -> int:
    source = next((one for one in _below(task, form) if one.pk == _number(request, "source")), None)
    if source is None or not person(request).can("document.view", at=source.authority_id):
        raise Refused("Выберите форму, ответы по которой собрать.")
    source = CollectionForm.objects.select_related("current").get(pk=source.pk)
    assert source.current is not None and form.current is not None
    answers = form_answers.as_answers(source, form_answers.sent_answers(source))
    values, _ = join.rolled_up(form.current.layout, [(source.current.layout, one) for one in answers])
    if not values:
        raise Refused("В той форме нет полей с такими же названиями или на неё ещё никто не ответил.")
    return form_answers.bring(by=person(request), assignment=task, values=values, how=How.BELOW)


@require_GET
def form_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original file a school returned, for those who see its task."""
    user = person(request)
    row = get_object_or_404(
        FormRevision.objects.filter(answer__in=FormAnswer.objects.visible_to(user), file__isnull=False).select_related(
            "file", "answer__assignment__organization"
        ),
        pk=pk,
    )
    own = user.can("task.answer", at=row.answer.assignment.organization)
    if not own and row.answer.sent_values is None:  # what a school has not sent is its own affair
        raise Http404
    return stored_file(row.file)
