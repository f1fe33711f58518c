"""Answers: the form of a school, the queue of the office, files. One read or one action a view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.validators import URLValidator
from django.db.models import Q
from django.forms import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.ui.words import counted
from config.uploads import PHOTOS, BadUpload, kind_of
from decisions.actions import answers, chains
from decisions.actions.bulk import Outcome, one_by_one
from decisions.actions.intake import store_source
from decisions.actions.moves import place_of
from decisions.enums import TaskState, Verdict
from decisions.errors import Conflict, Refused
from decisions.excerpts import with_words
from decisions.forms import DayField
from decisions.models import Assignment, Document, ExecutionReport, ReportFile, ReportItem
from decisions.models.tasks import OPEN_STATES
from decisions.photos import BadPhoto, photos_to_pdf
from decisions.views.documents import stored_file
from decisions.views.gate import person
from decisions.views.tasks import own_tasks
from schools.models import Organization

QUEUE_PAGE = 40


def own_open_tasks(request: HttpRequest, pk: int) -> tuple[Document, Organization, list[Assignment]]:
    """The document, the person's organisation in it, and its open tasks; 404 when the document gave it none."""
    user = person(request)
    document = get_object_or_404(Document.objects.visible_to(user).select_related("authority"), pk=pk)
    if not user.may("task.answer"):
        raise PermissionDenied
    rows = list(
        own_tasks(user)
        .filter(document=document)
        .select_related("clause__collection_form", "document", "organization", "checker__person")
        .defer("document__source_text", "document__reading")
        .order_by("clause__position")
    )
    asked = request.GET.get("organization") or request.POST.get("organization")
    if asked and asked.isdigit():
        rows = [r for r in rows if r.organization_id == int(asked)]
    if not rows:
        raise Http404
    organization = rows[0].organization
    office = user.reach("document.view").authorities
    rows = with_words(rows, office=office)
    return document, organization, [r for r in rows if r.organization_id == organization.pk and r.state in OPEN_STATES]


@require_http_methods(["GET", "POST"])
def answer_create(request: HttpRequest, pk: int) -> HttpResponse:
    """One form answers many clauses of a document with shared files; what is typed is kept as a draft."""
    document, organization, tasks = own_open_tasks(request, pk)
    if not tasks and request.method == "POST" and request.POST.get("text", "").strip():
        return _answered_meanwhile(request, document, organization)
    if not tasks:
        messages.info(request, "По этому документу открытых поручений у вас нет.")
        return redirect("decisions:task_list")
    asked = request.GET.get("task", "")
    by_form = [t for t in tasks if has_form(t)]
    if request.method == "GET" and by_form and (len(tasks) == 1 or asked in {str(t.pk) for t in by_form}):
        return redirect("decisions:form_answer", pk=asked if len(tasks) > 1 else tasks[0].pk)
    report = answers.draft_answer(by=person(request), document=document, organization=organization)
    chosen = {int(v) for v in request.POST.getlist("task") if v.isdigit()}
    if request.method == "GET":
        chosen = {int(v) for v in request.GET.getlist("task") if v.isdigit()} | set(
            report.items.values_list("assignment_id", flat=True)
        )
    error = ""
    offered = report.text or _offered(tasks, organization)
    text, link = request.POST.get("text", offered), request.POST.get("link", report.link).strip()
    if request.method == "POST":
        picked = [t for t in tasks if t.pk in chosen]
        try:
            _check_link(link)
            for upload in request.FILES.getlist("files"):
                take_file(request, report, upload.name, upload.read())
            if len(picked) < len(chosen):
                raise Conflict(
                    "Часть отмеченных пунктов уже закрыта или на неё уже ответили. Ваш текст остался в поле: "
                    "проверьте отметки и отправьте снова."
                )
            answers.save_draft(
                by=person(request), report=report, text=text, link=link, assignments=picked, version=_version(request)
            )
            if request.POST.get("verb") == "send":
                answers.send_answer(by=person(request), report=report, assignments=picked)
        except (Refused, BadUpload, BadPhoto) as why:
            error = str(why)
        else:
            if request.POST.get("verb") == "send":
                shown = counted(len(picked), "пункт", "пункта", "пунктов")
                messages.success(request, f"Ответ отправлен: {shown}. Его проверит {_checker_of(picked)}.")
                return redirect("decisions:task_list")
            messages.success(request, "Сохранено. Ответ ещё не отправлен.")
            return redirect("decisions:answer_create", pk=pk)
    if error:  # what another person of the school has saved meanwhile stands beside what was typed here
        report.refresh_from_db()
    context = {
        "document": document,
        "organization": organization,
        "tasks": tasks,
        "chosen": chosen or ({tasks[0].pk} if len(tasks) == 1 else set()),
        "by_form": {t.pk for t in by_form},
        "report": report,
        "files": list(report.files.select_related("file")),
        "text": text,
        "link": link,
        "others": report.text if error and request.method == "POST" and report.text not in ("", text) else "",
        "error": error,
        "today": clock.today(organization.zone),
    }
    return render(request, "decisions/answer_create.html", context, status=422 if error else 200)


