"""Who may move a task where: the whole table of states × moves × roles, written out so that a methodist can check it."""

from __future__ import annotations

import datetime as dt

import pytest

from decisions import task_states
from decisions.enums import TaskState
from decisions.extension_rules import HigherTerm, bound_of, is_late, upward_words, wrong_day, wrong_move

D = dt.date
# state → what a school, a checker, a controller and a giver may do with a task in it
ALLOWED = {
    "assigned": {
        "school": "acknowledge begin answer decline explain ask_extension drop_extension",
        "checker": "accept_paper hand_over",
        "controller": "withdraw_undone close_undone",
        "giver": "withdraw_undone close_undone cancel move_date extend extend_higher refuse_extension",
    },
    "acknowledged": {
        "school": "begin answer decline explain ask_extension drop_extension",
        "checker": "accept_paper hand_over",
        "controller": "withdraw_undone close_undone",
        "giver": "withdraw_undone close_undone cancel move_date extend extend_higher refuse_extension",
    },
    "in_work": {
        "school": "answer decline explain ask_extension drop_extension",
        "checker": "accept_paper hand_over",
        "controller": "withdraw_undone close_undone",
        "giver": "withdraw_undone close_undone cancel move_date extend extend_higher refuse_extension",
    },
    "returned": {
        "school": "answer decline explain ask_extension drop_extension",
        "checker": "accept_paper hand_over",
        "controller": "withdraw_undone close_undone",
        "giver": "withdraw_undone close_undone cancel move_date extend extend_higher refuse_extension",
    },
    "on_check": {
        "school": "recall drop_extension",
        "checker": "accept return agree_not_ours",
        "controller": "withdraw_undone",
        "giver": "withdraw_undone cancel move_date extend extend_higher refuse_extension",
    },
    "done": {"school": "", "checker": "reopen reopen_paper", "controller": "withdraw", "giver": "withdraw"},
    "withdrawn": {"school": "", "checker": "", "controller": "", "giver": ""},
    "cancelled": {"school": "", "checker": "", "controller": "", "giver": ""},
}


def test_the_table_speaks_of_every_state() -> None:
    assert set(ALLOWED) == set(TaskState.values)


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("role", ["school", "checker", "controller", "giver"])
def test_everybody_may_do_what_the_table_says_and_nothing_else(state: str, role: str) -> None:
    assert set(task_states.moves_from(state, {role})) == set(ALLOWED[state][role].split())


def test_a_co_executor_or_a_curator_moves_nothing() -> None:
    assert [task_states.moves_from(state, set()) for state in TaskState.values] == [[]] * len(TaskState.values)


def test_every_move_leads_to_a_known_state_and_fits_its_column() -> None:
    for move in task_states.MOVES.values():
        assert set(move.sources) <= set(TaskState.values)
        assert move.target in {"", *TaskState.values}
        assert len(move.label) <= 60


@pytest.mark.parametrize(
    ("verb", "given", "lacks"),
    [
        ("answer", {}, ""),
        ("decline", {"reason": "нет"}, "не относится"),
        ("return", {"reason": "  "}, "что исправить"),
        ("withdraw_undone", {"reason": ""}, "причину"),
        ("ask_extension", {"reason": "Педагог болен"}, "дату"),
        ("ask_extension", {"reason": "Педагог болен", "day": D(2026, 4, 1)}, ""),
        ("extend_higher", {"day": D(2026, 4, 1)}, "вышестоящим"),
        ("extend_higher", {"day": D(2026, 4, 1), "order": "письмо № 5 от 01.03.2026"}, ""),
        ("hand_over", {"order": " "}, "приказ о реорганизации"),
    ],
)
def test_a_move_says_what_it_still_needs(verb: str, given: dict, lacks: str) -> None:  # type: ignore[type-arg]
    said = task_states.missing(verb, **given)
    assert (said == "") if not lacks else (lacks in said)


@pytest.mark.parametrize(
    ("state", "answered", "not_done", "outcome"),
    [
        ("assigned", None, False, "overdue"),
        ("returned", D(2026, 3, 30), False, "overdue"),
        ("on_check", D(2026, 4, 1), False, "waiting"),
        ("on_check", D(2026, 4, 2), False, "late"),
        ("done", D(2026, 4, 1), False, "in_time"),  # checked on the tenth, answered on the day
        ("done", D(2026, 4, 2), False, "late"),
        ("withdrawn", D(2026, 4, 1), False, "in_time"),
        ("withdrawn", None, False, "dropped"),
        ("withdrawn", None, True, "not_done"),
        ("cancelled", None, False, "cancelled"),
    ],
)
def test_the_day_of_the_answer_decides(state: str, answered: D | None, not_done: bool, outcome: str) -> None:
    said = task_states.outcome(state, today=D(2026, 4, 10), due=D(2026, 4, 1), answered_on=answered, not_done=not_done)
    assert said == outcome


def test_what_is_recommended_is_never_late() -> None:
    said = task_states.outcome("assigned", today=D(2026, 4, 10), due=D(2026, 4, 1), answered_on=None, controlled=False)
    assert said == "open"


@pytest.mark.parametrize(("asked", "late"), [(D(2026, 3, 27), False), (D(2026, 3, 28), True), (D(2026, 4, 2), True)])
def test_a_request_is_late_after_the_cut_off(asked: D, late: bool) -> None:
    assert is_late(asked, D(2026, 4, 1), 5) is late


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (D(2026, 4, 1), "не позже прежнего"),
        (D(2026, 3, 1), "не позже прежнего"),
        (D(2026, 4, 5), "уже прошёл"),
        (D(2062, 4, 5), "Проверьте год"),
        (D(2026, 4, 20), ""),
    ],
)
def test_an_extension_is_later_than_the_term_and_not_past(new: D, said: str) -> None:
    found = wrong_day(new, due=D(2026, 4, 1), today=D(2026, 4, 10))
    assert (found == "") if not said else (said in found)


def test_the_giver_may_bring_a_term_nearer_but_not_into_the_past() -> None:
    assert wrong_move(D(2026, 4, 11), today=D(2026, 4, 10)) == ""
    assert "прошёл" in wrong_move(D(2026, 4, 9), today=D(2026, 4, 10))


def test_a_task_is_bound_by_the_nearest_higher_term_not_before_its_own() -> None:
    terms = [
        HigherTerm(D(2026, 3, 1), "первый"),
        HigherTerm(D(2026, 5, 1), "второй"),
        HigherTerm(D(2026, 9, 1), "третий"),
    ]
    bound = bound_of(D(2026, 4, 1), terms)
    assert bound is not None and bound.document == "второй"
    assert bound_of(D(2026, 12, 1), terms) is None
    assert bound_of(None, terms) is None


def test_the_words_upward_name_the_paper_the_day_and_the_reason() -> None:
    words = upward_words(
        HigherTerm(D(2026, 5, 1), "Приказ № 7 от 01.02.2026"),
        clause="2.1",
        document="Протокол № 4",
        wanted=D(2026, 6, 1),
        reason="идёт ремонт.",
    )
    assert "Приказ № 7" in words and "до 01.05.2026" in words and "до 01.06.2026" in words and "идёт ремонт. " in words
