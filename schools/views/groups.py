"""Groups of schools that a document can address."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import numbers_of
from schools.actions.groups import delete_group, save_group, set_members
from schools.audit import seen
from schools.errors import Refused
from schools.forms import GroupForm
from schools.models import Organization, SchoolGroup
from schools.views.gate import authority_for, group_for, page_of, person, require


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    user = require(request, "document.view")
    rows = (
        SchoolGroup.objects.visible_to(user)
        .select_related("authority")
        .annotate(size=Count("members", filter=Q(members__valid_to__isnull=True)))
        .order_by("authority__sort_key", "name", "pk")
    )
    context = {"page": page_of(request, rows), "may_edit": user.may("document.edit")}
    return render(request, "schools/group_list.html", context)


@require_GET
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the group today. A confidential list is shown only after the look at it was logged."""
    user = person(request)
    group = group_for(request, pk)
    if group.confidential:
        seen(by=user, what="schools.group", row=group, authority=group.authority_id, title=group.name)
    context = {
        "group": group,
        "schools": list(group.organizations_on(clock.today(user.zone)).order_by("sort_key", "pk")),
        "may_edit": user.can("document.edit", at=group.authority),
    }
    return render(request, "schools/group_detail.html", context)


@require_http_methods(["GET", "POST"])
def group_create(request: HttpRequest) -> HttpResponse:
    authority = authority_for(request, "document.edit")
    return _edit(request, SchoolGroup(authority=authority))


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, group_for(request, pk, "document.edit"))


def _edit(request: HttpRequest, group: SchoolGroup) -> HttpResponse:
    new = group.pk is None
    form = GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.rule = form.rule
        save_group(by=person(request), row=row)
        messages.success(request, "Группа сохранена.")
        return redirect("schools:group_detail" if row.rule or not new else "schools:group_members", pk=row.pk)
    context = {"form": form, "group": None if new else group}
    return render(request, "schools/group_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def group_members(request: HttpRequest, pk: int) -> HttpResponse:
    """The members of a group without a rule, chosen from the registry of its authority."""
    user = person(request)
    group = group_for(request, pk, "document.edit")
    if group.rule:
        messages.info(
            request, "Эта группа составляется по признакам из реестра. Чтобы выбирать школы самому, измените способ."
        )
        return redirect("schools:group_edit", pk=pk)
    today = clock.today(user.zone)
    rows = Organization.objects.of_authority(group.authority_id).exclude(pk=group.authority_id).open_on(today)
    if request.method == "POST":
        wanted = numbers_of(request.POST.getlist("organization"))
        joined, left = set_members(by=user, group=group, organizations=rows.filter(pk__in=wanted), day=today)
        messages.success(
            request,
            f"Состав сохранён: добавлено {joined}, исключено {left}." if joined or left else "Состав не изменился.",
        )
        return redirect("schools:group_detail", pk=pk)
    if group.confidential:
        seen(by=user, what="schools.group", row=group, authority=group.authority_id, title=group.name)
    chosen = set(group.members.filter(valid_to__isnull=True).values_list("organization_id", flat=True))
    context = {"group": group, "organizations": list(rows.order_by("sort_key", "pk")), "chosen": chosen}
    return render(request, "schools/group_members.html", context)


@require_POST
def group_delete(request: HttpRequest, pk: int) -> HttpResponse:
    group = group_for(request, pk, "document.edit")
    try:
        delete_group(by=person(request), group=group)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("schools:group_detail", pk=pk)
    messages.success(request, f"Группа «{group.name}» удалена. В зарегистрированных документах её состав сохранён.")
    return redirect("schools:group_list")
