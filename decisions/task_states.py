"""States of a task and who may move it where, as one table. Pure; tested as a table over states × moves × roles.

A move is named by its verb. `who` says whose it is:

- «school»: those who answer for the responsible organisation; the answer is theirs alone, a co-executor has none;
- «checker»: the office that checks answers;
- «controller»: on whom the document lays the control («контроль возложить на …»), beside the giver;
- «giver»: who set the date and takes off control, or acts for them (domain.md, section 6.3).

`needs` is what must be given with it: a reason in words, a day, the number and date of an order. Every move leaves a line
of history. A move whose `target` is empty leaves the state as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Who = Literal["school", "checker", "controller", "giver"]
Need = Literal["reason", "day", "order"]
Outcome = Literal["open", "overdue", "waiting", "in_time", "late", "not_done", "dropped", "cancelled"]

OPEN = ("assigned", "acknowledged", "in_work", "returned")
ENDED = ("done", "withdrawn", "cancelled")
LEAST_REASON = 5  # letters: «нет» is not a reason

# The permission each part rests on, asked at the responsible organisation («school») or at the authority (the others).
# A controller is a person named by the document: no permission makes one.
PERMISSION: dict[Who, str] = {"school": "task.answer", "checker": "task.check", "giver": "task.withdraw"}


@dataclass(frozen=True)
class Move:
    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: tuple[Who, ...]
    needs: frozenset[Need] = frozenset()

    @property
    def needs_reason(self) -> bool:
        return "reason" in self.needs


def _move(verb: str, label: str, sources: tuple[str, ...], target: str, who: str, *needs: Need) -> Move:
    return Move(verb, label, sources, target, tuple(who.split()), frozenset(needs))  # type: ignore[arg-type]


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        # the school
        _move("acknowledge", "принято к исполнению", ("assigned",), "acknowledged", "school"),
        _move("begin", "взято в работу", ("assigned", "acknowledged"), "in_work", "school"),
        _move("answer", "отправлен ответ", OPEN, "on_check", "school"),
        _move("decline", "не относится к школе", OPEN, "on_check", "school", "reason"),
        _move("recall", "ответ отозван", ("on_check",), "in_work", "school"),
        _move("explain", "объяснение", OPEN, "", "school", "reason"),
        _move("ask_extension", "попросили продлить срок", OPEN, "", "school", "reason", "day"),
        _move("drop_extension", "просьба о продлении отозвана", (*OPEN, "on_check"), "", "school"),
        # who checks
        _move("accept", "ответ принят", ("on_check",), "done", "checker"),
        _move("return", "ответ возвращён", ("on_check",), "returned", "checker", "reason"),
        _move("accept_paper", "принято на бумаге", OPEN, "done", "checker", "day"),
        _move("agree_not_ours", "согласовано: не относится к школе", ("on_check",), "cancelled", "checker"),
        _move("reopen", "принятие отменено", ("done",), "on_check", "checker", "reason"),
        _move("reopen_paper", "принятие на бумаге отменено", ("done",), "in_work", "checker", "reason"),
        # who controls
        _move("withdraw", "снято с контроля", ("done",), "withdrawn", "controller giver"),
        _move(
            "withdraw_undone", "снято без исполнения", (*OPEN, "on_check"), "withdrawn", "controller giver", "reason"
        ),
        _move("close_undone", "закрыто как не исполненное", OPEN, "withdrawn", "controller giver", "reason"),
        _move("cancel", "отменено", (*OPEN, "on_check"), "cancelled", "giver", "reason"),
        # who set the date
        _move("move_date", "срок перенесён", (*OPEN, "on_check"), "", "giver", "reason", "day"),
        _move("extend", "срок продлён", (*OPEN, "on_check"), "", "giver", "day"),
        _move("extend_higher", "срок продлён вышестоящим", (*OPEN, "on_check"), "", "giver", "day", "order"),
        _move("refuse_extension", "в продлении отказано", (*OPEN, "on_check"), "", "giver", "reason"),
        # the office, when a school is reorganised
        _move("hand_over", "передано правопреемнику", OPEN, "", "checker", "order"),
    )
}
# A date is moved by its own permission: an office may give it without the right to take off control.
MOVES_OF_DATES = frozenset({"move_date", "extend", "extend_higher", "refuse_extension"})


def can_move(state: str, verb: str) -> bool:
    """Whether the table lets a task in `state` take this verb."""
    return state in MOVES[verb].sources


def permission_of(verb: str, who: Who) -> str:
    """The permission that makes somebody `who` for this verb; empty for a controller, who is named by the document."""
    if verb in MOVES_OF_DATES and who == "giver":
        return "task.move"
    return PERMISSION.get(who, "")


def moves_from(state: str, roles: Collection[str]) -> list[str]:
    """The verbs open to somebody who is any of `roles` for a task in `state`."""
    return [verb for verb, move in MOVES.items() if state in move.sources and set(move.who) & set(roles)]


def missing(verb: str, *, reason: str = "", day: dt.date | None = None, order: str = "") -> str:
    """What the move still needs, as a sentence for a person; empty when everything is there."""
    move = MOVES[verb]
    if "reason" in move.needs and len(reason.strip()) < LEAST_REASON:
        return REASON_WORDS.get(verb, "Напишите причину: она останется в истории поручения.")
    if "day" in move.needs and day is None:
        return "Укажите дату."
    if "order" in move.needs and not order.strip():
        return ORDER_WORDS.get(verb, "Укажите номер и дату приказа.")
    return ""


REASON_WORDS = {
    "decline": "Напишите, почему поручение не относится к школе.",
    "explain": "Напишите объяснение: почему поручение не исполнено и что делается.",
    "ask_extension": "Напишите, почему срок нужно продлить: без причины просьбу не рассмотрят.",
    "return": "Напишите, что исправить: без этого школа не поймёт, чего от неё ждут.",
    "withdraw_undone": "Чтобы снять с контроля неисполненное поручение, укажите причину.",
    "close_undone": "Напишите, почему поручение закрывается как не исполненное.",
    "cancel": "Напишите, почему поручение отменяется.",
    "move_date": "Напишите, почему переносится срок: причину увидит школа.",
    "refuse_extension": "Напишите, почему в продлении отказано: школа увидит ответ.",
    "reopen": "Напишите, почему принятие отменяется: школа это увидит.",
    "reopen_paper": "Напишите, почему принятие отменяется: школа это увидит.",
}
ORDER_WORDS = {
    "extend_higher": (
        "Срок назначен вышестоящим органом. Укажите документ, которым он согласился на продление: номер и дату."
    ),
    "hand_over": "Укажите приказ о реорганизации: номер и дату.",
}


def refusal(state_label: str, verb: str) -> str:
    """Why not, for a person."""
    return f"Поручение сейчас «{state_label}»: {MOVES[verb].label} — уже нельзя. Обновите страницу."


def outcome(
    state: str,
    *,
    today: dt.date,
    due: dt.date | None,
    answered_on: dt.date | None,
    controlled: bool = True,
    not_done: bool = False,
) -> Outcome:
    """How a task stands or ended; never stored. The day of the answer decides «в срок», not the day of its check.

    `due` is the effective day; `controlled` is false for what is recommended or needs no report: it is never late.
    """
    if state == "cancelled":
        return "cancelled"
    if state == "withdrawn" and not_done:
        return "not_done"
    if state in ("done", "withdrawn", "on_check"):
        if answered_on is None:
            return "dropped"
        if controlled and due is not None and answered_on > due:
            return "late"
        return "waiting" if state == "on_check" else "in_time"
    return "overdue" if controlled and due is not None and due < today else "open"


OUTCOME_WORDS: dict[Outcome, str] = {
    "open": "в работе",
    "overdue": "просрочено",
    "waiting": "на проверке",
    "in_time": "исполнено",
    "late": "исполнено с нарушением срока",
    "not_done": "не исполнено",
    "dropped": "снято без исполнения",
    "cancelled": "отменено",
}