def has_form(task: Assignment) -> bool:
    """Whether the answer to the task is a form (`clause__collection_form` must be loaded)."""
    form = getattr(task.clause, "collection_form", None)
    return form is not None and form.current_id is not None


def _offered(tasks: Sequence[Assignment], organization: Organization) -> str:
    """An authority's answer to a higher body begins with the figures of its schools."""
    if organization.kind != "authority" or not tasks:
        return ""
    rolled = chains.rolled_up([task.pk for task in tasks], clock.today(organization.zone))
    return chains.summary_for_answer(rolled[tasks[0].pk])


def _version(request: HttpRequest) -> int | None:
    """The version of the draft the person saw; nothing when the form does not say."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def _answered_meanwhile(request: HttpRequest, document: Document, organization: Organization) -> HttpResponse:
    """Somebody else of the school has answered while this person typed: who, when, and the words typed here."""
    last = (
        ExecutionReport.objects.visible_to(person(request))
        .filter(document=document, organization=organization, state="sent")
        .select_related("sent_by__person")
        .order_by("-sent_at")
        .first()
    )
    context = {
        "document": document,
        "organization": organization,
        "last": last,
        "text": request.POST.get("text", ""),
    }
    return render(request, "decisions/answer_taken.html", context, status=409)


def _checker_of(tasks: Sequence[Assignment]) -> str:
    checker = next((t.checker for t in tasks if t.checker), None)
    return str(checker) if checker else "методист управления образования"


def _check_link(link: str) -> None:
    if not link:
        return
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        raise Refused("Ссылка не похожа на адрес страницы. Скопируйте её из строки браузера: https://…") from None


def take_file(request: HttpRequest, report: ExecutionReport, name: str, content: bytes) -> ReportFile:
    """Adds a file to a draft answer; a photograph becomes a PDF. Raises `BadUpload`, `BadPhoto`, `Refused`."""
    extension, media = kind_of(content, name, limit=settings.MAX_UPLOAD_BYTES)
    if extension in PHOTOS:
        content = photos_to_pdf([(name, content)])
        extension, media = "pdf", "application/pdf"
        name = name.rpartition(".")[0] + ".pdf"
    return _attach(request, report, name, content, media)


def _attach(request: HttpRequest, report: ExecutionReport, name: str, content: bytes, media: str) -> ReportFile:
    stored = store_source(
        by=person(request), authority=report.document.authority, name=name, content=content, content_type=media
    )
    return answers.attach(by=person(request), report=report, file=stored)


@require_POST
def photos_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Several photographs of one paper become one PDF of the draft answer."""
    document, organization, _ = own_open_tasks(request, pk)
    report = answers.draft_answer(by=person(request), document=document, organization=organization)
    try:
        photos = []
        for upload in request.FILES.getlist("photos"):
            content = upload.read()
            extension, _media = kind_of(content, upload.name, limit=settings.MAX_UPLOAD_BYTES)
            if extension not in PHOTOS:
                raise BadUpload(f"«{upload.name}» — не фотография. Приложите его полем «Файлы».")
            photos.append((upload.name, content))
        if not photos:
            raise BadUpload("Выберите фотографии.")
        _attach(
            request,
            report,
            f"Фотографии, {counted(len(photos), 'лист', 'листа', 'листов')}.pdf",
            photos_to_pdf(photos),
            "application/pdf",
        )
    except (Refused, BadUpload, BadPhoto) as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Фотографии собраны в один PDF и приложены.")
    return redirect("decisions:answer_create", pk=pk)


