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
        for source in slots.search_sources:
            rows = [one if isinstance(one, slots.Hit) else slots.Hit(*one) for one in source.find(user, words)]
            if rows:
                found.append((source.label, rows))
    return render(request, "reports/search.html", {"words": words, "found": found})
