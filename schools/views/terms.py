"""The school year of an office: quarters and holidays, entered or proposed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from config import clock
from config.numbers import is_number
from schools.actions.settings import save_terms
from schools.forms_terms import TermsForm
from schools.models import SchoolTerm
from schools.school_year import school_year_of
from schools.views.gate import authority_for, person


@require_http_methods(["GET", "POST"])
def school_term_list(request: HttpRequest) -> HttpResponse:
    """One school year in one form; days nobody entered stand as proposals until the form is saved."""
    authority = authority_for(request, "settings.manage")
    now = school_year_of(clock.today(authority.time_zone))
    asked = request.GET.get("year", "")
    year = int(asked) if is_number(asked) and now - 5 <= int(asked) <= now + 3 else now
    kept = {row.kind: row for row in SchoolTerm.objects.filter(authority=authority, year=year)}
    form = TermsForm(request.POST or None, year=year, kept=kept)
    if request.method == "POST" and form.is_valid():
        save_terms(by=person(request), authority=authority, year=year, spans=form.spans)
        messages.success(request, f"Учебный календарь {year}/{year + 1} сохранён.")
        return redirect(reverse("schools:school_term_list") + f"?year={year}")
    context = {
        "form": form,
        "rows": form.rows(),
        "year": year,
        "years": range(now - 1, now + 2),
        "entered": bool(kept),
        "authority": authority,
    }
    return render(request, "schools/school_term_list.html", context, status=422 if form.is_bound else 200)
