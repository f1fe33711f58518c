"""People: the list, a person's page, posts, accounts, dated roles, invitations and one-time codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from config.numbers import numbers_of
from schools.actions import people
from schools.actions.invitations import enter_person, handed_out, invite, issue_codes, waiting_directors
from schools.emails import mail_works
from schools.enums import OrganizationKind
from schools.errors import Refused
from schools.filters import PersonFilter
from schools.forms import EndForm, InviteForm, PersonForm, PositionForm, RoleForm
from schools.models import Membership, Organization, Person, Position, User
from schools.views.gate import authority_for, page_of, person, person_for, require, stands_in_reach

LOOK = ("people.manage", "people.view", "people.invite")
CHANGE = ("people.manage", "people.invite")


def _places(user: User) -> Any:
    """Organisations where this user may enter people, in order."""
    authorities: set[int] = set()
    ministries: set[int] = set()
    for permission in CHANGE:
        reach = user.reach(permission)
        authorities |= reach.authorities
        ministries |= reach.ministries
    rows = Organization.objects.filter(Q(authority__in=authorities) | Q(pk__in=ministries), closed__isnull=True)
    return rows.order_by("sort_key", "pk")


def _roles(user: User) -> list[str]:
    """Roles this user may give somewhere; where exactly is checked for the chosen organisation."""
    found: dict[str, None] = {}
    for organization in _samples(user):
        found |= dict.fromkeys(people.grantable_roles(user, organization))
    return list(found)


def _samples(user: User) -> list[Organization]:
    rows = _places(user)
    office = rows.filter(kind__in=[OrganizationKind.AUTHORITY, OrganizationKind.MINISTRY]).first()
    plain = rows.exclude(kind__in=[OrganizationKind.AUTHORITY, OrganizationKind.MINISTRY]).first()
    return [row for row in (office, plain) if row is not None]


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody of the organisations the office sees: post, telephone, whether they come in."""
    user = require(request, *LOOK)
    today = clock.today(user.zone)
    authorities = frozenset().union(*(user.reach(name).authorities for name in LOOK))
    ministries = frozenset().union(*(user.reach(name).ministries for name in LOOK))
    posts = Position.objects.held_on(today).select_related("organization").heads_first()
    roles = Membership.objects.held_on(today).select_related("organization").order_by("pk")
    scope = Organization.objects.filter(Q(authority__in=authorities) | Q(pk__in=ministries))
    rows = (
        Person.objects.filter(Q(positions__organization__in=scope) | Q(user__memberships__organization__in=scope))
        .distinct()
        .select_related("user")
        .prefetch_related(
            Prefetch("positions", queryset=posts, to_attr="posts"),
            Prefetch("user__memberships", queryset=roles, to_attr="roles"),
        )
        .order_by("last_name", "first_name", "patronymic", "pk")
    )
    found = PersonFilter(request.GET, queryset=rows, request=request)
    context = {
        "page": page_of(request, found.qs),
        "filter": found,
        "filtered": any(request.GET.get(name) for name in ("q", "role", "account")),
        "may_invite": any(user.may(name) for name in CHANGE),
    }
    return render(request, "schools/person_list.html", context)


