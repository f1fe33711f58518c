"""«Постоянные поручения: общий ответ»: a school answers all its standing duties at once, whatever document they are of."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config import clock
from config.numbers import is_number, numbers_of
from config.ui.words import counted
from config.uploads import PHOTOS, BadUpload, kind_of
from decisions.actions.intake import store_source
from decisions.actions.standing import answer_standing
from decisions.errors import Refused
from decisions.excerpts import with_words
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.photos import BadPhoto, photos_to_pdf
from decisions.views.gate import person
from decisions.views.tasks import own_tasks
from schools.models import Organization, StoredFile, User

MOST = 100


@require_http_methods(["GET", "POST"])
def standing_answer(request: HttpRequest) -> HttpResponse:
    """The list of open standing duties with one text and one set of files; what was typed stays when something is wrong."""
    user = person(request)
    if not user.may("school.tasks"):
        raise PermissionDenied
    rows = (
        own_tasks(user)
        .filter(ongoing=True, reports=True, recommended=False, state__in=OPEN_STATES)
        .select_related("clause", "document", "organization", "checker__person")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "document_id", "clause__position")
    )
    asked = request.POST.get("organization") or request.GET.get("organization", "")
    if is_number(asked):
        rows = rows.filter(organization=int(asked))
    tasks = with_words(rows[:MOST], office=user.reach("document.view").authorities)
    if not tasks:
        messages.info(request, "Открытых постоянных поручений у вас нет.")
        return redirect("decisions:task_list")
    organization = tasks[0].organization
    tasks = [task for task in tasks if task.organization_id == organization.pk]
    chosen = numbers_of(request.POST.getlist("task"))
    error = ""
    if request.method == "POST":
        picked = [task for task in tasks if task.pk in chosen]
        try:
            if len(picked) < len(chosen):
                raise Refused("Часть отмеченных пунктов уже закрыта: проверьте отметки и отправьте снова.")
            files = [_stored(user, organization, one.name, one.read()) for one in request.FILES.getlist("files")]
            text = request.POST.get("text", "")
            sent = answer_standing(by=user, organization=organization, text=text, tasks=picked, files=files)
        except (Refused, BadUpload, BadPhoto) as why:
            error = str(why)
        else:
            words = counted(len(picked), "пункт", "пункта", "пунктов")
            papers = counted(sent, "документу", "документам", "документам")
            messages.success(request, f"Общий ответ отправлен: {words} по {papers}.")
            return redirect("decisions:task_list")
    context = {
        "tasks": tasks,
        "organization": organization,
        "chosen": chosen if request.method == "POST" else {task.pk for task in tasks},
        "text": request.POST.get("text", ""),
        "error": error,
        "today": clock.today(organization.zone),
    }
    return render(request, "decisions/standing_answer.html", context, status=422 if error else 200)


def _stored(user: User, organization: Organization, name: str, content: bytes) -> StoredFile:
    extension, media = kind_of(content, name, limit=settings.MAX_UPLOAD_BYTES)
    if extension in PHOTOS:
        content, media = photos_to_pdf([(name, content)]), "application/pdf"
        name = name.rpartition(".")[0] + ".pdf"
    authority = organization.authority or organization
    return store_source(by=user, authority=authority, name=name, content=content, content_type=media)
