"""The registry: the list, the tree, an organisation's page, adding and changing, its codes and other names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock, slots
from schools.actions.aliases import revoke_alias
from schools.actions.organizations import add_alias, save_card, save_organization
from schools.enums import CodeSystem, OrganizationKind
from schools.errors import Refused
from schools.filters import OrganizationFilter
from schools.forms import AliasForm, CodesForm, OrganizationForm, SchoolForm
from schools.models import AuditEvent, Membership, Organization, OrganizationAlias, Position, User
from schools.views.gate import authority_for, organization_for, page_of, person, require

PLAIN_KINDS = [kind for kind in OrganizationKind.values if kind not in ("ministry", "authority")]


@require_GET
def organization_list(request: HttpRequest) -> HttpResponse:
    """All organisations the office sees, with their heads of today."""
    user = require(request, "registry.view")
    today = clock.today(user.zone)
    heads = Position.objects.held_on(today).filter(is_head=True) | Position.objects.held_on(today).filter(acting=True)
    rows = (
        Organization.objects.visible_to(user)
        .select_related("authority", "school")
        .prefetch_related(Prefetch("positions", queryset=heads.select_related("person").heads_first(), to_attr="heads"))
        .order_by("sort_key", "pk")
    )
    found = OrganizationFilter(request.GET, queryset=rows, request=request)
    context = {
        "page": page_of(request, found.qs),
        "filter": found,
        "filtered": any(request.GET.get(name) for name in ("q", "kind", "exams", "state")),
        "may_manage": user.may("registry.manage"),
        "several": len(user.reach("registry.view").authorities) > 1,
        "query": request.GET.urlencode(),
    }
    return render(request, "schools/organization_list.html", context)


@require_GET
def organization_tree(request: HttpRequest) -> HttpResponse:
    """Who is under whom: regions, municipalities, schools, branches, centres."""
    user = require(request, "registry.view")
    rows = list(
        Organization.objects.visible_to(user)
        .open_on(clock.today(user.zone))
        .only("pk", "name", "kind", "type_name", "parent_id", "settlement")
        .order_by("sort_key", "pk")
    )
    known = {row.pk for row in rows}
    below: dict[int | None, list[Organization]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def branch(row: Organization, path: frozenset[int]) -> dict[str, Any]:
        children = [branch(child, path | {row.pk}) for child in below.get(row.pk, []) if child.pk not in path]
        return {"row": row, "children": children, "total": len(children) + sum(c["total"] for c in children)}

    tree = [branch(row, frozenset()) for row in below.get(None, [])]
    return render(request, "schools/organization_tree.html", {"tree": tree})


@require_GET
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame of an organisation's page: its registry card here, sections of other apps as fragments."""
    user = person(request)
    row = organization_for(request, pk)
    today = clock.today(user.zone)
    office = user.can("registry.view", at=row)
    positions = list(row.positions.select_related("person", "person__user").heads_first())
    may_manage = user.can("registry.manage", at=row)
    context = {
        "row": row,
        "office": office,
        "may_manage": may_manage,
        "may_people": office and (user.can("people.manage", at=row) or user.can("people.invite", at=row)),
        "positions": [one for one in positions if _held(one, today)],
        "former": [one for one in positions if not _held(one, today)],
        "codes": sorted(row.codes.all(), key=lambda code: list(CodeSystem.values).index(code.system)),
        "aliases": list(row.aliases.in_force().select_related("confirmed_by__person")),
        "children": list(row.children.order_by("sort_key", "pk")[:200]),
        "members": _members(row) if office else [],
        "fragments": _fragments(user, row),
        "alias_form": AliasForm(),
        "history": _history(row) if may_manage else [],
    }
    return render(request, "schools/organization_detail.html", context)


def _fragments(user: User, row: Organization) -> list[dict[str, str]]:
    """Sections of other apps, each once, however many permissions open it."""
    found = {
        reverse(one.url_name, args=[row.pk]): one.title
        for one in slots.fragments
        if one.page == "schools:organization_detail" and user.can(one.permission, at=row)
    }
    return [{"title": title, "url": url} for url, title in found.items()]


def _held(position: Position, day: Any) -> bool:
    return (position.valid_from is None or position.valid_from <= day) and (
        position.valid_to is None or day <= position.valid_to
    )


def _members(row: Organization) -> list[Membership]:
    return list(
        row.memberships.held_on(clock.today()).select_related("user__person").order_by("role", "user__username")[:100]
    )


def _history(row: Organization) -> list[AuditEvent]:
    return list(
        AuditEvent.objects.filter(object_type="schools.organization", object_id=row.pk)
        .select_related("by__person")
        .order_by("-pk")[:10]
    )


@require_http_methods(["GET", "POST"])
def organization_create(request: HttpRequest) -> HttpResponse:
    """A new organisation of the office's authority."""
    authority = authority_for(request, "registry.manage")
    row = Organization(kind=OrganizationKind.SCHOOL, authority=authority, parent=authority)
    form = OrganizationForm(request.POST or None, instance=row, authority=authority, kinds=PLAIN_KINDS)
    school = SchoolForm(request.POST or None, prefix="school")
    if request.method == "POST" and form.is_valid() and school.is_valid():
        save_organization(by=person(request), row=form.save(commit=False), school=school.cleaned_data)
        messages.success(request, f"«{row.name}» добавлена в реестр.")
        return redirect("schools:organization_detail", pk=row.pk)
    context = {"form": form, "school_form": school, "authority": authority, "row": None}
    return render(request, "schools/organization_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The registry card of one organisation."""
    row = organization_for(request, pk, "registry.manage")
    form = OrganizationForm(request.POST or None, instance=row, authority=row.authority or row, kinds=PLAIN_KINDS)
    profile = getattr(row, "school", None)
    school = SchoolForm(request.POST or None, instance=profile, prefix="school")
    codes = CodesForm(request.POST or None, organization=row, prefix="codes")
    if request.method == "POST" and all([form.is_valid(), school.is_valid(), codes.is_valid()]):
        try:
            save_card(
                by=person(request),
                row=form.save(commit=False),
                school=school.cleaned_data,
                codes=codes.cleaned_data,
            )
        except Refused as why:
            codes.add_error(None, str(why))
        else:
            messages.success(request, "Сохранено.")
            return redirect("schools:organization_detail", pk=row.pk)
    context = {"form": form, "school_form": school, "codes_form": codes, "row": row, "authority": row.authority}
    return render(request, "schools/organization_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def alias_create(request: HttpRequest, pk: int) -> HttpResponse:
    row = organization_for(request, pk, "registry.manage")
    form = AliasForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите название так, как оно стоит в документах.")
    else:
        try:
            alias = add_alias(by=person(request), organization=row, text=form.cleaned_data["text"])
            messages.success(request, f"Запомнено: «{alias.text}» — это {row.name}.")
        except Refused as why:
            messages.error(request, str(why))
    return redirect(f"{reverse('schools:organization_detail', args=[row.pk])}#aliases")


@require_POST
def alias_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    alias = get_object_or_404(
        OrganizationAlias.objects.in_force()
        .filter(organization__in=Organization.objects.visible_to(user))
        .select_related("organization"),
        pk=pk,
    )
    if not user.can("registry.manage", at=alias.organization):
        raise PermissionDenied
    revoke_alias(by=user, alias=alias)
    messages.success(
        request, f"«{alias.text}» больше не означает {alias.organization.name}. Прочитанные документы не изменились."
    )
    return redirect(f"{reverse('schools:organization_detail', args=[alias.organization_id])}#aliases")
