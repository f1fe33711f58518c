"""Elements of the chain and values of indicators: entered on a page, typed in a table, loaded from a file in two steps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock, sheets
from config.numbers import is_number
from monitoring.actions import directions as measured
from monitoring.enums import ValueSource
from monitoring.models import Direction, Indicator, ValueUpload
from reports.actions import chain as acts
from reports.enums import ElementKind
from reports.forms_cycle import ElementForm, IndicatorForm, ValueFileForm, ValuesForm, shown
from reports.models import ChainElement
from reports.views.gate_cycle import direction_for, element_for, person
from reports.views.paper import file_answer
from schools.errors import Refused
from schools.models import Organization


@require_http_methods(["GET", "POST"])
def element_create(request: HttpRequest, pk: int) -> HttpResponse:
    direction = direction_for(request, pk, "cycle.edit")
    kind = request.POST.get("kind") or request.GET.get("kind") or ElementKind.GOAL
    if kind not in ElementKind.values:
        raise Http404
    return _form(request, direction, kind, None)


@require_http_methods(["GET", "POST"])
def element_edit(request: HttpRequest, pk: int) -> HttpResponse:
    element = element_for(request, pk, "cycle.edit")
    return _form(request, element.direction, element.kind, element)


def _form(request: HttpRequest, direction: Direction, kind: str, element: ChainElement | None) -> HttpResponse:
    user = person(request)
    first: dict[str, Any] = {"version": element.version if element else 0}
    if element is not None:
        first["follows"] = list(element.follows.all())
    elif is_number(asked := request.GET.get("follows", "")):
        first["follows"] = [int(asked)]
    form: Any
    if kind == ElementKind.INDICATOR:
        indicator = element.indicator if element else None
        form = IndicatorForm(
            request.POST or None, instance=indicator, initial=first, direction=direction, element=element
        )
    else:
        form = ElementForm(
            request.POST or None, instance=element, initial=first, direction=direction, kind=kind, user=user
        )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {
            "by": user,
            "direction": direction,
            "fields": form.fields_of(),
            "follows": list(form.cleaned_data["follows"].select_related("direction")),
            "element": ChainElement.objects.select_related("indicator", "direction").get(pk=element.pk)
            if element
            else None,
            "version": form.cleaned_data["version"] or 0,
        }
        try:
            if kind == ElementKind.INDICATOR:
                acts.save_indicator(**said)
            else:
                acts.save_element(kind=kind, **said)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("reports:direction_detail", pk=direction.pk)
    context = {
        "form": form,
        "direction": direction,
        "kind": kind,
        "kind_label": ElementKind(kind).label,
        "element": element,
        "nothing_before": not form.fields["follows"].queryset.exists(),
    }
    return render(request, "reports/element_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def element_delete(request: HttpRequest, pk: int) -> HttpResponse:
    element = element_for(request, pk, "cycle.edit")
    try:
        acts.delete_element(by=person(request), element=element)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "Звено удалено. Что из него следовало, осталось и отмечено среди разрывов.")
    return redirect("reports:direction_detail", pk=element.direction_id)


@require_GET
def element_readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read a recommendation and who has not, schools by name."""
    element = element_for(request, pk, "cycle.view")
    if element.kind != ElementKind.RECOMMENDATION:
        raise Http404
    read = {one.organization_id: one for one in element.acknowledgements.select_related("user__person")}
    schools = Organization.objects.below(element.direction.authority).schools()
    schools = schools.open_on(clock.today(element.direction.authority.zone)).order_by("sort_key", "pk")
    if element.organization_id:
        schools = schools.filter(pk=element.organization_id)
    rows = [(school, read.get(school.pk)) for school in schools]
    return render(request, "reports/element_readers.html", {"element": element, "rows": rows, "read": len(read)})


def _indicator(request: HttpRequest, pk: int, permission: str) -> Indicator:
    user = person(request)
    if not user.may(permission):
        raise PermissionDenied
    rows = Indicator.objects.filter(direction__in=Direction.objects.visible_to(user)).select_related(
        "direction__authority"
    )
    row = get_object_or_404(rows, pk=pk)
    if not user.can(permission, at=row.direction.authority):
        raise PermissionDenied
    return row


