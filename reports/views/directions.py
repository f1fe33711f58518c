"""Directions of a year: the list with gaps, one direction as a chain, its protocol, recommendations read by schools."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from monitoring.actions import directions as measured
from monitoring.directions import GROUPS
from monitoring.enums import Audience
from monitoring.models import Direction, IndicatorValue
from reports import chain
from reports.actions import chain as acts
from reports.actions.protocols import draft_protocol
from reports.enums import ElementKind
from reports.forms_cycle import NameForm
from reports.models import ChainElement
from reports.views.gate_cycle import current_year, direction_for, office_for, person, year_for
from schools.errors import Refused
from schools.models import Organization
from schools.views.gate import authorities_to_choose


@dataclass(frozen=True)
class Shown:
    """A gap with where its next step is."""

    words: str
    step: str
    url: str


def gaps_shown(direction: Direction, found: list[chain.Gap], elements: list[ChainElement]) -> list[Shown]:
    by_pk = {one.pk: one for one in elements}
    out = []
    for gap in found:
        element = by_pk.get(gap.element) if gap.element else None
        if gap.closes == "values" and element and element.indicator_id:
            url = reverse("reports:indicator_values", args=[element.indicator_id])
        elif gap.closes in ("document", "link") and element:
            url = reverse("reports:element_edit", args=[element.pk])
        else:
            query = {"kind": gap.kind} | ({"follows": element.pk} if element else {})
            url = reverse("reports:element_create", args=[direction.pk]) + "?" + urlencode(query)
        words = gap.words[:1].upper() + gap.words[1:]
        out.append(Shown(words, gap.step, url))
    return out


@require_GET
def direction_list(request: HttpRequest) -> HttpResponse:
    """The eight of a year, how much each has and where its chain breaks."""
    user, office = person(request), office_for(request, "cycle.view")
    year = year_for(request, office)
    rows = list(Direction.objects.visible_to(user).filter(authority=office, school_year=year).order_by("code"))
    elements, known = acts.elements_of(rows), acts.measured_of(rows)
    lines = []
    for row in rows:
        own = elements[row.pk]
        lines.append((row, Counter(one.kind for one in own), acts.gaps_of(own, known)))
    groups = [(title, [line for line in lines if line[0].code.startswith(first)]) for first, title in GROUPS.items()]
    years = set(Direction.objects.filter(authority=office).order_by().values_list("school_year", flat=True).distinct())
    context = {
        "office": office,
        "offices": authorities_to_choose(user, "cycle.view"),
        "year": year,
        "year_name": f"{year - 1}/{year}",
        "years": [(one, f"{one - 1}/{one}") for one in sorted(years | {year, current_year(office)}, reverse=True)],
        "groups": groups if rows else [],
        "gaps": sum(len(line[2]) for line in lines),
        "edits": user.can("cycle.edit", at=office),
        "drafts": user.can("document.edit", at=office),
    }
    return render(request, "reports/direction_list.html", context)


@require_POST
def direction_open(request: HttpRequest) -> HttpResponse:
    office = office_for(request, "cycle.edit")
    year = year_for(request, office)
    measured.open_year(by=person(request), authority=office, school_year=year)
    return redirect(f"{reverse('reports:direction_list')}?year={year}")


@require_GET
def direction_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One direction: gaps first, then the chain kind by kind, each element with what it follows from."""
    direction = direction_for(request, pk)
    elements = acts.elements_of([direction])[direction.pk]
    found = acts.gaps_of(elements, acts.measured_of([direction]))
    whole = {
        value.indicator_id: value
        for value in IndicatorValue.objects.filter(indicator__direction=direction, organization=direction.authority_id)
    }
    before = {
        value.indicator.name: value.value
        for value in IndicatorValue.objects.filter(
            indicator__direction__authority=direction.authority_id,
            indicator__direction__school_year=direction.school_year - 1,
            indicator__direction__code=direction.code,
            organization=direction.authority_id,
        ).select_related("indicator")
    }
    readers = dict(
        ChainElement.objects.filter(pk__in=[one.pk for one in elements])
        .annotate(n=Count("acknowledgements"))
        .values_list("pk", "n")
    )
    schools = (
        Organization.objects.below(direction.authority).schools().open_on(clock.today(direction.authority.zone)).count()
    )
    lines: dict[str, list[dict[str, object]]] = {kind: [] for kind in chain.KINDS}
    for one in elements:
        value = whole.get(one.indicator_id or 0)
        lines[one.kind].append(
            {
                "row": one,
                "follows": list(one.follows.all()),
                "value": value,
                "before": before.get(one.indicator.name) if one.indicator else None,
                "reached": one.indicator.reached(value.value if value else None) if one.indicator else None,
                "read": readers.get(one.pk, 0),
                "readers": 1 if one.audience == Audience.SCHOOL else schools,
                "to_schools": one.audience in (Audience.TEACHERS, Audience.HEADS, Audience.SCHOOL),
            }
        )
    user = person(request)
    context = {
        "direction": direction,
        "gaps": gaps_shown(direction, found, elements),
        "chain": [(kind, ElementKind(kind).label, PLURAL[kind], lines[kind]) for kind in chain.KINDS],
        "edits": user.can("cycle.edit", at=direction.authority),
        "waiting": sum(1 for one in elements if one.kind == ElementKind.RECOMMENDATION and one.published_at is None),
        "computed": any(one.indicator and one.indicator.computed for one in elements),
        "notes": direction.notes.order_by("-pk")[:5],
    }
    return render(request, "reports/direction_detail.html", context)


