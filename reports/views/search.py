"""One search line for documents, clauses, schools and tasks; each app says what it finds through its slot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config import slots
from schools.models import User


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    words = request.GET.get("q", "").strip()[:200]
    found = []
    if len(words) >= 2 or words.isdigit():
        found = [(source.label, source.find(user, words)) for source in slots.search_sources]
        found = [(label, rows) for label, rows in found if rows]
    return render(request, "reports/search.html", {"words": words, "found": found})
