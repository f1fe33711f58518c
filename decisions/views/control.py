"""The office's list of tasks it gave: what every figure of the board opens, and the same as a table."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from config import sheets
from config.sheets import Column
from decisions.filters_tasks import TaskFilter
from decisions.models.documents import whole_papers
from decisions.standing import day_of, words_of
from decisions.views.gate import person

PAGE = 60
MOST_ROWS = 50_000
COLUMNS = (
    Column("Организация", 30),
    Column("Документ", 28),
    Column("Пункт", 9),
    Column("Что сделать", 70),
    Column("Срок", 12, "date"),
    Column("Состояние", 24),
    Column("Просрочено, дней", 12, "whole"),
    Column("Ответ получен", 14, "date"),
    Column("Открыто школой", 16, "moment"),
    Column("Проверяет", 22),
    Column("Рекомендовано", 14),
)


def _filter(request: HttpRequest) -> TaskFilter:
    user = person(request)
    if not user.reach("document.view").authorities:
        raise PermissionDenied
    # the office's calendar is asked only where working days are counted
    office = user.office if request.GET.get("state") == "unseen" else None
    return TaskFilter(request.GET, user=user, day=day_of(office, user.time_zone))


@require_GET
def control_list(request: HttpRequest) -> HttpResponse:
    form = _filter(request)
    rows = (
        form.found()
        .select_related("clause", "document", "organization", "checker__person")
        .defer(*whole_papers("document"))
        .order_by("effective_due", "organization__sort_key", "document_id", "clause__position", "pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    today = form.day.today
    context = {
        "form": form,
        "page": page,
        "rows": [(task, task.is_overdue(today)) for task in page.object_list],
        "today": today,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "query": request.GET.urlencode(),
    }
    return render(request, "decisions/control_list.html", context)


@require_GET
def control_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, whole, with real days and numbers."""
    form = _filter(request)
    today = form.day.today
    tasks = (
        form.found()
        .select_related("clause", "document", "organization", "checker__person")
        .defer(*whole_papers("document"))
        .order_by("organization__sort_key", "effective_due", "document_id", "clause__position", "pk")[:MOST_ROWS]
    )
    rows = [
        (
            str(task.organization),
            task.document.short_title,
            task.clause.shown_number,
            task.clause.text,
            task.effective_due,
            words_of(task, today),
            (today - task.effective_due).days if task.is_overdue(today) and task.effective_due else None,
            task.answered_on,
            timezone.localtime(task.first_seen_at) if task.first_seen_at else None,
            str(task.checker or ""),
            "да" if task.recommended else None,
        )
        for task in tasks
    ]
    notes = (f"Поручения на {today:%d.%m.%Y}", *form.told())
    book = sheets.workbook([sheets.Sheet("Поручения", COLUMNS, rows, notes=notes)])
    response = HttpResponse(book, content_type=sheets.MEDIA)
    response["Content-Disposition"] = content_disposition_header(True, f"Поручения на {today:%d.%m.%Y}.xlsx") or ""
    return response
