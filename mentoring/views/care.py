"""Curators: the board, appointing by hand or from an order, a draft order from the board, consent, the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from decisions.models import Document
from mentoring.actions import care
from mentoring.actions.mentors import listed_schools
from mentoring.enums import CareState
from mentoring.forms import CareForm, ConsentForm, EndForm, TermForm, people_of_office
from mentoring.models import CareMessage, Curatorship
from mentoring.offers import offers_of
from mentoring.views.gate import REFUSED, authority_for, page_of, person, require, row_for
from schools.audit import seen
from schools.models import Organization

TABS = (
    ("none", "Без куратора"),
    ("helped", "С куратором"),
    ("all", "Все школы"),
    ("people", "Кураторы"),
    ("past", "История"),
)


@require_GET
def care_list(request: HttpRequest) -> HttpResponse:
    """Who has no one, who helps whom, how much each carries. Schools stand by name; nothing is ranked."""
    user = require(request, "care.view")
    today = clock.today(user.zone)
    authorities = user.reach("care.view").authorities
    tab = request.GET.get("tab", "none")
    tab = tab if tab in dict(TABS) else "none"
    listed: set[int] = set()
    if user.may("lists.view"):
        seen(by=user, what="care.board", authority=min(authorities, default=None))
        for pk in sorted(authorities)[:50] if len(authorities) > 1 else authorities:
            listed |= listed_schools(pk)
    active = (
        Curatorship.objects.running(today)
        .filter(authority_id__in=authorities)
        .select_related("person", "workplace", "document", "clause")
        .order_by("person__last_name", "pk")
    )
    asked = list(
        CareMessage.objects.filter(authority_id__in=authorities, waiting=True)
        .select_related("school")
        .order_by("school__sort_key", "pk")[:100]
    )
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": TABS,
        "today": today,
        "edits": user.may("care.edit"),
        "listed": listed,
        "waiting": len(asked),
        "asked": list({message.school_id: message.school for message in asked}.values()),
    }
    if tab == "past":
        rows = (
            Curatorship.objects.past(today)
            .filter(authority_id__in=authorities)
            .select_related("person", "workplace", "school", "document", "clause")
            .order_by(Coalesce("ended_on", "valid_to").desc(), "-pk")
        )
        context["page"] = page_of(request, rows)
    elif tab == "people":
        context["people"] = _people(active.select_related("person", "school", "workplace"))
    else:
        schools = Organization.objects.schools().filter(authority_id__in=authorities).open_on(today)
        helped = active.values("school_id")
        if tab == "none":
            schools = schools.exclude(pk__in=helped)
            if listed and request.GET.get("scope") != "all":
                schools = schools.filter(pk__in=listed)
                context["only_listed"] = True
        elif tab == "helped":
            schools = schools.filter(pk__in=helped)
        schools = schools.select_related("authority").prefetch_related(
            Prefetch("curatorships", queryset=active, to_attr="helpers")
        )
        context["page"] = page_of(request, schools.order_by("sort_key", "pk"))
        context["several"] = len(authorities) > 1
    return render(request, "mentoring/care_list.html", context)


def _people(rows: Any) -> list[dict[str, Any]]:
    """Each curator with the schools in care; by surname."""
    by_person: dict[int, list[Curatorship]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    return [{"person": rows[0].person, "first": rows[0], "rows": rows} for rows in by_person.values()]


@require_http_methods(["GET", "POST"])
def care_create(request: HttpRequest) -> HttpResponse:
    authority = authority_for(request, "care.edit")
    user = person(request)
    today = clock.today(authority.zone)
    initial = {"school": request.GET.get("school"), "valid_from": today}
    form = CareForm(request.POST or None, authority=authority, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = care.workplace_of(data["who"], today)
        try:
            row = care.appoint(
                by=user,
                person=data["who"],
                school=data["school"],
                workplace=place.organization if place else None,
                post=place.title if place else "",
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                basis=data["basis"],
                consent_on=data["consent_on"],
            )
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Куратор назначен: {row.person.surname_first} → {row.school}.")
            return redirect("mentoring:care_detail", pk=row.pk)
    load = Counter(
        Curatorship.objects.running(today)
        .filter(authority=authority)
        .values_list("person__last_name", "person__first_name")
    )
    context = {"form": form, "load": sorted((f"{last} {first}", n) for (last, first), n in load.items())}
    return render(request, "mentoring/care_create.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def care_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _care_page(request, pk)


def _care_page(request: HttpRequest, pk: int, **typed: Any) -> HttpResponse:
    """The curatorship; with forms that were refused it keeps what was typed in them."""
    row = row_for(request, Curatorship, pk, "person", "school", "workplace", "document", "clause", "authority")
    user = person(request)
    today = clock.today(row.authority.zone)
    context = {
        "row": row,
        "today": today,
        "runs": row.runs_on(today),
        "edits": user.can("care.edit", at=row.authority),
        "office": user.can("care.view", at=row.authority),
        "account": getattr(row.person, "user", None),
        "consent_form": typed.get("consent")
        or ConsentForm(
            initial={
                "consent_on": row.consent_on,
                "employer_order": row.employer_order,
                "employer_order_on": row.employer_order_on,
            }
        ),
        "end_form": typed.get("end") or EndForm(initial={"day": today}, auto_id="end_%s"),
    }
    return render(request, "mentoring/care_detail.html", context, status=422 if typed else 200)


def _editable(request: HttpRequest, pk: int) -> Curatorship:
    row: Curatorship = row_for(request, Curatorship, pk, "authority")
    if not person(request).can("care.edit", at=row.authority):
        raise PermissionDenied
    return row


@require_POST
def care_consent(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            care.note_consent(by=person(request), row=row, **form.cleaned_data)
            messages.success(request, "Записано.")
            return redirect("mentoring:care_detail", pk=pk)
        except REFUSED as why:
            form.add_error(None, str(why))
    return _care_page(request, pk, consent=form)


@require_POST
def care_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = EndForm(request.POST, auto_id="end_%s")
    if row.state != CareState.ACTIVE:
        messages.error(request, "Это кураторство уже завершено.")
        return redirect("mentoring:care_detail", pk=pk)
    if form.is_valid():
        try:
            care.end(by=person(request), row=row, **form.cleaned_data)
            messages.success(request, "Кураторство завершено. Школу куратор видит по последний день включительно.")
            return redirect("mentoring:care_detail", pk=pk)
        except REFUSED as why:
            form.add_error(None, str(why))
    return _care_page(request, pk, end=form)


@require_http_methods(["GET", "POST"])
def document_curators(request: HttpRequest, pk: int) -> HttpResponse:
    """Pairs read from a registered order: confirmed one by one or all, or not a curatorship."""
    user = require(request, "care.edit")
    document = get_object_or_404(
        Document.objects.visible_to(user).select_related("authority").defer("source_text", "reading"), pk=pk
    )
    if not user.can("care.edit", at=document.authority):
        raise PermissionDenied
    offers = offers_of(document)
    form = TermForm(request.POST or None, initial={"valid_from": document.date})
    if request.method == "POST":
        ticked = set(request.POST.getlist("offer"))
        named = [offer for offer in offers if offer.key in ticked]
        if len(named) != len(ticked):
            raise Http404
        chosen = [offer for offer in named if offer.answer is None]
        if named and not chosen:
            messages.error(
                request, "По отмеченным парам уже решено, возможно, в другой вкладке или другим сотрудником."
            )
            return redirect("mentoring:document_curators", pk=pk)
        if not chosen:
            messages.error(request, "Отметьте хотя бы одну пару.")
        elif request.POST.get("verb") == "drop":
            for offer in chosen:
                care.drop_offer(by=user, offer=offer)
            messages.success(request, "Записано: эти пары больше не предлагаются.")
            return redirect("mentoring:document_curators", pk=pk)
        elif form.is_valid():
            done, refused = 0, []
            for offer in chosen:
                try:
                    care.take_offer(by=user, offer=offer, **form.cleaned_data)
                    done += 1
                except REFUSED as why:
                    refused.append(str(why))
            for text in refused:
                messages.error(request, text)
            if done:
                messages.success(request, f"Назначено кураторов: {done}. Запишите согласие и приказ работодателя.")
            return redirect("mentoring:document_curators", pk=pk)
    context = {
        "document": document,
        "waiting": [offer for offer in offers if offer.answer is None],
        "answered": [offer for offer in offers if offer.answer is not None],
        "form": form,
    }
    return render(request, "mentoring/document_curators.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def care_order(request: HttpRequest) -> HttpResponse:
    """Choose curators on the board; the draft order opens in the editor, names and posts in the accusative."""
    authority = authority_for(request, "care.edit")
    user = person(request)
    today = clock.today(authority.zone)
    listed = listed_schools(authority) if user.may("lists.view") else set()
    helped = Curatorship.objects.running(today).filter(authority=authority).values("school_id")
    schools = list(
        Organization.objects.schools()
        .filter(authority=authority)
        .open_on(today)
        .exclude(pk__in=helped)
        .order_by("sort_key", "pk")
    )
    if listed and request.GET.get("scope") != "all":
        schools = [school for school in schools if school.pk in listed] or schools
    people = list(people_of_office(authority).prefetch_related("positions__organization"))
    chosen = {school.pk: request.POST.get(f"who-{school.pk}", "") for school in schools}
    error = ""
    if request.method == "POST":
        known = {str(one.pk): one for one in people}
        if any(value and value not in known for value in chosen.values()):
            raise Http404
        pairs = [(school, known[chosen[school.pk]]) for school in schools if chosen[school.pk]]
        try:
            document = care.draft_order(by=user, authority=authority, pairs=pairs)
        except REFUSED as why:
            error = str(why)
        else:
            messages.success(request, "Проект приказа готов: проверьте падежи, допишите остальные пункты.")
            return redirect(reverse("decisions:document_review", args=[document.pk]))
    load = Counter(Curatorship.objects.running(today).filter(authority=authority).values_list("person_id", flat=True))
    options = [(str(one.pk), _option(one, load[one.pk])) for one in people]
    context = {
        "lines": [(school, chosen[school.pk]) for school in schools],
        "options": options,
        "error": error,
        "only_listed": bool(listed) and request.GET.get("scope") != "all",
    }
    return render(request, "mentoring/care_order.html", context, status=422 if error else 200)


def _option(one: Any, load: int) -> str:
    places = [p for p in one.positions.all() if p.valid_to is None]
    place = f", {places[0].title}, {places[0].organization}" if places else ""
    return f"{one.full_name}{place}" + (f" · школ: {load}" if load else "")