PLURAL = {
    "goal": "Цели",
    "indicator": "Показатели",
    "method": "Методы сбора",
    "monitoring": "Мониторинг",
    "analysis": "Анализ",
    "recommendation": "Рекомендации",
    "measure": "Меры",
    "decision": "Решения",
    "effect": "Эффект",
}


@require_http_methods(["GET", "POST"])
def direction_edit(request: HttpRequest, pk: int) -> HttpResponse:
    direction = direction_for(request, pk, "cycle.edit")
    form = NameForm(request.POST or None, initial={"name": direction.name})
    if request.method == "POST" and form.is_valid():
        measured.rename(by=person(request), direction=direction, name=form.cleaned_data["name"])
        return redirect("reports:direction_detail", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "reports/direction_edit.html", {"form": form, "direction": direction}, status=status)


@require_POST
def direction_compute(request: HttpRequest, pk: int) -> HttpResponse:
    direction = direction_for(request, pk, "cycle.edit")
    changed = acts.compute(by=person(request), direction=direction)
    messages.success(request, f"Пересчитано. Изменилось значений: {changed}.")
    return redirect("reports:direction_detail", pk=pk)


@require_POST
def direction_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """All recommendations of the direction that were not sent yet."""
    direction = direction_for(request, pk, "cycle.edit")
    rows = [one for one in acts.elements_of([direction])[direction.pk] if one.kind == ElementKind.RECOMMENDATION]
    sent = acts.publish(by=person(request), elements=rows)
    messages.success(request, f"Направлено рекомендаций: {sent}.")
    return redirect("reports:direction_detail", pk=pk)


@require_POST
def direction_protocol(request: HttpRequest) -> HttpResponse:
    """«Составить протокол»: a draft that opens in the editor of protocols."""
    office = office_for(request, "cycle.edit")
    year = year_for(request, office)
    rows = list(Direction.objects.filter(authority=office, school_year=year).order_by("code"))
    try:
        document = draft_protocol(by=person(request), authority=office, directions=rows)
    except Refused as why:
        messages.error(request, str(why))
        return redirect(f"{reverse('reports:direction_list')}?year={year}")
    return redirect("decisions:document_review", pk=document.pk)


@require_GET
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """What a school was recommended, the unread first."""
    user = person(request)
    own = user.reach("cycle.view_own").organizations
    if not own:
        raise PermissionDenied
    rows = (
        ChainElement.objects.recommended_to(user)
        .select_related("direction", "organization")
        .annotate(read=Count("acknowledgements", filter=Q(acknowledgements__organization_id__in=own)))
        .order_by("read", "-published_at", "pk")
    )
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "reports/recommendation_list.html", {"page": page})


@require_POST
def recommendation_read(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    own = user.reach("cycle.view_own").organizations
    if not own:
        raise PermissionDenied
    element = get_object_or_404(ChainElement.objects.recommended_to(user).select_related("direction"), pk=pk)
    schools = Organization.objects.filter(pk__in=own, authority=element.direction.authority_id)
    if element.organization_id:
        schools = schools.filter(pk=element.organization_id)
    acts.acknowledge(by=user, element=element, organizations=schools)
    messages.success(request, "Отмечено: вы ознакомлены с рекомендацией.")
    return redirect("reports:recommendation_list")