@require_http_methods(["GET", "POST"])
def indicator_values(request: HttpRequest, pk: int) -> HttpResponse:
    """Values of one indicator, the municipality first, then schools by name. Computed ones are only shown."""
    indicator = _indicator(request, pk, "cycle.view")
    edits = person(request).can("cycle.edit", at=indicator.direction.authority)
    if request.method == "POST" and not edits:
        raise PermissionDenied
    day = clock.today(indicator.direction.authority.zone)
    places = measured.places_of(indicator.direction.authority, day)
    known = {row.organization_id: row for row in indicator.values.all()}
    by_hand = edits and not indicator.computed
    form = ValuesForm(
        (request.POST or None) if by_hand else None,
        places=places,
        values={pk: row.value for pk, row in known.items()},
    )
    if request.method == "POST" and by_hand and form.is_valid():
        changed = measured.set_values(
            by=person(request), indicator=indicator, values=form.values(), source=ValueSource.HAND, day=day
        )
        messages.success(request, f"Сохранено. Изменилось значений: {changed}.")
        return redirect("reports:direction_detail", pk=indicator.direction_id)
    rows = [(place, known.get(place.pk), form[f"v{place.pk}"]) for place in places]
    context = {"indicator": indicator, "rows": rows, "form": form, "by_hand": by_hand}
    return render(request, "reports/indicator_values.html", context, status=422 if form.is_bound else 200)


@require_GET
def values_blank(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank to fill: schools down, codes of indicators across, what is known already written in."""
    direction = direction_for(request, pk, "cycle.edit")
    columns = [sheets.Column("Организация", 40)]
    columns += [sheets.Column(f"{one.code} {one.name}", 22, "number") for one in direction.indicators.all()]
    rows = measured.blank_rows(direction, clock.today(direction.authority.zone))
    content = sheets.workbook([sheets.Sheet(f"Направление {direction.code}", columns, rows)])
    return file_answer(
        content, sheets.MEDIA, f"Показатели {direction.code} {direction.year_name.replace('/', '-')}.xlsx"
    )


@require_http_methods(["GET", "POST"])
def values_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The first step: a file is read and checked, nothing is written."""
    direction = direction_for(request, pk, "cycle.edit")
    form = ValueFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = measured.read_values(
                by=person(request),
                direction=direction,
                name=file.name,
                content=file.read(),
                day=clock.today(direction.authority.zone),
            )
        except Refused as why:
            form.add_error("file", str(why))
        else:
            return redirect("reports:values_check", pk=upload.pk)
    context = {"form": form, "direction": direction, "indicators": direction.indicators.all()}
    return render(request, "reports/values_upload.html", context, status=422 if form.is_bound else 200)


def _upload(request: HttpRequest, pk: int) -> ValueUpload:
    user = person(request)
    if not user.may("cycle.edit"):
        raise PermissionDenied
    return get_object_or_404(ValueUpload.objects.visible_to(user).select_related("direction__authority"), pk=pk)


@require_http_methods(["GET", "POST"])
def values_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step: what would change, and the button that writes it."""
    upload = _upload(request, pk)
    if request.method == "POST":
        try:
            changed = measured.apply_values(
                by=person(request), upload=upload, day=clock.today(upload.direction.authority.zone)
            )
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, f"Загружено. Изменилось значений: {changed}.")
        return redirect("reports:direction_detail", pk=upload.direction_id)
    changed_rows = [row for row in upload.rows if row["was"] != row["value"]]
    for row in changed_rows:  # kept as text with a point, shown as people write
        row |= {key: shown(Decimal(row[key])) if row[key] else row[key] for key in ("was", "value")}
    context = {"upload": upload, "rows": changed_rows, "same": len(upload.rows) - len(changed_rows)}
    return render(request, "reports/values_check.html", context)
