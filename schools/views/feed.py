"""The personal calendar address: its page, and the calendar itself, which a phone or Outlook reads without logging in."""

from __future__ import annotations

import datetime as dt
import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from config import clock, slots
from schools.actions.addresses import renew_address, revoke_address
from schools.ical import calendar_of
from schools.models import CalendarAddress
from schools.views.gate import person

BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=550)
MAX_AGE = 15 * 60
READS_AN_HOUR = 120
NAME = "Сроки: Решения и школы"


@require_GET
def calendar_address(request: HttpRequest) -> HttpResponse:
    """How to see one's terms in a telephone or Outlook, and whether an address is in force."""
    row = person(request).calendar_addresses.filter(revoked_at__isnull=True).first()
    return render(request, "schools/calendar_address.html", {"row": row, "link": ""})


@never_cache
@require_POST
def calendar_address_renew(request: HttpRequest) -> HttpResponse:
    """Makes a new address and shows it this once: only its hash is kept."""
    user = person(request)
    path = reverse("schools:calendar_feed", args=[renew_address(by=user)])
    row = user.calendar_addresses.filter(revoked_at__isnull=True).first()
    link = settings.SITE_URL.rstrip("/") + path
    return render(request, "schools/calendar_address.html", {"row": row, "link": link})


@require_POST
def calendar_address_revoke(request: HttpRequest) -> HttpResponse:
    if revoke_address(by=person(request)):
        messages.success(request, "Адрес календаря отозван: по нему больше ничего не видно.")
    else:
        messages.info(request, "Действующего адреса не было.")
    return redirect("schools:calendar_address")


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person whose secret this is; an unknown, revoked or closed one is 404."""
    key = CalendarAddress.hash_of(secret[:200])
    row = (
        CalendarAddress.objects.filter(secret_hash=key, revoked_at__isnull=True, user__is_active=True)
        .select_related("user__person")
        .first()
    )
    if row is None:
        raise Http404
    if _too_often(key):
        answer = HttpResponse(
            "Слишком частые обращения. Повторите через час.", status=429, content_type="text/plain; charset=utf-8"
        )
        answer["Retry-After"] = "3600"
        return answer
    today = clock.today(row.user.zone)
    events = [
        event for source in slots.calendar_sources for event in source.events(row.user, today - BACK, today + AHEAD)
    ]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    body = calendar_of(events, name=NAME, site=settings.SITE_URL, host=host)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if etag in [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="sroki.ics"'
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, private=True, max_age=MAX_AGE)
    return answer


def _too_often(key: str) -> bool:
    """More than a hundred or so reads an hour of one address, as this process counts them."""
    name = f"schools.feed.{key[:32]}"
    cache.add(name, 0, 3600)
    try:
        return cache.incr(name) > READS_AN_HOUR
    except ValueError:
        return False
