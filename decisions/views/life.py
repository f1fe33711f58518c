"""The life of one task beside its answer: seen, taken, explained, cancelled; its parts, participants and history of dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import is_number
from config.uploads import PHOTOS, BadUpload, kind_of
from decisions.actions import answers, extensions, handing, participants, subtasks
from decisions.actions.bulk import together
from decisions.actions.intake import store_source
from decisions.actions.moves import place_of
from decisions.actions.plan import plan_for
from decisions.enums import PartyRole
from decisions.errors import Refused
from decisions.forms import DayField, office_people
from decisions.forms_life import SubTaskForm, first_sentence
from decisions.models import Assignment, CoExecutor, CoExecutorFile, SubTask
from decisions.models.tasks import OPEN_STATES
from decisions.photos import BadPhoto, photos_to_pdf
from decisions.task_life import is_co_executor
from decisions.views.answers import kept, task_for
from decisions.views.documents import stored_file
from decisions.views.extensions import posted_ids
from decisions.views.gate import clause_for, person
from schools.models import Organization


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("decisions:task_detail", pk=pk)


def _try(request: HttpRequest, action: Any, done: str, *fields: str) -> None:
    """Runs an action; a refusal is told together with what was typed, so that no word is lost."""
    try:
        action()
    except Refused as why:
        messages.error(request, str(why) + kept(request, *fields))
    else:
        messages.success(request, done)


@require_POST
def task_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page says by itself that the school has opened it: a GET changes nothing, a prefetching mail server sees nothing."""
    user = person(request)
    task = get_object_or_404(Assignment.objects.visible_to(user).select_related("organization"), pk=pk)
    answers.see(by=user, assignment=task)
    return HttpResponse(status=204)


@require_POST
def tasks_acknowledge(request: HttpRequest) -> HttpResponse:
    """«Принято к исполнению» or «взято в работу», one task or several."""
    user = person(request)
    reach = user.reach("task.answer").organizations
    wanted = posted_ids(request, "task")
    tasks = list(
        Assignment.objects.filter(pk__in=wanted, organization_id__in=reach).select_related("clause", "document")
    )
    if not reach:
        raise PermissionDenied
    if not tasks or len(tasks) != len(wanted):
        raise Http404
    verb = request.POST.get("verb", "acknowledge")
    found = together(tasks, lambda rows: answers.acknowledge(by=user, assignments=rows, verb=verb))
    if found.done:
        messages.success(request, found.sentence("Принято к исполнению" if verb == "acknowledge" else "Взято в работу"))
    if found.refused:
        messages.warning(request, found.refusals(place_of))
    return redirect("decisions:task_list") if len(tasks) > 1 else _back(request, tasks[0].pk)


@require_POST
def task_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """«Объяснение» beside an overdue task."""
    task = task_for(request, pk, "task.answer")
    text = request.POST.get("text", "")[:8000]
    _try(
        request,
        lambda: extensions.explain(by=person(request), assignment=task, text=text),
        "Объяснение записано: его видит управление.",
        "text",
    )
    return _back(request, pk)


@require_POST
def tasks_cancel(request: HttpRequest) -> HttpResponse:
    """Отменить: the task should not have been given, or is no longer needed."""
    user = person(request)
    reach = user.reach("task.withdraw").authorities
    if not reach:
        raise PermissionDenied
    wanted = posted_ids(request, "task")
    tasks = list(
        Assignment.objects.filter(pk__in=wanted, authority_id__in=reach).select_related(
            "clause", "document", "organization"
        )
    )
    if not tasks or len(tasks) != len(wanted):
        raise Http404
    reason = request.POST.get("reason", "")
    found = together(tasks, lambda rows: answers.cancel(by=user, assignments=rows, reason=reason))
    if found.done:
        messages.success(request, found.sentence("Отменено"))
    if found.refused:
        name = lambda row: f"{row.organization}, {place_of(row)}"  # noqa: E731
        messages.error(request, found.refusals(name) + kept(request, "reason"))
    return _back(request, tasks[0].pk)


