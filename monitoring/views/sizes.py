"""Pupils of grades of all schools at once: the table to fill, and the filled one loaded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from config import clock
from config.numbers import is_number
from config.sheets import Column, Sheet
from monitoring.actions import sizes
from monitoring.forms_looking import SizesFileForm
from monitoring.pages.frame import xlsx
from monitoring.views.gate import office_with, person
from schools.errors import Refused
from schools.school_year import school_year_of


@require_http_methods(["GET", "POST"])
def sizes_import(request: HttpRequest) -> HttpResponse:
    user = person(request)
    office = office_with(user, user.reach("results.import").authorities)
    newest = school_year_of(clock.today(user.zone)) + 1
    form = SizesFileForm(request.POST or None, request.FILES or None, newest=newest)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        file, year = form.cleaned_data["file"], form.cleaned_data["school_year"]
        try:
            count = sizes.import_sizes(by=user, office=office, school_year=year, content=file.read(), name=file.name)
        except sizes.Problems as why:
            problems = why.said
        except Refused as why:
            problems = [str(why)]
        else:
            messages.success(request, f"Число обучающихся записано, школ: {count}. Проверки данных пересчитаны.")
            return redirect("monitoring:check_list")
    context = {"form": form, "office": office, "newest": newest, "problems": problems[:200], "more": problems[200:]}
    return render(request, "monitoring/sizes_import.html", context, status=422 if form.is_bound else 200)


@require_GET
def sizes_xlsx(request: HttpRequest) -> HttpResponse:
    user = person(request)
    office = office_with(user, user.reach("results.import").authorities)
    newest = school_year_of(clock.today(user.zone)) + 1
    asked = request.GET.get("year", "")
    year = int(asked) if is_number(asked) and 2000 <= int(asked) <= 2100 else newest
    columns = [Column("Школа", 44), *(Column(f"{grade} класс", 10, "whole") for grade in range(1, 12))]
    notes = [f"Обучающихся по классам, {year - 1}/{year} учебный год"]
    return xlsx(
        f"Обучающиеся {year - 1}-{year}", [Sheet("Обучающиеся", columns, sizes.current(office, year), notes=notes)]
    )
