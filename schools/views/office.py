"""What the administrator looks after: settings, the plan of reminders, letters; and everybody's own bell."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import clock
from schools import emails
from schools.actions.messages import mark_read, send_again
from schools.actions.settings import save_plan, save_settings
from schools.enums import MessageState
from schools.errors import Refused
from schools.filters import MessageFilter
from schools.forms import SettingsForm
from schools.forms_calendar import PlanForm
from schools.heartbeat import pulse
from schools.mail import Fate
from schools.models import Message, OfficeSettings, ReminderPlan
from schools.sending import probe
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
def plan_edit(request: HttpRequest) -> HttpResponse:
    """When and whom the office reminds."""
    authority = authority_for(request, "settings.manage", "reminders.manage")
    row = ReminderPlan.objects.filter(authority=authority).first() or ReminderPlan(authority=authority)
    form = PlanForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        save_plan(by=person(request), row=form.save(commit=False))
        messages.success(request, "План напоминаний сохранён. Он действует со следующего утра.")
        return redirect("schools:plan_edit")
    context = {"form": form, "authority": authority, "mail_works": emails.mail_works()}
    return render(request, "schools/plan_edit.html", context, status=422 if form.is_bound else 200)


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Letters: when the scheduler ran, what went, what did not and why; without a mail server their text to pass on."""
    user = require(request, "messages.view")
    letters = Message.objects.visible_to(user)
    found = MessageFilter(request.GET, queryset=letters.select_related("user__person"), request=request)
    since = clock.now() - dt.timedelta(days=1)
    totals = letters.aggregate(
        waiting=Count("pk", filter=Q(state=MessageState.WAITING)),
        sent=Count("pk", filter=Q(state=MessageState.SENT, handed_at__gte=since)),
        failed=Count("pk", filter=Q(state=MessageState.FAILED)),
        unknown=Count("pk", filter=Q(state=MessageState.UNKNOWN)),
    )
    context = {
        "page": page_of(request, found.qs.order_by("-created_at", "-pk")),
        "filter": found,
        "filtered": any(request.GET.get(name) for name in ("state", "kind", "q")),
        "mail_works": emails.mail_works(),
        "pulse": pulse(),
        "totals": totals,
        "again": [MessageState.UNKNOWN, MessageState.FAILED],
    }
    return render(request, "schools/message_list.html", context)


@require_POST
def message_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = require(request, "messages.view")
    message = get_object_or_404(Message.objects.visible_to(user), pk=pk)
    try:
        send_again(by=user, message=message)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"Письмо на {message.to} поставлено в очередь ещё раз.")
    return redirect("schools:message_list")


@require_POST
def message_probe(request: HttpRequest) -> HttpResponse:
    """A letter to oneself at once; the page shows what the mail server answered."""
    user = require(request, "messages.view")
    if not user.email:
        messages.error(request, "Сначала укажите свою электронную почту в личных данных.")
    elif not emails.mail_works():
        messages.error(request, "Почтовый сервер не настроен: задайте EMAIL_HOST в настройках установки.")
    else:
        outcome = probe(user=user)
        answer = outcome.answer or "без пояснений"
        if outcome.fate == Fate.SENT:
            messages.success(request, f"Письмо на {user.email} принято. Ответ сервера: {answer}")
        else:
            messages.error(request, f"Письмо на {user.email} не отправлено. Ответ сервера: {answer}")
    return redirect("schools:message_list")


@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    """The bell: what happened that concerns this person, newest first."""
    user = person(request)
    only_new = request.GET.get("new") == "1"
    rows = user.notifications.filter(read_at__isnull=True) if only_new else user.notifications.all()
    page = page_of(request, rows.order_by("-day", "-created_at", "-pk"))
    return render(request, "schools/notification_list.html", {"page": page, "only_new": only_new})


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