@require_POST
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The checker takes an acceptance back."""
    task = task_for(request, pk, "task.check")
    reason = request.POST.get("reason", "")
    _try(
        request,
        lambda: answers.reopen(by=person(request), assignment=task, reason=reason),
        "Принятие отменено: школа увидит причину.",
        "reason",
    )
    return _back(request, pk)


# --- co-executors ---


def _own_part(request: HttpRequest, pk: int) -> CoExecutor:
    user = person(request)
    rows = CoExecutor.objects.filter(assignment__in=Assignment.objects.visible_to(user))
    part = get_object_or_404(rows.select_related("organization", "assignment__document__authority"), pk=pk)
    if not user.can("task.answer", at=part.organization):
        raise PermissionDenied
    return part


@require_POST
def part_save(request: HttpRequest, pk: int) -> HttpResponse:
    """A co-executor adds its part: words and files."""
    part, user = _own_part(request, pk), person(request)
    version = request.POST.get("version", "")

    def write() -> None:
        for upload in request.FILES.getlist("files"):
            content = upload.read()
            name = upload.name or "файл"
            extension, media = kind_of(content, name, limit=settings.MAX_UPLOAD_BYTES)
            if extension in PHOTOS:
                content, media = photos_to_pdf([(name, content)]), "application/pdf"
                name = name.rpartition(".")[0] + ".pdf"
            authority = part.assignment.document.authority
            stored = store_source(by=user, authority=authority, name=name, content=content, content_type=media)
            participants.attach_part(by=user, part=part, file=stored)
        participants.contribute(
            by=user,
            part=part,
            text=request.POST.get("text", "")[:8000],
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
        )

    try:
        write()
    except (Refused, BadUpload, BadPhoto) as why:
        messages.error(request, str(why) + kept(request, "text"))
    else:
        messages.success(request, "Ваша часть сохранена: её видит ответственный исполнитель.")
    return _back(request, part.assignment_id)


@require_GET
def part_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a co-executor's part: for those who see the task; another co-executor sees its own only."""
    user = person(request)
    row = get_object_or_404(
        CoExecutorFile.objects.filter(part_of__assignment__in=Assignment.objects.visible_to(user)).select_related(
            "file", "part_of__assignment"
        ),
        pk=pk,
    )
    own = user.reach("task.answer").organizations
    if is_co_executor(row.part_of.assignment, user) and row.part_of.organization_id not in own:
        raise Http404
    return stored_file(row.file)


@require_http_methods(["GET", "POST"])
def clause_execution(request: HttpRequest, pk: int) -> HttpResponse:
    """Own terms of organisations inside a clause, its co-executors and controller: before sending and after."""
    user = person(request)
    clause = clause_for(request, pk, "document.register")
    document = clause.document.part_of or clause.document
    sent = document.state == "sent"
    if sent:
        given = clause.assignments.exclude(state="cancelled").select_related("organization")
        rows = [(one.organization, one.effective_due, one) for one in given.order_by("organization__sort_key")]
    else:
        tasks = [t for t in plan_for(document).tasks if t.item.clause.pk == clause.pk]
        rows = [(t.organization, t.effective_due, None) for t in sorted(tasks, key=lambda t: t.organization.sort_key)]
    kept_dues = dict(clause.own_dues.values_list("organization", "due"))
    chosen = set(
        clause.parties.filter(role=PartyRole.CO_EXECUTOR, organization__isnull=False).values_list(
            "organization", flat=True
        )
    )
    error, typed = "", {pk: due.isoformat() for pk, due in kept_dues.items()}
    controller = clause.controller_id
    if request.method == "POST":
        typed = {o.pk: request.POST.get(f"due-{o.pk}", "") for o, _, _ in rows}
        chosen = posted_ids(request, "co")
        named = request.POST.get("controller", "")
        controller = int(named) if is_number(named) else None
        try:
            dues, wrong = _typed_dues(rows, typed)
            if wrong:
                raise Refused(wrong)
            troubles = participants.set_execution(
                by=user,
                clause=clause,
                own_dues=dues,
                co_executors=list(Organization.objects.of_authority(document.authority).filter(pk__in=chosen)),
                controller=office_people(document.authority).filter(pk=controller).first() if controller else None,
                reason=request.POST.get("reason", ""),
            )
        except Refused as why:
            error = str(why)
        else:
            for line in troubles[:5]:
                messages.warning(request, line)
            messages.success(request, "Порядок исполнения пункта сохранён.")
            return redirect("decisions:clause_execution", pk=pk)
    context = {
        "clause": clause,
        "document": document,
        "sent": sent,
        "rows": [(o, day, task, typed.get(o.pk, "")) for o, day, task in rows],
        "organizations": [
            (o, o.pk in chosen)
            for o in Organization.objects.of_authority(document.authority)
            .open_on(clock.today(document.authority.zone))
            .order_by("sort_key", "pk")
        ],
        "people": office_people(document.authority),
        "controller": controller,
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "decisions/clause_execution.html", context, status=422 if error else 200)


