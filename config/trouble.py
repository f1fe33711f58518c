"""What a person sees when the program itself cannot work: a page that needs neither the database nor the session."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template


def trouble(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database does not answer: then waiting helps, and the page says so."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    answer = HttpResponse(get_template("503.html" if away else "500.html").render(), status=503 if away else 500)
    if away:
        answer["Retry-After"] = "30"
    answer["Cache-Control"] = "no-store"
    return answer
