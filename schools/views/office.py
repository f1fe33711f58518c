"""What the administrator looks after: settings, the calendar, letters; and everybody's own bell."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from schools import emails
from schools.actions.messages import mark_read, send_again
from schools.actions.settings import drop_calendar_day, save_settings, set_calendar_day
from schools.enums import MessageState
from schools.errors import Refused
from schools.filters import MessageFilter
from schools.forms import CalendarDayForm, SettingsForm
from schools.models import CalendarDay, Message, OfficeSettings, SenderLease, User
from schools.views.gate import authority_for, page_of, person, require


@require_http_methods(["GET", "POST"])
def settings_edit(request: HttpRequest) -> HttpResponse:
    """What one authority sets for itself."""
    authority = authority_for(request, "settings.manage")
    row = OfficeSettings.objects.filter(authority=authority).first() or OfficeSettings(authority=authority)
    form = SettingsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        save_settings(by=person(request), row=form.save(commit=False))
        messages.success(request, "Настройки сохранены.")
        return redirect("schools:settings_edit")
    context = {"form": form, "authority": authority, "mail_works": emails.mail_works()}
    return render(request, "schools/settings_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def calendar_day_list(request: HttpRequest) -> HttpResponse:
    """Days that the office counts otherwise than the common production calendar."""
    authority = authority_for(request, "settings.manage")
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_calendar_day(
            by=person(request), authority=authority, day=data["day"], working=data["kind"] == "work", name=data["name"]
        )
        messages.success(
            request, f"{data['day']:%d.%m.%Y} теперь {form.fields['kind'].choices[data['kind'] == 'work'][1]} день."
        )
        return redirect("schools:calendar_day_list")
    rows = CalendarDay.objects.filter(Q(authority=authority) | Q(authority__isnull=True)).order_by("-day", "pk")
    context = {"form": form, "page": page_of(request, rows), "authority": authority}
    return render(request, "schools/calendar_day_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def calendar_day_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = require(request, "settings.manage")
    row = get_object_or_404(CalendarDay, pk=pk, authority__in=user.reach("settings.manage").authorities)
    drop_calendar_day(by=user, row=row)
    messages.success(request, f"{row.day:%d.%m.%Y} снова считается по общему календарю.")
    return redirect("schools:calendar_day_list")


def _letters(user: User) -> object:
    reach = user.reach("messages.view")
    return Message.objects.filter(
        Q(user__memberships__organization__authority__in=reach.authorities)
        | Q(user__memberships__organization__in=reach.ministries)
    ).distinct()


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Letters: what went, what did not, and without a mail server their text, to pass on by hand."""
    user = require(request, "messages.view")
    rows = _letters(user).select_related("user__person").order_by("-created_at", "-pk")  # type: ignore[attr-defined]
    found = MessageFilter(request.GET, queryset=rows, request=request)
    lease = SenderLease.objects.filter(name="messages").first()
    context = {
        "page": page_of(request, found.qs),
        "filter": found,
        "filtered": bool(request.GET.get("state")),
        "mail_works": emails.mail_works(),
        "last_run": lease.last_run if lease else None,
        "again": [MessageState.UNKNOWN, MessageState.FAILED],
    }
    return render(request, "schools/message_list.html", context)


@require_POST
def message_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = require(request, "messages.view")
    message = get_object_or_404(_letters(user), pk=pk)  # type: ignore[type-var]
    try:
        send_again(by=user, message=message)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"Письмо на {message.to} поставлено в очередь ещё раз.")
    return redirect("schools:message_list")


@require_POST
def message_probe(request: HttpRequest) -> HttpResponse:
    """A letter to oneself, to see whether the mail server takes it."""
    user = require(request, "messages.view")
    if not user.email:
        messages.error(request, "Сначала укажите свою электронную почту в личных данных.")
    else:
        emails.probe(user=user)
        messages.success(request, f"Пробное письмо на {user.email} поставлено в очередь.")
    return redirect("schools:message_list")


@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    """The bell: what happened that concerns this person, newest first."""
    user = person(request)
    page = page_of(request, user.notifications.order_by("-created_at", "-pk"))
    return render(request, "schools/notification_list.html", {"page": page})


@require_POST
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one item as read and goes where it leads."""
    row = get_object_or_404(person(request).notifications, pk=pk)
    mark_read(rows=person(request).notifications.filter(pk=row.pk))
    if row.url and url_has_allowed_host_and_scheme(row.url, {request.get_host()}):
        return redirect(row.url)
    return redirect("schools:notification_list")


@require_POST
def notification_read(request: HttpRequest) -> HttpResponse:
    """Marks everything that had come by now as read."""
    rows = person(request).notifications.filter(created_at__lte=clock.now())
    mark_read(rows=rows)
    return redirect("schools:notification_list")