def _typed_dues(rows: Any, typed: dict[int, str]) -> tuple[dict[int, dt.date | None], str]:
    """Days as typed, by organisation; a sentence about the first that is not a day."""
    field, dues = DayField(required=False), {}
    for organization, _, _ in rows:
        try:
            dues[organization.pk] = field.clean(typed.get(organization.pk, ""))
        except ValidationError as why:
            return {}, f"{organization}: {why.messages[0]}"
    return dues, ""


# --- parts of a task inside the school ---


@require_POST
def subtask_add(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk, "task.answer")
    form = SubTaskForm(request.POST, organization=task.organization)
    if not form.is_valid():
        messages.error(request, first_sentence(form) + kept(request, "text", "who"))
        return redirect(f"{_url(task.pk)}#parts")
    data = form.cleaned_data
    _try(
        request,
        lambda: subtasks.add_subtask(
            by=person(request),
            assignment=task,
            text=data["text"],
            person=data["staff"],
            name=data["who"],
            due=data["due"],
        ),
        "Часть поручения записана. Её видит только ваша школа.",
        "text",
        "who",
    )
    return redirect(f"{_url(task.pk)}#parts")


@require_POST
def subtask_mark(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SubTask.objects.visible_to(person(request)).select_related("assignment"), pk=pk)
    done = request.POST.get("verb") != "undo"
    subtasks.mark_subtask(by=person(request), subtask=row, done=done)
    return redirect(f"{_url(row.assignment_id)}#parts")


@require_POST
def subtask_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SubTask.objects.visible_to(person(request)).select_related("assignment"), pk=pk)
    subtasks.remove_subtask(by=person(request), subtask=row)
    return redirect(f"{_url(row.assignment_id)}#parts")


def _url(pk: int) -> str:
    return reverse("decisions:task_detail", args=[pk])


# --- a reorganised school ---


@require_GET
def organization_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """A section of an organisation's page: what it owes; of a closed one, the step that gives it to the successor."""
    user = person(request)
    row = get_object_or_404(Organization.objects.visible_to(user).select_related("successor", "authority"), pk=pk)
    if not (user.can("task.view", at=row) or user.can("task.view_care", at=row)):
        raise PermissionDenied
    today = clock.today(row.zone)
    own = Assignment.objects.visible_to(user).filter(organization=row)
    open_now = own.filter(state__in=OPEN_STATES)
    context = {
        "organization": row,
        "open": open_now.count(),
        "late": own.overdue_on(today).count(),
        "check": own.filter(state="on_check").count(),
        "closed": row.closed is not None and row.closed <= today,
        "may_hand_over": user.can("task.check", at=row),
    }
    return render(request, "decisions/parts/organization_tasks.html", context)


@require_POST
def tasks_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Open tasks of a closed organisation go to its successor."""
    user = person(request)
    row = get_object_or_404(Organization.objects.visible_to(user).select_related("successor", "authority"), pk=pk)
    if not user.can("task.check", at=row):
        raise PermissionDenied
    try:
        found = handing.hand_over(by=user, organization=row, order=request.POST.get("order", ""))
    except Refused as why:
        messages.error(request, str(why) + kept(request, "order"))
    else:
        messages.success(request, found.sentence(f"Передано правопреемнику ({row.successor})"))
        if found.refused:
            messages.warning(request, found.refusals(place_of))
    return redirect("schools:organization_detail", pk=pk)
