"""Answers of a school: the form, its files, what is taken back. One read or one action a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.forms import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from config import clock
from config.numbers import is_number, numbers_of
from config.ui.words import counted
from config.uploads import PHOTOS, BadUpload, kind_of
from decisions.actions import answers, chains
from decisions.actions.intake import store_source
from decisions.errors import Conflict, Refused
from decisions.excerpts import with_words
from decisions.models import Assignment, Document, ExecutionReport, ReportFile
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.photos import BadPhoto, photos_to_pdf
from decisions.views.gate import person
from decisions.views.tasks import own_tasks
from schools.models import Organization


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
        .defer(*whole_papers("document"))
        .order_by("clause__position")
    )
    asked = request.GET.get("organization") or request.POST.get("organization")
    if asked and is_number(asked):
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
    chosen = numbers_of(request.POST.getlist("task"))
    if request.method == "GET":
        chosen = numbers_of(request.GET.getlist("task")) | set(report.items.values_list("assignment_id", flat=True))
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
                messages.success(request, f"Ответ отправлен: {shown}. Его проверит {_checker_of(picked).rstrip('.')}.")
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
    return int(value) if is_number(value) else None


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
    return attach(request, report, name, content, media)


def attach(request: HttpRequest, report: ExecutionReport, name: str, content: bytes, media: str) -> ReportFile:
    stored = store_source(
        by=person(request), authority=report.document.authority, name=name, content=content, content_type=media
    )
    return answers.attach(by=person(request), report=report, file=stored)


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


def act(request: HttpRequest, action: Callable[[], object], done: str, back: str) -> HttpResponse:
    """Does it and says so, or says why not; back to the page it was asked from."""
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
    return act(
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
    return act(
        request,
        lambda: answers.recall(by=person(request), report=report),
        "Ответ отозван: его можно исправить и отправить снова.",
        "decisions:task_list",
    )
