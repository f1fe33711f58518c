"""Terms that wait for an event: which there are, what the school year says of them, and the day the office enters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from config import clock
from decisions.actions.events import set_event_day
from decisions.actions.occurrences import entered_terms
from decisions.calendar import OfficeCalendar
from decisions.deadlines.school_terms import due_of_event, resolved
from decisions.enums import DeadlineKind, DocumentState
from decisions.errors import Refused
from decisions.forms import DayField
from decisions.models import Clause
from decisions.models.documents import whole_papers
from decisions.views.gate import clause_for, office_authority, person
from schools.school_year import Span, proposed, school_year_of

PAGE = 40


@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """Clauses of sent documents whose term is an event, those without a day first."""
    user = person(request)
    if not user.may("document.register"):
        raise PermissionDenied
    authority = office_authority(request, "document.register")
    today = clock.today(authority.zone)
    rows = (
        Clause.objects.filter(
            deadline_kind=DeadlineKind.EVENT,
            deadline_due__isnull=True,
            document__state=DocumentState.SENT,
            document__authority__in=user.reach("document.register").authorities,
        )
        .select_related("document__part_of", "event_day")
        .defer(*whole_papers("document"))
        .order_by("event_day__due", "-document__date", "position")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    entered = entered_terms(authority)
    year = school_year_of(today)
    offered: dict[tuple[int, str], Span] = {
        (y, kind): span for y in (year - 1, year, year + 1) for kind, span in proposed(y).items()
    }
    lines: list[tuple[Clause, Any, dt.date | None, bool]] = []
    for clause in page.object_list:
        start = clause.document.date or today
        sure = resolved(clause.deadline_text, after=start, spans=entered)
        day = sure or resolved(clause.deadline_text, after=start, spans={**offered, **entered})
        lines.append((clause, getattr(clause, "event_day", None), day, sure is not None))
    return render(request, "decisions/event_list.html", {"page": page, "lines": lines, "today": today})


@require_POST
def event_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """«ЕГЭ прошёл 28.05»: the day of the event, and the term; an empty term is counted from the printed words."""
    clause = clause_for(request, pk, "document.register")
    field = DayField(required=False)
    try:
        happened = field.clean(request.POST.get("happened", "").strip())
        due = field.clean(request.POST.get("due", "").strip())
        if happened is None and due is None:
            raise Refused("Укажите, когда прошло или пройдёт событие.")
        happened = happened or due
        due = due or due_of_event(clause.deadline_text, happened, OfficeCalendar(clause.document.authority))
        number = set_event_day(by=person(request), clause=clause, happened=happened, due=due)
    except ValidationError as why:
        messages.error(request, why.messages[0])
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"Срок до {due:%d.%m.%Y}: назначен поручениям — {number}.")
    return redirect("decisions:event_list")