@require_POST
def file_remove(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    document, organization, _ = own_open_tasks(request, pk)
    report = answers.draft_answer(by=person(request), document=document, organization=organization)
    answers.detach(by=person(request), report=report, file_id=file_pk)
    return redirect("decisions:answer_create", pk=pk)


def task_for(request: HttpRequest, pk: int, permission: str) -> Assignment:
    """A task the person sees and may do this with: as its school or as its office."""
    task = get_object_or_404(
        Assignment.objects.visible_to(person(request)).select_related("organization", "authority", "document"), pk=pk
    )
    place = task.organization if permission == "task.answer" else task.authority
    if not person(request).can(permission, at=place):
        raise PermissionDenied
    return task


def kept(request: HttpRequest, *names: str) -> str:
    """What was typed into a form that is not shown again, so that no word of it is lost with the refusal."""
    words = " ".join(request.POST.get(name, "").strip() for name in names).strip()
    return f" Введённое вами: «{words[:1500]}»" if words else ""


def _do(request: HttpRequest, action: Callable[[], object], done: str, back: str) -> HttpResponse:
    try:
        action()
    except Refused as why:
        messages.error(request, str(why) + kept(request, "reason", "remark", "note"))
    else:
        messages.success(request, done)
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return HttpResponseRedirect(asked)
    return redirect(back)


@require_POST
def task_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """«Не относится к школе»."""
    task = task_for(request, pk, "task.answer")
    reason = request.POST.get("reason", "")
    return _do(
        request,
        lambda: answers.decline(by=person(request), assignment=task, reason=reason),
        "Отправлено на согласование.",
        "decisions:task_list",
    )


@require_POST
def answer_recall(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(
        ExecutionReport.objects.visible_to(person(request)).select_related("organization"), pk=pk
    )
    if not person(request).can("task.answer", at=report.organization):
        raise PermissionDenied
    return _do(
        request,
        lambda: answers.recall(by=person(request), report=report),
        "Ответ отозван: его можно исправить и отправить снова.",
        "decisions:task_list",
    )


# --- the office ---


@require_GET
def answer_list(request: HttpRequest) -> HttpResponse:
    """The queue: answers that wait to be checked, the oldest first; and what schools say is not theirs."""
    user = person(request)
    if not user.may("task.check"):
        raise PermissionDenied
    reach = user.reach("task.check").authorities
    rows = (
        ReportItem.objects.filter(verdict=Verdict.WAITING, report__state="sent", assignment__authority_id__in=reach)
        .filter(assignment__state=TaskState.ON_CHECK)
        .select_related(
            "report__sent_by__person",
            "report__organization",
            "report__document",
            "assignment__clause__collection_form",
            "assignment__document",
            "assignment__organization",
        )
        .defer(
            "assignment__document__source_text",
            "assignment__document__reading",
            "report__document__source_text",
            "report__document__reading",
        )
        .prefetch_related("report__files__file")
        .order_by("report__sent_at", "assignment__clause__position")
    )
    document = request.GET.get("document", "")
    if document.isdigit():
        rows = rows.filter(assignment__document_id=int(document))
    if request.GET.get("mine") == "1":
        rows = rows.filter(assignment__checker=user)
    declined = (
        Assignment.objects.filter(authority_id__in=reach, state=TaskState.ON_CHECK)
        .exclude(not_ours_reason="")
        .select_related("clause", "document", "organization")
        .defer("document__source_text", "document__reading")
    )
    page = Paginator(rows, QUEUE_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": _by_report(page.object_list),
        "declined": list(declined[:30]),
        "mine": request.GET.get("mine") == "1",
    }
    return render(request, "decisions/answer_list.html", context)


def _by_report(items: Any) -> list[tuple[ExecutionReport, list[ReportItem]]]:
    out: dict[int, tuple[ExecutionReport, list[ReportItem]]] = {}
    for item in items:
        out.setdefault(item.report_id, (item.report, []))[1].append(item)
    return list(out.values())


@require_POST
def answers_judge(request: HttpRequest) -> HttpResponse:
    """Accepts or returns the chosen answers; with `rest=return` the unchosen of the same report go back."""
    user = person(request)
    reach = user.reach("task.check").authorities
    if not reach:
        raise PermissionDenied
    wanted = {int(v) for v in request.POST.getlist("item") if v.isdigit()}
    items = list(
        ReportItem.objects.filter(pk__in=wanted, assignment__authority_id__in=reach).select_related(
            "assignment__organization", "assignment__clause", "assignment__document"
        )
    )
    if len(items) != len(wanted):
        raise Http404
    if not items:
        messages.error(request, "Отметьте ответы.")
        return redirect("decisions:answer_list")
    remark = request.POST.get("remark", "")
    if request.POST.get("verb") == "return":
        found = one_by_one(items, lambda item: answers.return_(by=user, items=[item], remark=remark))
        done = "Возвращено, школа увидит замечание"
    else:
        found = one_by_one(items, lambda item: answers.accept(by=user, items=[item]))
        done = "Принято"
    if found.done:
        messages.success(request, found.sentence(done, forms=("ответ", "ответа", "ответов")))
    if found.refused:
        words = found.refusals(lambda item: f"{item.assignment.organization}, {place_of(item.assignment)}")
        messages.error(request, words + kept(request, "remark"))
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return HttpResponseRedirect(asked)
    return redirect("decisions:answer_list")


@require_POST
def not_ours_judge(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk, "task.check")
    if request.POST.get("verb") == "agree":
        return _do(
            request,
            lambda: answers.agree_not_ours(by=person(request), assignment=task),
            "Согласовано: поручение снято.",
            "decisions:answer_list",
        )
    remark = request.POST.get("remark", "")
    return _do(
        request,
        lambda: answers.refuse_not_ours(by=person(request), assignment=task, remark=remark),
        "Поручение осталось за школой.",
        "decisions:answer_list",
    )


@require_POST
def tasks_on_paper(request: HttpRequest) -> HttpResponse:
    """«Принято на бумаге» with the true date, for the chosen tasks."""
    tasks = _chosen(request, "task.check")
    field = DayField()
    try:
        day: dt.date = field.clean(request.POST.get("day", ""))
    except ValidationError as why:
        messages.error(request, f"Дата ответа: {why.messages[0]}")
        return redirect("decisions:matrix_detail", pk=tasks[0].document_id)
    note = request.POST.get("note", "")
    found = one_by_one(
        tasks, lambda row: answers.accept_on_paper(by=person(request), assignments=[row], day=day, note=note)
    )
    return _bulk_done(request, found, "Отмечено принятым на бумаге", tasks[0])


@require_POST
def tasks_withdraw(request: HttpRequest) -> HttpResponse:
    """Снять с контроля."""
    tasks = _chosen(request, "task.withdraw")
    reason, how = request.POST.get("reason", ""), request.POST.get("how", "")
    found = one_by_one(
        tasks,
        lambda row: answers.withdraw(by=person(request), assignments=[row], reason=reason, not_done=how == "not_done"),
    )
    return _bulk_done(request, found, "Снято с контроля", tasks[0])


def _bulk_done(request: HttpRequest, found: Outcome, done: str, first: Assignment) -> HttpResponse:
    """Tells what was done and what was not, and goes back where the person was."""
    if found.done:
        messages.success(request, found.sentence(done))
    if found.refused:
        words = found.refusals(lambda row: f"{row.organization}, {place_of(row)}")
        messages.error(request, words + kept(request, "reason", "note"))
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return HttpResponseRedirect(asked)
    return redirect("decisions:matrix_detail", pk=first.document_id)


def _chosen(request: HttpRequest, permission: str) -> list[Assignment]:
    """The tasks a form names, all of them of authorities where the permission holds, or controlled by the person."""
    user = person(request)
    reach = user.reach(permission).authorities
    wanted = {int(v) for v in request.POST.getlist("task") if v.isascii() and v.isdigit() and len(v) < 16}
    rows = Assignment.objects.visible_to(user).filter(pk__in=wanted)
    own = Q(controller=user) if permission == "task.withdraw" else Q(pk__in=[])
    if not reach and not rows.filter(own).exists():
        raise PermissionDenied
    tasks = list(
        rows.filter(Q(authority_id__in=reach) | own)
        .select_related("clause", "document", "organization")
        .defer("document__source_text", "document__reading")
    )
    if not tasks or len(tasks) != len(wanted):
        raise Http404
    return tasks


# --- files ---


@require_GET
def report_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of an answer, through the answer's own permission."""
    reports = ExecutionReport.objects.visible_to(person(request))
    row = get_object_or_404(ReportFile.objects.filter(report__in=reports).select_related("file"), pk=pk)
    return stored_file(row.file)
