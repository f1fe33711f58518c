"""Files of an answer that arrive in pieces: a school's telephone loses the network and goes on where it stopped."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config import partial
from config.ui.words import counted
from config.uploads import PHOTOS, BadUpload, kind_of
from decisions.actions import answers
from decisions.errors import Refused
from decisions.models import ExecutionReport, ReportFile
from decisions.photos import BadPhoto, photos_to_pdf
from decisions.views.answers import attach, own_open_tasks, take_file
from decisions.views.gate import person


def _wrong(why: object, status: int = 422) -> JsonResponse:
    return JsonResponse({"error": str(why)}, status=status)


@require_POST
def upload_create(request: HttpRequest, pk: int) -> JsonResponse:
    """`{"size": bytes}` → `{"url": …}` to which pieces go."""
    if request.content_type != "application/json":
        own_open_tasks(request, pk)
        return _wrong("Не удалось начать загрузку. Обновите страницу.", 415)
    body = request.body  # before anything asks for the form's fields: the stream is read once
    own_open_tasks(request, pk)
    try:
        said: Any = json.loads(body)
        size = int(said["size"])
    except (ValueError, KeyError, TypeError):
        return _wrong("Не удалось начать загрузку. Обновите страницу.")
    try:
        key = partial.begin(owner=person(request).pk, size=size)
    except BadUpload as why:
        return _wrong(why)
    return JsonResponse({"url": reverse("decisions:upload_piece", args=[pk, key])}, status=201)


@require_http_methods(["GET", "POST"])
def upload_piece(request: HttpRequest, pk: int, key: str) -> JsonResponse:
    """GET tells how much has arrived; POST adds the piece that begins at `Upload-Offset`, `Upload-Complete: 1` ends it."""
    if request.method == "POST" and request.content_type != "application/octet-stream":
        own_open_tasks(request, pk)
        return _wrong("Не удалось принять часть файла. Обновите страницу.", 415)
    body = request.body
    document, organization, _ = own_open_tasks(request, pk)
    user = person(request)
    try:
        if request.method == "GET":
            return JsonResponse({"offset": partial.offset_of(owner=user.pk, key=key)})
        offset = int(request.headers.get("Upload-Offset", "-1"))
        have = partial.add(owner=user.pk, key=key, offset=offset, piece=body[: 2 * partial.PIECE_BYTES])
        if request.headers.get("Upload-Complete") != "1":
            return JsonResponse({"offset": have})
        said: Any = json.loads(request.headers.get("Upload-Name", '""'))
        report = answers.draft_answer(by=user, document=document, organization=organization)
        content = partial.content_of(owner=user.pk, key=key)
        row = take_file(request, report, str(said) or "файл", content)
        partial.drop(owner=user.pk, key=key)
    except partial.Lost as why:
        return _wrong(why, 404)
    except (BadUpload, BadPhoto, Refused, ValueError) as why:
        if isinstance(why, ValueError) and not isinstance(why, (BadUpload, BadPhoto)):
            return _wrong("Не удалось принять файл. Выберите его ещё раз.")
        return _wrong(why)
    return JsonResponse({"offset": have, "file": _shown(row, pk)})


def _shown(row: ReportFile, document: int) -> dict[str, str]:
    """A file of the answer as the page lists it."""
    return {
        "name": row.file.name,
        "url": reverse("decisions:report_file", args=[row.pk]),
        "remove": reverse("decisions:file_remove", args=[document, row.pk]),
    }


@require_POST
def photos_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Several photographs of one paper become one PDF of the draft answer.

    They came in pieces (`upload`, the addresses given for them, and `name`), or with this form where there is no script.
    """
    document, organization, _ = own_open_tasks(request, pk)
    user = person(request)
    keys = [address.rstrip("/").rpartition("/")[2] for address in request.POST.getlist("upload")]
    report = answers.draft_answer(by=user, document=document, organization=organization)
    try:
        if keys:
            names = request.POST.getlist("name")
            photos = [
                (name, partial.content_of(owner=user.pk, key=key)) for key, name in zip(keys, names, strict=False)
            ]
        else:
            photos = [(one.name or "", one.read()) for one in request.FILES.getlist("photos")]
        row = _one_pdf(request, report, photos)
    except (Refused, BadUpload, BadPhoto) as why:
        if keys:
            return _wrong(why)
        messages.error(request, str(why))
        return redirect("decisions:answer_create", pk=pk)
    for key in keys:
        partial.drop(owner=user.pk, key=key)
    if keys:
        return JsonResponse({"file": _shown(row, pk)}, status=201)
    messages.success(request, "Фотографии собраны в один PDF и приложены.")
    return redirect("decisions:answer_create", pk=pk)


def _one_pdf(request: HttpRequest, report: ExecutionReport, photos: list[tuple[str, bytes]]) -> ReportFile:
    if not photos:
        raise BadUpload("Выберите фотографии.")
    for name, content in photos:
        if kind_of(content, name, limit=settings.MAX_UPLOAD_BYTES)[0] not in PHOTOS:
            raise BadUpload(f"«{name}» — не фотография. Приложите его полем «Файлы».")
    title = f"Фотографии, {counted(len(photos), 'лист', 'листа', 'листов')}.pdf"
    return attach(request, report, title, photos_to_pdf(photos), "application/pdf")
