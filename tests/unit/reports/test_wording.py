"""Sentences made of figures agree with them, whatever the figures are."""

from decimal import Decimal

import pytest

from reports import wording as w

S = "\u00a0"


def plain(text: str) -> str:
    return text.replace(S, " ")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("41.5", "41,5"),
        ("41.50", "41,5"),
        ("40.00", "40"),
        ("12.25", "12,3"),
        ("12.349", "12,3"),
        ("0.05", "0,1"),
        ("0.04", "0"),
        ("-0.04", "0"),
        ("-3.2", "−3,2"),
        ("1032", "1 032"),
        ("1234567.8", "1 234 567,8"),
    ],
)
def test_numbers_are_rounded_half_up_with_a_comma(value: str, said: str) -> None:
    assert plain(w.number(Decimal(value))) == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("10.1", "12.4", "выросла на 2,3 п.п. (с 10,1 % до 12,4 %)"),
        ("12.4", "10.1", "снизилась на 2,3 п.п. (с 12,4 % до 10,1 %)"),
        ("10.12", "10.14", "не изменилась (10,1 %)"),
        ("10.04", "10.05", "выросла на 0,1 п.п. (с 10 % до 10,1 %)"),
        (None, "10", "сравнить не с чем"),
        ("10", None, "нет данных"),
        ("0", "0", "не изменилась (0 %)"),
    ],
)
def test_rise_and_fall(before: str | None, now: str | None, said: str) -> None:
    old, new = (None if one is None else Decimal(one) for one in (before, now))
    assert plain(w.change(old, new)) == said


def test_the_difference_told_is_that_of_the_figures_shown() -> None:
    for left in range(0, 1000, 7):
        for right in range(0, 1000, 13):
            old, new = Decimal(left) / 10, Decimal(right) / 10
            said = plain(w.change(old, new))
            if old == new:
                assert said.startswith("не изменилась")
            else:
                assert f"на {plain(w.number(abs(new - old)))} п.п." in said
                assert said.startswith("выросла" if new > old else "снизилась")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "Участвовало 0 обучающихся"),
        (1, "Участвовал 1 обучающийся"),
        (2, "Участвовали 2 обучающихся"),
        (5, "Участвовало 5 обучающихся"),
        (11, "Участвовало 11 обучающихся"),
        (21, "Участвовал 21 обучающийся"),
        (112, "Участвовало 112 обучающихся"),
        (1001, "Участвовал 1 001 обучающийся"),
    ],
)
def test_the_verb_agrees_with_the_number(people: int, said: str) -> None:
    assert plain(w.took_part(people)) == said


@pytest.mark.parametrize(
    ("n", "words"), [(1, "школе"), (2, "школах"), (11, "школах"), (21, "школе"), (111, "школах"), (101, "школе")]
)
def test_the_prepositional_is_singular_after_one_only(n: int, words: str) -> None:
    assert plain(w.among(n, 120, "школе", "школах")) == f"{n} {words} из 120"


@pytest.mark.parametrize(
    ("n", "word"), [(1, "поручения"), (5, "поручений"), (11, "поручений"), (21, "поручения"), (22, "поручений")]
)
def test_the_genitive_of_tasks(n: int, word: str) -> None:
    assert plain(w.executed(1, n)) == f"Из {n} {word} исполнено 1"


def test_shares_and_lists() -> None:
    assert plain(w.share(13, 105)) == "12,4 % (13 из 105)"
    assert w.share(0, 0) == "нет данных"
    assert w.listed([]) == ""
    assert w.listed(["физика"]) == "физика"
    assert w.listed(["русский язык", "математика", "физика"]) == "русский язык, математика и физика"
    assert plain(w.against(Decimal("12.4"), Decimal("9.2"), "по региону")) == "на 3,2 п.п. выше, чем по региону"
    assert plain(w.against(Decimal("9.21"), Decimal("9.2"), "по региону")) == "столько же, сколько по региону"
    assert w.against(None, Decimal(1), "по региону") == ""
