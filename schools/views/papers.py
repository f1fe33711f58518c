"""Issued papers: their bytes for the office, and the page by which anybody with the paper in hand may ask if it is in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from schools.actions.papers import NotRendered, bytes_of
from schools.models import IssuedPaper
from schools.models.papers import plain_code
from schools.throttle import too_many
from schools.views.gate import person

A_MINUTE = 60


@require_GET
def paper_find(request: HttpRequest) -> HttpResponse:
    """A code typed by hand."""
    typed = request.GET.get("code", "")[:40]
    if plain_code(typed):
        return redirect("schools:paper_check", code=plain_code(typed))
    return _page(request, None, typed=typed, status=404 if typed else 200)


@require_GET
def paper_check(request: HttpRequest, code: str) -> HttpResponse:
    """Number, date, authority, kind, in force or not; nothing of what it says or to whom. The same page for an unknown code."""
    if too_many(request, "paper_check", a_minute=A_MINUTE):
        answer = _page(request, None, typed="", status=429)
        answer["Retry-After"] = "60"
        return answer
    known = plain_code(code)
    paper = IssuedPaper.objects.filter(code=known).select_related("authority").first() if known else None
    return _page(request, paper, typed=code[:40], status=200 if paper else 404)


def _page(request: HttpRequest, paper: IssuedPaper | None, *, typed: str, status: int) -> HttpResponse:
    context = {"paper": paper, "typed": typed, "busy": status == 429}
    answer = render(request, "schools/paper_check.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes of one version, replaced ones too."""
    papers = IssuedPaper.objects.visible_to(person(request)).select_related("file", "authority")
    return pdf_answer(request, get_object_or_404(papers, pk=pk))


def pdf_answer(request: HttpRequest, paper: IssuedPaper) -> HttpResponse:
    """An issued paper as a browser shows it, or a page that says why it cannot."""
    try:
        content = bytes_of(paper)
    except NotRendered as why:
        return render(request, "schools/paper_failed.html", {"why": str(why)}, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{paper}.pdf".replace("/", "-")) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
