"""A draft's heading, people and agenda on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from config.numbers import is_number
from decisions.actions.heading import save_heading
from decisions.enums import DocumentState, ParticipantRole
from decisions.errors import Refused
from decisions.forms import HeaderForm
from decisions.models import Document
from decisions.views.gate import document_for, person, top_of
from decisions.views.review import posted_number


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
            save_heading(
                by=person(request),
                document=fresh,
                header_version=posted_number(request, "version"),
                changes=changes,
                people=_people(request),
                agenda=_agenda(request),
            )
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
