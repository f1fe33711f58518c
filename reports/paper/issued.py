"""Issued papers of documents: what they say is kept as values, the bytes are made of those values and never of the rows."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.conf import settings

from config.pdf import render_pdf
from config.qr import qr_png, qr_svg
from decisions.models import Document
from reports.paper import build
from reports.paper.html import paper_html
from reports.paper.model import Check, Paper, paper_from
from schools.actions import papers
from schools.models import IssuedPaper, OfficeSettings, Organization


def content_of(document: Document) -> dict[str, Any]:
    """What the paper of a document says now, as JSON values."""
    return asdict(build.paper_of(document))


def check_address(paper: IssuedPaper) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/c/{paper.code}"


def check_of(paper: IssuedPaper) -> Check | None:
    """The check code of a version, unless the office leaves codes out."""
    office = OfficeSettings.objects.filter(authority=paper.authority).first()
    if office is not None and not office.check_code:
        return None
    address = check_address(paper)
    shown = address.partition("://")[2].rpartition("/")[0]
    return Check(f"{shown}/{paper.shown_code}", qr_svg(address), qr_png(address))


def excerpt_as_issued(document: Document, organization: Organization, *, verified_by: tuple[str, str]) -> Paper:
    """An excerpt with the check code of the document it is made from: whether that is still in force is what a school asks."""
    issued = papers.current(document)
    excerpt = build.excerpt_of(document, organization, verified_by=verified_by)
    return replace(excerpt, check=check_of(issued) if issued is not None else None)


def paper_as_issued(paper: IssuedPaper) -> Paper:
    """The paper of one version with its check code."""
    return paper_from(paper.content, check_of(paper))


def render(paper: IssuedPaper) -> bytes:
    return render_pdf(paper_html(paper_as_issued(paper)))
