"""Sentences that change an earlier document, as offices write them."""

from __future__ import annotations

import datetime as dt

import pytest

from decisions.amendments import Said, document_in, said_in

D = dt.date


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Признать утратившим силу п. 3 протокола № 6 от 16.07.2021.",
            Said("cancels", ("3",), "protocol", "6", D(2021, 7, 16)),
        ),
        (
            "Признать утратившими силу пункты 2.1, 2.3 и 4 приказа от 16 июля 2021 года № 112-р.",
            Said("cancels", ("2.1", "2.3", "4"), "order", "112-р", D(2021, 7, 16)),
        ),
        (
            "Отменить приказ управления образования № 40 от 01.02.2026 «О мониторинге».",
            Said("cancels", (), "order", "40", D(2026, 2, 1)),
        ),
        (
            "Продлить срок исполнения п. 2.1 протокола № 4 от 10.03.2026 до 15 мая 2026 года.",
            Said("extends", ("2.1",), "protocol", "4", D(2026, 3, 10), D(2026, 5, 15)),
        ),
        (
            "Перенести срок исполнения пункта 5 протокола от 10.03.2026 № 4 на 01.06.2026.",
            Said("extends", ("5",), "protocol", "4", D(2026, 3, 10), D(2026, 6, 1)),
        ),
        (
            "Срок исполнения пунктов 1.1-1.3 протокола совещания № 4 от 10.03.2026 продлить до 01.06.2026.",
            Said("extends", ("1.1", "1.2", "1.3"), "protocol", "4", D(2026, 3, 10), D(2026, 6, 1)),
        ),
        (
            "Изложить п. 4 приказа от 10.03.2026 № 17 в следующей редакции: «4. Провести семинар до 20.05.2026 (п. 9)».",
            Said("replaces", ("4",), "order", "17", D(2026, 3, 10)),
        ),
        (
            "Пункт 2.2 протокола № 4 от 10.03.2026 изложить в новой редакции.",
            Said("replaces", ("2.2",), "protocol", "4", D(2026, 3, 10)),
        ),
        (
            "Снять с контроля пп. 1, 2 протокола № 3 от 12.01.2026 как исполненные.",
            Said("withdraws", ("1", "2"), "protocol", "3", D(2026, 1, 12)),
        ),
        ("Продлить срок исполнения п. 3 до 31.02.2026.", Said("extends", ("3",), None, "", None, None)),
        ("Провести семинар для учителей математики до 01.06.2026.", None),
        ("Продлить договор на охрану школы до 01.06.2026.", None),
        ("Отменить занятия в период карантина.", None),
        ("Признать утратившим силу приказ о комиссии.", None),
        ("Ознакомить с протоколом № 6 от 16.07.2021 педагогов школы.", None),
        ("Исключить случаи нарушения сроков, указанных в п. 3 настоящего протокола.", None),
        ("", None),
    ],
)
def test_what_a_sentence_changes(text: str, said: Said | None) -> None:
    assert said_in(text) == said


def test_a_page_of_nonsense_is_read_in_no_time_and_says_nothing() -> None:
    assert said_in("протокол срок исполнения " * 4000) is None
    said = said_in("отменить п. " + "1, " * 20_000)
    assert said is not None and said.numbers == ("1",)


def test_a_heading_names_the_document_for_its_sub_clauses() -> None:
    assert document_in("Внести изменения в протокол № 4 от 10.03.2026:") == ("protocol", "4", D(2026, 3, 10))
    assert said_in("п. 2.1 изложить в следующей редакции: «Провести сбор».") == Said("replaces", ("2.1",))
    assert document_in("Провести семинар.") is None
