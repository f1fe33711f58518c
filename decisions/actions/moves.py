"""The one door through which a task changes its state: locks, the table of moves, who may, what is needed, history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from config import clock
from decisions import task_states
from decisions.enums import RequestState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, AssignmentEvent, ExecutionReport, ExtensionRequest
from decisions.models.documents import whole_papers
from schools.models import Organization, Position, User

NOT_YOURS = {
    "school": "Это действие школы, которой поручено.",
    "checker": "Это действие того, кто проверяет ответы.",
    "controller": "С контроля снимает тот, на кого возложен контроль, или начальник управления.",
    "giver": "Это действие начальника управления: он назначает сроки и снимает с контроля.",
}


def hold(assignments: Sequence[Assignment]) -> list[Assignment]:
    """The rows, locked in one order so that two people cannot block each other."""
    return list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(pk__in=[a.pk for a in assignments])
        .select_related("organization__authority", "organization__successor", "document", "clause", "checker")
        .defer(*whole_papers("document"))
        .order_by("pk")
    )


def parts_of(user: User, row: Assignment, verb: str) -> set[task_states.Who]:
    """Who the user is for this task: any of «school», «checker», «controller», «giver»."""
    found: set[task_states.Who] = set()
    own = user.reach(task_states.permission_of(verb, "school"))
    if row.organization_id in own.organizations:
        found.add("school")
    for who in ("checker", "giver"):
        if row.authority_id in user.reach(task_states.permission_of(verb, who)).authorities:  # type: ignore[arg-type]
            found.add(who)  # type: ignore[arg-type]
    if row.controller_id == user.pk:
        found.add("controller")
    return found


def may_do(user: User, row: Assignment, verb: str) -> bool:
    """Whether the table lets this person do this now: what a button asks."""
    move = task_states.MOVES[verb]
    return row.state in move.sources and bool(set(move.who) & parts_of(user, row, verb))


def may_move(row: Assignment, verb: str, *, by: User) -> None:
    """Raises `Conflict` when the state forbids the move, `Refused` when it is somebody else's."""
    if not task_states.can_move(row.state, verb):
        raise Conflict(task_states.refusal(row.get_state_display(), verb))
    move = task_states.MOVES[verb]
    if not set(move.who) & parts_of(by, row, verb):
        raise Refused(NOT_YOURS[move.who[0]])


def move(
    row: Assignment,
    verb: str,
    *,
    by: User,
    reason: str = "",
    day: dt.date | None = None,
    order: str = "",
    report: ExecutionReport | None = None,
    note: str = "",
) -> Assignment:
    """Moves a held row by the table and leaves a line of history; `note` is what the line says beside the reason."""
    event = _moved(row, verb, by=by, reason=reason, day=day, order=order, report=report, note=note)
    row.save()
    event.save()
    if row.state in task_states.ENDED:
        _moot([row], by=by)
    return row


# What a move and the action around it may change in a row.
MOVED_COLUMNS = (
    "state",
    "version",
    "answered_on",
    "last_remark",
    "closed_on",
    "not_done",
    "first_seen_at",
)


def move_all(
    rows: Sequence[Assignment],
    verb: str,
    *,
    by: User,
    reason: str = "",
    day: dt.date | None = None,
    reports: dict[int, ExecutionReport] | None = None,
) -> None:
    """The same move of many held rows, each checked by itself, written by a few queries; `reports` by the task's id."""
    reports = reports or {}
    events = [_moved(row, verb, by=by, reason=reason, day=day, report=reports.get(row.pk)) for row in rows]
    Assignment.objects.bulk_update(rows, MOVED_COLUMNS, batch_size=200)
    AssignmentEvent.objects.bulk_create(events)
    _moot([row for row in rows if row.state in task_states.ENDED], by=by)


def _moved(
    row: Assignment,
    verb: str,
    *,
    by: User,
    reason: str = "",
    day: dt.date | None = None,
    order: str = "",
    report: ExecutionReport | None = None,
    note: str = "",
) -> AssignmentEvent:
    """Checks the move and makes it on the row in hand; the line of history to be written with it."""
    may_move(row, verb, by=by)
    lacks = task_states.missing(verb, reason=reason, day=day, order=order)
    if lacks:
        raise Refused(lacks)
    entry = task_states.MOVES[verb]
    row.state = entry.target or row.state
    row.version += 1
    return AssignmentEvent(
        assignment=row,
        by=by,
        kind=entry.label,
        state=row.state,
        comment=sentences(note, reason, order),
        report=report,
        acting=acting_words(by, row.organization_id),
    )


def _moot(rows: Sequence[Assignment], *, by: User) -> None:
    """Requests to extend what has ended need no decision any more."""
    if rows:
        ExtensionRequest.objects.filter(assignment__in=rows, state=RequestState.WAITING).update(
            state=RequestState.MOOT, decided_by=by, decided_at=clock.now()
        )


def sentences(*parts: str) -> str:
    """Parts as sentences one after another, each with one full stop between."""
    words = [part.strip() for part in parts if part.strip()]
    return " ".join(
        one if index == len(words) - 1 or one[-1] in ".!?…" else f"{one}." for index, one in enumerate(words)
    )


def acting_words(user: User, organization_id: int) -> str:
    """«исполняет обязанности руководителя, приказ № 12 от 01.03.2026» when the person acts today; else empty."""
    words: dict[int, str] | None = user.__dict__.get("_acting")
    if words is None:
        posts = Position.objects.held_on(clock.today()).filter(person=user.person_id, acting=True).order_by("pk")
        words = user.__dict__["_acting"] = {
            post.organization_id: f"исполняет обязанности руководителя, {post.basis}"[:300]
            for post in (posts if user.person_id else ())
        }
    return words.get(organization_id, "")


def refuse_closed(organization: Organization) -> None:
    """A closed school answers no more: its successor does."""
    closed = organization.closed
    if closed is None or closed > clock.today(organization.zone):
        return
    heir = f" Отвечает правопреемник: {organization.successor}." if organization.successor else ""
    raise Refused(
        f"«{organization}» закрыта с {closed:%d.%m.%Y}: ответы от неё не принимаются.{heir} "
        "Если это ошибка реестра, сообщите в управление образования."
    )


def place_of(row: Assignment) -> str:
    """«Протокол № 4 от 10.03.2026, п. 2.1»"""
    number = row.clause.shown_number
    return f"{row.document.short_title}, п. {number}" if number else row.document.short_title
