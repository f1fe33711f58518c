"""States of a task and who may move it where, as one table. Pure; tested as a table.

A move is named by its verb; `roles` says whose it is: «school» answers, «checker» accepts or returns, «giver» withdraws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Who = Literal["school", "checker", "giver"]

OPEN = ("assigned", "acknowledged", "in_work", "returned")


@dataclass(frozen=True)
class Move:
    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: Who
    needs_reason: bool = False


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move("acknowledge", "принято к исполнению", ("assigned",), "acknowledged", "school"),
        Move("begin", "взято в работу", ("assigned", "acknowledged"), "in_work", "school"),
        Move("answer", "отправлен ответ", OPEN, "on_check", "school"),
        Move("decline", "не относится к школе", OPEN, "on_check", "school", needs_reason=True),
        Move("recall", "ответ отозван", ("on_check",), "in_work", "school"),
        Move("accept", "ответ принят", ("on_check",), "done", "checker"),
        Move("return", "ответ возвращён", ("on_check",), "returned", "checker", needs_reason=True),
        Move("accept_paper", "принято на бумаге", OPEN, "done", "checker"),
        Move("agree_not_ours", "согласовано: не относится к школе", ("on_check",), "cancelled", "checker"),
        Move("reopen", "принятие отменено", ("done",), "on_check", "checker", needs_reason=True),
        Move("withdraw", "снято с контроля", ("done",), "withdrawn", "giver"),
        Move("withdraw_undone", "снято без исполнения", (*OPEN, "on_check"), "withdrawn", "giver", needs_reason=True),
        Move("cancel", "отменено", (*OPEN, "on_check"), "cancelled", "giver", needs_reason=True),
    )
}


def can_move(state: str, verb: str) -> bool:
    """Whether the table lets a task in `state` take this verb."""
    return state in MOVES[verb].sources


def refusal(state_label: str, verb: str) -> str:
    """Why not, for a person."""
    return f"Поручение сейчас «{state_label}»: {MOVES[verb].label} — уже нельзя. Обновите страницу."