@require_GET
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, account, roles, and what may be done with them."""
    user = person(request)
    row = person_for(request, pk)
    return render(request, "schools/person_detail.html", _person_page(user, row))


def _person_page(user: User, row: Person, **extra: Any) -> dict[str, Any]:
    today = clock.today(user.zone)
    account = getattr(row, "user", None)
    may_change = any(stands_in_reach(user, row, name) for name in CHANGE)
    may_look = may_change or any(stands_in_reach(user, row, name) for name in LOOK)
    members = list(account.memberships.select_related("organization").order_by("-pk")) if account and may_look else []
    places = _places(user) if may_change else Organization.objects.none()
    return {
        "row": row,
        "account": account if may_look else None,
        "may_look": may_look,
        "may_change": may_change,
        "may_account": bool(account) and may_change and people.may_manage_account(user, account),
        "posts": list(
            row.positions.filter(organization__in=Organization.objects.visible_to(user))
            .select_related("organization")
            .heads_first()
        ),
        "members": members,
        "mail_works": mail_works(),
        "position_form": PositionForm(organizations=places, prefix="position"),
        "role_form": RoleForm(organizations=places, roles=_roles(user) if may_change else [], prefix="role"),
        "end_form": EndForm(initial={"day": today}),
        "invited": account.invitations.filter(used_at__isnull=True).order_by("-pk").first()
        if account and may_look
        else None,
        **extra,
    }


@require_http_methods(["GET", "POST"])
def person_create(request: HttpRequest) -> HttpResponse:
    """A new person with a post and, when wanted, an account and an invitation in the same step."""
    user = require(request, *CHANGE)
    initial = {"organization": request.GET.get("organization")}
    form = InviteForm(request.POST or None, organizations=_places(user), roles=_roles(user), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row, path = enter_person(by=user, **form.cleaned_data)
        except Refused as why:
            form.add_error("role", str(why))
        else:
            _tell_invited(request, row, path)
            return redirect("schools:person_detail", pk=row.pk)
    return render(request, "schools/person_create.html", {"form": form}, status=422 if form.is_bound else 200)


def _tell_invited(request: HttpRequest, row: Person, path: str) -> None:
    if not path:
        messages.success(request, f"{row.surname_first}: сведения сохранены, учётной записи нет.")
    elif row.email and mail_works():
        messages.success(request, f"Приглашение отправляется на {row.email}.")
    else:
        link = request.build_absolute_uri(path)
        messages.success(request, f"Передайте приглашение лично, ссылка действует 14 дней: {link}")


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    row = person_for(request, pk, *CHANGE)
    account = getattr(row, "user", None)
    if account is not None and not people.may_manage_account(user, account) and account.pk != user.pk:
        raise PermissionDenied
    form = PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        place = row.positions.select_related("organization").first()
        people.save_person(by=user, row=form.save(commit=False), organization=place.organization if place else None)
        messages.success(request, "Сохранено.")
        return redirect("schools:person_detail", pk=row.pk)
    return render(request, "schools/person_edit.html", {"form": form, "row": row}, status=422 if form.is_bound else 200)


@require_POST
def position_create(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    row = person_for(request, pk, *CHANGE)
    form = PositionForm(request.POST, organizations=_places(user), prefix="position", instance=Position(person=row))
    if not form.is_valid():
        context = _person_page(user, row, position_form=form, open_dialog="dialog-position")
        return render(request, "schools/person_detail.html", context, status=422)
    post = form.save(commit=False)
    people.save_position(by=user, row=post)
    messages.success(request, f"Должность добавлена.{_next_step(user, row, post)}")
    return redirect("schools:person_detail", pk=row.pk)


def _next_step(user: User, row: Person, post: Position) -> str:
    """A post is not yet a way in: what is left to do for the person to act here by the program."""
    account = getattr(row, "user", None)
    if account is None:
        return " Входа в программу у человека нет: пригласите его со страницы «Сотрудники»."
    days = [day for day in (clock.today(user.zone), post.valid_from) if day]
    if account.memberships.held_on(max(days)).filter(organization=post.organization).exists():
        return ""
    return f" Роли здесь ещё нет ({post.organization}): чтобы человек работал от её имени, нажмите «Дать роль» и укажите те же дни."


@require_POST
def position_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    rows = Position.objects.filter(organization__in=Organization.objects.visible_to(user)).select_related(
        "organization", "person"
    )
    position = get_object_or_404(rows, pk=pk)
    if not any(user.can(name, at=position.organization) for name in CHANGE):
        raise PermissionDenied
    form = EndForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: people.end_position(by=user, position=position, day=form.cleaned_data["day"]),
            "Должность закрыта.",
        )
    else:
        messages.error(request, "Укажите последний день на должности.")
    return redirect("schools:person_detail", pk=position.person_id)


@require_POST
def membership_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for the person; the account is opened with the first one."""
    user = person(request)
    row = person_for(request, pk, *CHANGE)
    form = RoleForm(request.POST, organizations=_places(user), roles=_roles(user), prefix="role")
    if form.is_valid():
        try:
            people.give_first_role(by=user, person=row, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Роль добавлена.")
            return redirect("schools:person_detail", pk=row.pk)
    context = _person_page(user, row, role_form=form, open_dialog="dialog-role")
    return render(request, "schools/person_detail.html", context, status=422)


@require_POST
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    rows = Membership.objects.filter(organization__in=Organization.objects.visible_to(user)).select_related(
        "organization", "user__person"
    )
    member = get_object_or_404(rows, pk=pk)
    if not any(user.can(name, at=member.organization) for name in CHANGE):
        raise PermissionDenied
    form = EndForm(request.POST)
    if form.is_valid():
        _try(
            request, lambda: people.end_role(by=user, membership=member, day=form.cleaned_data["day"]), "Роль закрыта."
        )
    else:
        messages.error(request, "Укажите последний день роли.")
    return (
        redirect("schools:person_detail", pk=member.user.person_id)
        if member.user.person_id
        else redirect("schools:person_list")
    )


def _account_for(request: HttpRequest, pk: int) -> User:
    """The account of a person, where this user may open, close and invite."""
    user = person(request)
    row = person_for(request, pk, *CHANGE)
    account = get_object_or_404(User.objects.select_related("person"), person=row)
    if not people.may_manage_account(user, account):
        raise PermissionDenied
    return account


@require_POST
def invitation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a (new) link to set a password; without mail the administrator sees the link."""
    account = _account_for(request, pk)
    try:
        path = invite(by=person(request), user=account)
    except Refused as why:
        messages.error(request, str(why))
    else:
        assert account.person is not None
        _tell_invited(request, account.person, path)
    return redirect("schools:person_detail", pk=pk)


@require_POST
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account_for(request, pk)
    _try(
        request,
        lambda: people.set_account_open(by=person(request), user=account, is_open=True),
        "Учётная запись открыта.",
    )
    return redirect("schools:person_detail", pk=pk)


@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account_for(request, pk)
    _try(
        request,
        lambda: people.set_account_open(by=person(request), user=account, is_open=False),
        "Учётная запись закрыта: войти по ней больше нельзя.",
    )
    return redirect("schools:person_detail", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def code_list(request: HttpRequest) -> HttpResponse:
    """One-time codes for the directors who have not come in yet, as a sheet to print and cut.

    Offered are those who hold no code or link that works: a new one makes the slip in their hands useless. The codes are
    made by the POST and shown in its answer only: they are kept nowhere.
    """
    authority = authority_for(request, *CHANGE)
    waiting = waiting_directors(authority)
    chosen = numbers_of(request.POST.getlist("member"))
    if request.method == "GET" or not chosen:
        if request.method == "POST":
            messages.error(request, "Отметьте, кому сделать коды.")
        out = handed_out(waiting)
        rows = [(member, out.get(member.user_id)) for member in waiting]
        context = {"authority": authority, "waiting": rows, "codes": None, "all_have": len(out) == len(rows)}
        return render(request, "schools/code_list.html", context)
    codes = issue_codes(by=person(request), authority=authority, members=[m for m in waiting if m.pk in chosen])
    address = request.build_absolute_uri("/").rstrip("/")
    context = {"authority": authority, "codes": codes, "waiting": [], "address": address}
    return render(request, "schools/code_list.html", context)


def _try(request: HttpRequest, action: Any, done: str) -> None:
    """Runs one action and says how it went."""
    try:
        action()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
