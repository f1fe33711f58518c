"""The production calendar of a year: what the common one says, what the office corrects, what nobody has loaded yet."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config import clock
from config.numbers import is_number
from schools import production
from schools.actions.calendar import confirm_year, drop_calendar_day, set_calendar_day, transfer_day_off
from schools.errors import Refused
from schools.forms_calendar import CalendarDayForm, TransferForm
from schools.models import CalendarDay, CalendarYear, Organization
from schools.views.gate import authority_for, page_of, person, require

MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()


@dataclass(frozen=True)
class Cell:
    day: dt.date
    off: bool
    special: bool
    name: str


@require_http_methods(["GET", "POST"])
def calendar_day_list(request: HttpRequest) -> HttpResponse:
    """A year by months, its special days in words, and a form for a day of one's own."""
    authority = authority_for(request, "settings.manage")
    year = _year(request)
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_calendar_day(
            by=person(request), authority=authority, day=data["day"], working=data["kind"] == "work", name=data["name"]
        )
        kind = "рабочий" if data["kind"] == "work" else "выходной"
        messages.success(request, f"{data['day']:%d.%m.%Y} теперь {kind} день. {_RECOUNT}")
        return redirect(_address(data["day"].year))
    context = _page(request, authority, year) | {"form": form}
    return render(request, "schools/calendar_day_list.html", context, status=422 if form.is_bound else 200)


_RECOUNT = "Действующие сроки открытых поручений будут пересчитаны в течение нескольких минут."


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    today = clock.today(person(request).zone)
    year = int(asked) if is_number(asked) and len(asked) == 4 else today.year
    return min(max(year, production.FIRST_YEAR), production.LAST_YEAR)


def _address(year: int) -> str:
    return f"{reverse('schools:calendar_day_list')}?year={year}"


def _corrections(authority: Organization) -> QuerySet[CalendarDay]:
    """The office's own days, those of the region above it and everybody's."""
    rows = CalendarDay.objects.filter(
        Q(authority=authority) | Q(authority=authority.parent_id) | Q(authority__isnull=True)
    )
    return rows.select_related("authority")


def _page(request: HttpRequest, authority: Organization, year: int) -> dict[str, Any]:
    own = list(_corrections(authority).filter(day__year=year).order_by("day", "pk"))
    nearest = {row.day: row for row in sorted(own, key=lambda row: row.authority_id == authority.pk)}
    confirmed = (
        CalendarYear.objects.filter(authority=authority, year=year).select_related("confirmed_by__person").first()
    )
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]

    def worked(day: dt.date, six_day: bool) -> bool:
        return nearest[day].working if day in nearest else production.is_working(day, six_day=six_day)

    return {
        "authority": authority,
        "year": year,
        "years": [one for one in (year - 1, year, year + 1) if production.FIRST_YEAR <= one <= production.LAST_YEAR],
        "months": [(MONTHS[month - 1], _weeks(year, month, nearest)) for month in range(1, 13)],
        "page": page_of(request, own),
        "common": [
            (day, name)
            for day, name in sorted(production.days_off(year).items())
            if day.weekday() < 5 or "кан" not in name
        ],
        "worked": sorted(production.worked_days(year)),
        "total_five": sum(worked(day, False) for day in days),
        "total_six": sum(worked(day, True) for day in days),
        "known": production.transfers_known(year),
        "confirmed": confirmed,
        "transfer_form": TransferForm(),
    }


def _weeks(year: int, month: int, nearest: dict[dt.date, CalendarDay]) -> list[list[Cell | None]]:
    out: list[list[Cell | None]] = []
    for week in calendar.Calendar().monthdatescalendar(year, month):
        out.append([_cell(day, nearest) if day.month == month else None for day in week])
    return out


def _cell(day: dt.date, nearest: dict[dt.date, CalendarDay]) -> Cell:
    if day in nearest:
        row = nearest[day]
        return Cell(day, not row.working, True, row.name or ("рабочий день" if row.working else "выходной день"))
    name = production.days_off(day.year).get(day, "")
    if day in production.worked_days(day.year):
        return Cell(day, False, True, "рабочий день по переносу")
    return Cell(day, not production.is_working(day), bool(name) and day.weekday() < 5, name)


@require_POST
def calendar_transfer(request: HttpRequest) -> HttpResponse:
    """A transfer of a day off, as the government's decree writes it: from a day to a day."""
    authority = authority_for(request, "settings.manage")
    form = TransferForm(request.POST)
    if form.is_valid():
        source, target = form.cleaned_data["source"], form.cleaned_data["target"]
        try:
            transfer_day_off(by=person(request), authority=authority, source=source, target=target)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Выходной перенесён с {source:%d.%m.%Y} на {target:%d.%m.%Y}. {_RECOUNT}")
            return redirect(_address(target.year))
    context = _page(request, authority, _year(request)) | {"form": CalendarDayForm(), "transfer_form": form}
    return render(request, "schools/calendar_day_list.html", context, status=422)


@require_POST
def calendar_confirm(request: HttpRequest) -> HttpResponse:
    """«Переносы этого года внесены»: takes the warning off."""
    authority = authority_for(request, "settings.manage")
    asked = request.POST.get("year", "")
    if is_number(asked) and production.FIRST_YEAR <= int(asked) <= production.LAST_YEAR:
        confirm_year(by=person(request), authority=authority, year=int(asked))
        messages.success(request, f"Календарь {asked} года отмечен как полный.")
        return redirect(_address(int(asked)))
    messages.error(request, "Не понятно, о каком годе речь: откройте год и отметьте ещё раз.")
    return redirect("schools:calendar_day_list")


@require_POST
def calendar_day_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = require(request, "settings.manage")
    row = get_object_or_404(
        CalendarDay.objects.select_related("authority"),
        pk=pk,
        authority__in=user.reach("settings.manage").authorities,
    )
    drop_calendar_day(by=user, row=row)
    messages.success(request, f"{row.day:%d.%m.%Y} снова считается по общему календарю. {_RECOUNT}")
    return redirect(_address(row.day.year))
