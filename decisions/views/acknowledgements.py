"""Acknowledgement: the button of those who read, the sheet of the office with a reminder."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from config.ui.words import counted
from decisions.acknowledging import own_of, readers_of
from decisions.actions import acknowledging
from decisions.errors import Refused
from decisions.models import Document
from decisions.views.gate import document_for, person


@require_POST
def document_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    rows = Document.objects.visible_to(user).select_related("authority")
    document = get_object_or_404(rows, pk=pk, part_of__isnull=True)
    if not own_of(readers_of(document), user):
        raise PermissionDenied
    try:
        marks = acknowledging.acknowledge(by=user, document=document)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, "Отмечено: вы ознакомлены с документом." if marks else "Вы уже отметили ознакомление."
        )
    return redirect("decisions:document_detail", pk=pk)


@require_GET
def acknowledgement_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read which version and when; who has not."""
    document = document_for(request, pk)
    readers = readers_of(document)
    context = {
        "document": document,
        "readers": readers,
        "waiting": sum(not one.done for one in readers),
        "may_remind": person(request).can("task.remind", at=document.authority),
    }
    return render(request, "decisions/acknowledgement_list.html", context)


@require_POST
def acknowledgement_remind(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_for(request, pk, "task.remind")
    told, unreached = acknowledging.remind(by=person(request), document=document)
    if told:
        messages.success(request, f"Напоминание получат {counted(told, 'человек', 'человека', 'человек')}.")
    elif not unreached:
        messages.info(request, "Напоминать некому: все ознакомились.")
    if unreached:
        whose = counted(unreached, "организации", "организаций", "организаций")
        messages.warning(
            request,
            f"У {whose} нет пользователей программы: пригласите руководителей или дайте им лист на подпись.",
        )
    return redirect("decisions:acknowledgement_list", pk=pk)
