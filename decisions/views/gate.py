"""Doors to documents: whose row it is and what the person may do with it. A foreign row is 404, a missing right 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from config.numbers import numbers_of
from decisions.models import Clause, Document, Question
from schools.models import Organization, User


def person(request: HttpRequest) -> User:
    """The logged-in user (the middleware lets nobody else in)."""
    user = request.user
    assert isinstance(user, User)
    return user


def office_authority(request: HttpRequest, permission: str) -> Organization:
    """The office of the active membership (an authority or a ministry), where the person has the permission."""
    user = person(request)
    authority = user.office
    if authority is not None and user.can(permission, at=authority):
        return authority
    reach = user.reach(permission).authorities
    if not reach:
        raise PermissionDenied
    return Organization.objects.get(pk=min(reach))


def document_for(request: HttpRequest, pk: int, permission: str = "document.view") -> Document:
    """A document the person sees and may do this with."""
    rows: Any = Document.objects.visible_to(person(request)).select_related(
        "authority", "created_by__person", "part_of", "source_file", "signed_scan"
    )
    document: Document = get_object_or_404(rows, pk=pk)
    if not person(request).can(permission, at=document.authority):
        raise PermissionDenied
    return document


def clause_for(request: HttpRequest, pk: int, permission: str = "document.edit") -> Clause:
    clause = get_object_or_404(
        Clause.objects.visible_to(person(request)).select_related(
            "document", "document__authority", "document__part_of"
        ),
        pk=pk,
    )
    if not person(request).can(permission, at=clause.document.authority):
        raise PermissionDenied
    return clause


def question_for(request: HttpRequest, pk: int) -> Question:
    question = get_object_or_404(
        Question.objects.filter(document__in=Document.objects.visible_to(person(request))).select_related(
            "document", "document__authority", "document__part_of"
        ),
        pk=pk,
    )
    if not person(request).can("document.edit", at=question.document.authority):
        raise PermissionDenied
    return question


def top_of(document: Document) -> Document:
    """The document of the file this is a part of, or itself."""
    return document.part_of or document


def chosen_clauses(request: HttpRequest, document: Document, values: list[str]) -> list[Clause]:
    """Clauses of one document named by a form; anything else is 404."""
    wanted = numbers_of(values)
    rows = list(
        Clause.objects.visible_to(person(request))
        .filter(pk__in=wanted, document__in=[document.pk, *document.parts.values_list("pk", flat=True)])
        .select_related("document", "document__authority", "document__part_of")
        .order_by("position")
    )
    if not rows or len(rows) != len(wanted):
        raise Http404
    return rows
