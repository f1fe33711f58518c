"""Rule sets: versions with their sources; a version that a list rests on is never changed."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from monitoring.actions.rules import save_rules
from monitoring.default_rules import DEFAULT, MARK, NAME, SOURCE
from monitoring.forecast import rules_in_force, rules_of
from monitoring.forms_lists import RulesForm
from monitoring.low_results import RulesError
from monitoring.models import RuleSet
from monitoring.views.confidential import require
from monitoring.views.forecast import office_of
from monitoring.views.gate import person
from schools.errors import Refused
from schools.models import Organization


@require_GET
def rules_list(request: HttpRequest) -> HttpResponse:
    user = require(request, "lists.view")
    office = office_of(request, "lists.view")
    rows = (
        RuleSet.objects.visible_to(user)
        .filter(authority=office)
        .select_related("created_by__person")
        .annotate(used=Count("lists"))
        .order_by("-created_at", "-pk")
    )
    _, newest = rules_in_force(office)
    context = {
        "page": Paginator(rows, 30).get_page(request.GET.get("page")),
        "office": office,
        "newest": newest,
        "default": DEFAULT,
        "mark": MARK,
        "may_edit": user.can("lists.edit", at=office),
    }
    return render(request, "monitoring/rules_list.html", context)


@require_http_methods(["GET", "POST"])
def rules_create(request: HttpRequest) -> HttpResponse:
    """New rules, starting from the default ones."""
    require(request, "lists.edit")
    office = office_of(request, "lists.edit")
    return _edit(request, office, None)


@require_http_methods(["GET", "POST"])
def rules_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a rule set (or this one, while no list rests on it)."""
    row = _row(request, pk)
    if not person(request).can("lists.edit", at=row.authority):
        raise PermissionDenied
    return _edit(request, row.authority, row)


@require_GET
def rules_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules as the file that `find_low_results --rules` takes."""
    row = _row(request, pk)
    response = HttpResponse(json.dumps(row.parameters, ensure_ascii=False, indent=1), content_type="application/json")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{row}.json") or "attachment"
    return response


def _row(request: HttpRequest, pk: int) -> RuleSet:
    user = require(request, "lists.view")
    return get_object_or_404(RuleSet.objects.visible_to(user).select_related("authority"), pk=pk)


def _edit(request: HttpRequest, office: Organization, row: RuleSet | None) -> HttpResponse:
    try:
        rules = rules_of(row) if row else DEFAULT
    except RulesError as why:
        messages.error(request, f"Сохранённые правила не читаются ({why}). Показаны правила по умолчанию.")
        rules = DEFAULT
    by_default = row is not None and row.name == NAME
    initial = {
        "name": row.name if row and not by_default else "Правила управления",
        "source": row.source if row and not by_default else SOURCE,
        "source_date": row.source_date if row else None,
    }
    form = RulesForm(request.POST or None, rules=rules, authority=office, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            kept = save_rules(
                by=person(request),
                authority=office,
                rules=form.as_rules(),
                name=data["name"],
                source=data["source"],
                source_date=data["source_date"],
                kept=row,
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Сохранено: {kept}. По этим правилам считается прогноз.")
            return redirect("monitoring:rules_list")
    context = {"form": form, "row": row, "office": office, "used": bool(row and row.lists.exists()), "mark": MARK}
    return render(request, "monitoring/rules_edit.html", context, status=422 if form.is_bound else 200)
