"""Execution discipline for a period: the page, the same as a table and as a paper."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from config import clock, sheets
from config.pdf import render_pdf
from decisions.discipline import Period, usual_periods
from reports import discipline as tables
from reports.paper.words import long_date
from reports.views.board import offices_of
from reports.views.paper import file_answer
from schools.models import Organization, User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST = dt.timedelta(days=366 * 5)


class PeriodForm(forms.Form):
    start = forms.DateField(label="С", widget=DAY)
    end = forms.DateField(label="По", widget=DAY)

    def clean(self) -> dict[str, dt.date]:
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", "Период кончается раньше, чем начинается: поменяйте даты местами.")
        elif start and end and end - start > LONGEST:
            self.add_error("end", "Период длиннее пяти лет: выберите короче.")
        return values


def _found(request: HttpRequest, offices: list[Organization]) -> tuple[tables.Discipline, PeriodForm]:
    """What is asked, or the quarter that runs; a wrong period is told beside its field and the running quarter shown."""
    user = request.user
    assert isinstance(user, User)
    today = clock.today(user.time_zone)
    usual = dict(usual_periods(today))["этот квартал"]
    given = {name: request.GET[name] for name in ("start", "end") if name in request.GET}
    form = PeriodForm(given or {"start": usual.start.isoformat(), "end": usual.end.isoformat()})
    period = Period(form.cleaned_data["start"], form.cleaned_data["end"]) if form.is_valid() else usual
    return tables.discipline_of(offices, period, today), form


@require_GET
def discipline(request: HttpRequest) -> HttpResponse:
    known, offices = offices_of(request)
    found, form = _found(request, offices)
    authority = {"authority": request.GET["authority"]} if request.GET.get("authority") else {}
    query = urlencode(authority | {"start": found.period.start.isoformat(), "end": found.period.end.isoformat()})
    context = {
        "found": found,
        "form": form,
        "usual": [
            (words, f"?{urlencode(authority | {'start': one.start, 'end': one.end})}", one == found.period)
            for words, one in usual_periods(found.today)
        ],
        "offices": known if len(known) > 1 else [],
        "office": offices[0] if len(offices) == 1 else None,
        "heads": tables.HEADS,
        "formula": tables.FORMULA,
        "rules": tables.RULES,
        "query": query,
        "control": reverse("decisions:control_list"),
        "today": found.today,
    }
    return render(request, "reports/discipline.html", context)


@require_GET
def discipline_xlsx(request: HttpRequest) -> HttpResponse:
    found, _ = _found(request, offices_of(request)[1])
    return file_answer(tables.workbook_of(found), sheets.MEDIA, f"{_name(found)}.xlsx")


@require_GET
def discipline_pdf(request: HttpRequest) -> HttpResponse:
    _, offices = offices_of(request)
    found, _ = _found(request, offices)
    context = {
        "found": found,
        "heads": tables.HEADS,
        "apart": list(zip(tables.APART, found.whole_line.apart, strict=True)),
        "formula": tables.FORMULA,
        "rules": tables.RULES,
        "issuer": (offices[0].full_name or offices[0].name) if len(offices) == 1 else "",
        "made": long_date(found.today),
    }
    content = render_pdf(render_to_string("pdf/discipline.html", context))
    return file_answer(content, "application/pdf", f"{_name(found)}.pdf", inline=True)


def _name(found: tables.Discipline) -> str:
    return f"Исполнительская дисциплина {found.period.start:%d.%m.%Y}-{found.period.end:%d.%m.%Y}"
