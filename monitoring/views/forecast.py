"""The forecast: who stands on it and why, who is one step away, and what another threshold would change. Nothing is saved by looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from config import clock
from config.numbers import is_number
from config.sheets import MEDIA, Column, Sheet, workbook
from monitoring.actions.lists import save_forecast
from monitoring.actions.rules import default_rule_set, save_rules
from monitoring.default_rules import DEFAULT, MARK, NAME, SOURCE, parameters_of
from monitoring.forecast import Forecast, forecast_of, ready_for, rules_of
from monitoring.forms_lists import RuleFields
from monitoring.grounds import ground_of, line_of, years_of
from monitoring.low_results import RulesError
from monitoring.low_results import RuleSet as Rules
from monitoring.models import LowResultsEntry, Result, RuleSet
from monitoring.views.confidential import confidential, look, require
from monitoring.views.gate import office_with, person
from schools.errors import Refused
from schools.models import Organization, User
from schools.views.gate import authorities_to_choose


@dataclass
class Asked:
    """What the address asks for: the office, the year, the rules that stand and the rules of the what-if."""

    authority: Organization
    year: int
    base: Rules
    row: RuleSet | None
    form: RuleFields
    rules: Rules
    changed: bool
    sets: list[RuleSet]
    years: list[int]


def office_of(request: HttpRequest, permission: str, values: QueryDict | None = None) -> Organization:
    """The office of the page; who reads over several chooses one («office» in the address). A ministry itself has no schools."""
    values = request.GET if values is None else values
    reach = person(request).reach(permission).authorities
    wanted = values.get("office", "")
    if wanted:
        if not is_number(wanted) or int(wanted) not in reach:
            raise Http404
        return Organization.objects.get(pk=int(wanted))
    return office_with(person(request), reach)


def last_year(authority: Organization) -> int:
    """The newest school year with results, or the one of today."""
    found = Result.objects.filter(authority=authority).aggregate(last=Max("assessment__school_year"))["last"]
    today = clock.today(authority.time_zone)
    return int(found or (today.year + 1 if today.month >= 9 else today.year))


def asked(request: HttpRequest, values: QueryDict, permission: str) -> Asked:
    authority = office_of(request, permission, values)
    year = values.get("year", "")
    years = years_with_results(authority)
    ends = int(year) if is_number(year) and 2001 <= int(year) <= 2100 else (years or [last_year(authority)])[0]
    sets = list(RuleSet.objects.filter(authority=authority).order_by("-created_at", "-pk")[:100])
    row = next((one for one in sets if str(one.pk) == values.get("set")), sets[0] if sets else None)
    base = rules_of(row) if row else DEFAULT
    base = base.for_year(f"{ends - 1}/{ends}")
    whatif = bool(values.get("whatif"))
    form = RuleFields(values if whatif else None, rules=base, authority=authority)
    rules = form.as_rules() if whatif and form.is_valid() else base
    changed = parameters_of(rules) != parameters_of(base)
    return Asked(authority, ends, base, row, form, rules, changed, sets, sorted({*years, ends}, reverse=True))


@require_GET
@confidential
def forecast_detail(request: HttpRequest) -> HttpResponse:
    user = require(request, "lists.view")
    try:
        ask = asked(request, request.GET, "lists.view")
    except RulesError as why:
        messages.error(request, f"Набор правил не читается: {why}")
        return redirect("monitoring:rules_list")
    _log(user, "forecast.view", ask)
    found = forecast_of(ask.authority, ready_for(ask.rules, ask.authority))
    before = forecast_of(ask.authority, ready_for(ask.base, ask.authority)) if ask.changed else None
    query = request.GET.urlencode()
    context = {
        "ask": ask,
        "found": found,
        "listed": [(one.organization, years_of(one.reasons)) for one in found.listed],
        "near": [(one.organization, one.miss, [line_of(r) for r in one.miss.low_procedures]) for one in found.near],
        "conflicts": found.conflicts,
        "entering": _names(found, before),
        "leaving": _names(before, found) if before else [],
        "before": before,
        "mark": MARK,
        "by_default": ask.row is None or ask.row.name == NAME,
        "years": ask.years,
        "year_name": f"{ask.year - 1}/{ask.year}",
        "sets": ask.sets,
        "offices": authorities_to_choose(user, "lists.view"),
        "query": query,
        "may_edit": user.can("lists.edit", at=ask.authority),
        "may_decide": user.can("document.edit", at=ask.authority),
        "open_form": bool(request.GET.get("whatif")),
        "excluded": ask.rules.exclude_kinds,
    }
    return render(request, "monitoring/forecast_detail.html", context)


def _names(those: Forecast, without: Forecast | None) -> list[Organization]:
    """Schools of one forecast that the other has not."""
    if without is None:
        return []
    return [one.organization for one in those.listed if one.organization.pk not in without.ids]


def years_with_results(authority: Organization) -> list[int]:
    """School years with results of the office, the newest first."""
    rows = Result.objects.filter(authority=authority).order_by().values_list("assessment__school_year", flat=True)
    return sorted(rows.distinct(), reverse=True)


def _log(user: User, what: str, ask: Asked) -> None:
    changes = {}
    if ask.changed:
        was, now = parameters_of(ask.base), parameters_of(ask.rules)
        changes = {name: now[name] for name in now if now[name] != was.get(name)}
    look(
        user,
        what,
        authority=ask.authority,
        title=f"прогноз за {ask.year - 1}/{ask.year}",
        **({"whatif": changes} if changes else {}),
    )


@require_GET
@confidential
def forecast_xlsx(request: HttpRequest) -> HttpResponse:
    """The forecast as a sheet, with real numbers."""
    user = require(request, "lists.view")
    try:
        ask = asked(request, request.GET, "lists.view")
    except RulesError:
        raise Http404 from None
    _log(user, "forecast.export", ask)
    found = forecast_of(ask.authority, ready_for(ask.rules, ask.authority))
    notes = [
        f"Прогноз: {MARK}. {ask.year - 1}/{ask.year} учебный год, по данным на {found.data_date:%d.%m.%Y}"
        if found.data_date
        else f"Прогноз: {MARK}. Данных нет",
        "Для служебного пользования. Использовать для помощи школам, не для рейтингов.",
    ]
    listed = Sheet(
        "Прогноз", REASON_COLUMNS, reason_rows((o.organization, o.reasons) for o in found.listed), notes=notes
    )
    near = Sheet(
        "Ещё не",
        [Column("Школа", 40), Column("Что остаётся до перечня", 100)],
        [(one.organization.name, one.miss.note) for one in found.near],
        notes=notes,
    )
    return sheet_response([listed, near], f"Прогноз {ask.year - 1}-{ask.year}.xlsx")


REASON_COLUMNS = [
    Column("Школа", 40),
    Column("Учебный год", 12),
    Column("Процедура", 32),
    Column("Участников", 12, "whole"),
    Column("С низким результатом", 14, "whole"),
    Column("Доля", 10, "percent"),
]


def reason_rows(listed: Any) -> list[tuple[Any, ...]]:
    """A row for each low procedure of each school; shares are recomputed from people, so they are exact."""
    rows: list[tuple[Any, ...]] = []
    for organization, reasons in listed:
        lines = [line_of(one) for one in reasons]
        if not lines:
            rows.append((organization.name, "", "", None, None, None))
        for line in lines:
            share = round(line.low / line.participants, 6) if line.participants else None
            rows.append((organization.name, line.school_year, line.title, line.participants, line.low, share))
    return rows


def sheet_response(sheets: list[Sheet], name: str) -> HttpResponse:
    response = HttpResponse(workbook(sheets), content_type=MEDIA)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def forecast_save(request: HttpRequest) -> HttpResponse:
    """The forecast as a draft list; changed rules are kept as a new version first."""
    user = require(request, "lists.edit")
    values = QueryDict(request.POST.get("query", "")[:6000], mutable=True)
    try:
        ask = asked(request, values, "lists.edit")
    except RulesError as why:
        messages.error(request, f"Набор правил не читается: {why}")
        return redirect("monitoring:rules_list")
    if values.get("whatif") and not ask.form.is_valid():
        messages.error(request, "Правила пересчёта заполнены с ошибками: исправьте их и сохраните ещё раз.")
        return redirect("monitoring:forecast_detail")
    try:
        with transaction.atomic():
            row = ask.row or default_rule_set(by=user, authority=ask.authority)
            if ask.changed:
                source = f"{SOURCE}: пересчёт прогноза {clock.today(user.zone):%d.%m.%Y}"
                name = row.name if row.name != NAME else "Правила управления"
                row = save_rules(by=user, authority=ask.authority, rules=ask.rules, name=name, source=source)
            listing = save_forecast(by=user, authority=ask.authority, rule_set=row, school_year=ask.year)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("monitoring:forecast_detail")
    messages.success(request, "Проект перечня сохранён. Его можно поправить вручную и передать на утверждение.")
    return redirect("monitoring:list_detail", pk=listing.pk)


def grounds_of_forecast(request: HttpRequest, query: str) -> tuple[Asked, Forecast, dict[int, str]]:
    """School → why, for «в решение»; near misses too."""
    ask = asked(request, QueryDict(query[:6000]), "lists.view")
    found = forecast_of(ask.authority, ready_for(ask.rules, ask.authority))
    words = {one.organization.pk: ground_of(one.reasons) for one in found.listed}
    for near in found.near:
        words[near.organization.pk] = ground_of([*near.miss.low_procedures, *near.miss.nearly])
    return ask, found, words


def grounds_of_entry(entry: LowResultsEntry) -> str:
    """Why a school of a list: its figures, or what was received with it."""
    if entry.reasons:
        return ground_of(entry.reasons)
    listing = entry.listing
    letter = (
        f" ({listing.letter}{f' от {listing.letter_date:%d.%m.%Y}' if listing.letter_date else ''})"
        if listing.letter
        else ""
    )
    said = [f"{listing.title} за {listing.year_name} учебный год{letter}"]
    if entry.cluster_code or entry.cluster_name:
        said.append(f"кластер {' '.join(filter(None, (entry.cluster_code, entry.cluster_name)))}")
    said += [words for words in (entry.trajectory_text, entry.note) if words]
    return "; ".join(said) + "."
