"""The components of pages shown together, for developers (DEBUG only)."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config import clock
from schools.forms import PositionForm
from schools.models import Organization


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    form = PositionForm({"position-title": "", "acting": "on"}, organizations=Organization.objects.none())
    form.is_valid()
    context = {
        "form": form,
        "page": Paginator(range(400), 20).page(7),
        "soon": clock.today() + dt.timedelta(days=3),
        "past": clock.today() - dt.timedelta(days=5),
    }
    return render(request, "components/gallery.html", context)
