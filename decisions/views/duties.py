"""Duties that come again: what stands, when the next report is due, and the office's word that ends one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions import duties
from decisions.actions.occurrences import Rhythm, end_duty
from decisions.errors import Refused
from decisions.forms import DayField
from decisions.models import Clause, Duty
from decisions.models.documents import whole_papers
from decisions.models.tasks import OPEN_STATES
from decisions.views.gate import office_authority, person

PAGE = 40


@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Standing and repeating duties of the office's documents: rule, next report, who has answered; ended ones apart."""
    user = person(request)
    if not user.may("document.view"):
        raise PermissionDenied
    authority = office_authority(request, "document.view")
    today = clock.today(authority.zone)
    ended = request.GET.get("tab") == "ended"
    gone = Q(ended_on__isnull=False, ended_on__lt=today)
    waiting = Q(clause__assignments__state__in=OPEN_STATES)
    rows = (
        Duty.objects.filter(gone if ended else ~gone)
        .filter(clause__document__authority__in=user.reach("document.view").authorities, clause__document__state="sent")
        .annotate(
            next_due=Min("clause__assignments__effective_due", filter=waiting),
            waiting=Count("clause__assignments__organization", filter=waiting, distinct=True),
            schools=Count(
                "clause__assignments__organization", filter=~Q(clause__assignments__state="cancelled"), distinct=True
            ),
        )
        .select_related("clause__document__part_of", "ended_by__person")
        .defer(*whole_papers("clause__document"))
        .order_by("-ended_on" if ended else "next_due", "clause__document_id", "clause__position")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    rhythm = Rhythm(authority, today)
    context = {
        "page": page,
        "ended": ended,
        "today": today,
        "standing_words": duties.words_of(duties.RHYTHMS[rhythm.standing]),
        "ends": user.reach("task.withdraw").authorities,
    }
    return render(request, "decisions/duty_list.html", context)


@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """«Прекратить»: from which day and why."""
    user = person(request)
    clause = get_object_or_404(Clause.objects.visible_to(user).select_related("document__authority", "duty"), pk=pk)
    if not user.can("task.withdraw", at=clause.document.authority):
        raise PermissionDenied
    typed = request.POST.get("day", "").strip()
    try:
        day = DayField().clean(typed) if typed else clock.today(clause.document.authority.zone)
        number = end_duty(by=user, clause=clause, day=day, reason=request.POST.get("reason", ""))
    except Refused as why:
        messages.error(request, str(why))
    except ValidationError as why:
        messages.error(request, why.messages[0])
    else:
        messages.success(request, f"Обязанность прекращена, снято будущих отчётов: {number}.")
    return redirect("decisions:duty_list")
