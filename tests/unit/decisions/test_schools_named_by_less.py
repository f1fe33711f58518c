"""Schools that a secretary names by less than a name: numbers behind a class, ordinals, adjectives, nicknames, brackets."""

from __future__ import annotations

import pytest

from decisions.reading.model import Clause
from decisions.reading.reader import read_text
from schools.registry import Registry, RegistryEntry

AUTHORITY = "Управление образования Залесского округа"


def _row(canonical: str, kind: str, number: str = "", settlement: str = "", named_after: str = "") -> RegistryEntry:
    return RegistryEntry(
        canonical=canonical,
        authority=AUTHORITY,
        kind=kind,
        number=number,
        settlement=settlement,
        named_after=named_after,
    )


REGISTRY = Registry.of(
    [
        *(_row(f"СОШ № {n}", "СОШ", str(n)) for n in (1, 3, 5, 6, 9, 10, 11)),
        _row("СОШ № 7", "СОШ", "7", named_after="И.С. Кропотов"),
        _row("Гимназия № 2", "гимназия", "2"),
        _row("Лицей № 5", "лицей", "5"),
        _row("Гимназия «Эврика»", "гимназия"),
        _row("Лужковская ООШ", "ООШ", settlement="д. Лужки"),
        _row("Сухореченская ООШ", "ООШ", settlement="с. Сухая Речка"),
        _row("СОШ с. Красный Яр", "СОШ", settlement="с. Красный Яр"),
        _row("ООШ п. Торфяной", "ООШ", settlement="п. Торфяной"),
        _row("СОШ № 21 г. Озёрск", "СОШ", "21", "г. Озёрск"),
        _row("СОШ № 21 г. Залесск", "СОШ", "21", "г. Залесск"),
        _row("Детский сад № 3", "детский сад", "3"),
        _row("Детский сад № 8", "детский сад", "8"),
        _row("Детский сад «Ладушки»", "детский сад"),
        _row("Детский сад «Ёлочка»", "детский сад"),
    ]
)


def read(clause: str) -> Clause:
    head = f"{AUTHORITY}\n\nПРОТОКОЛ № 3\nсовещания руководителей\nот 12 марта 2024 г.\n\nРЕШИЛИ:\n1. "
    return read_text(head + clause, registry=REGISTRY).document.decisions[0]


def numbers(*which: int) -> list[str]:
    return [f"СОШ № {n}" for n in which]


NAMED = (
    ("Руководителям ОО (№ 1, 7, 9–11)", numbers(1, 7, 9, 10, 11)),
    ("ОО (№ 1, 7)", numbers(1, 7)),
    ("Директорам школ (№ 1, 3, 9)", numbers(1, 3, 9)),
    ("Директорам школ (1, 3, 9)", numbers(1, 3, 9)),
    ("Директорам школ 1, 3 и 9", numbers(1, 3, 9)),
    ("Директорам школ округа № 1, 3", numbers(1, 3)),
    ("Директорам школ: № 1, № 3", numbers(1, 3)),
    ("Директорам МБОУ № 1, 3", numbers(1, 3)),
    ("Директорам 1-й, 3-й и 9-й школ", numbers(1, 3, 9)),
    ("Директорам 1, 3 и 9 школ", numbers(1, 3, 9)),
    ("Директорам первой и третьей школ", numbers(1, 3)),
    ("Директору 7-й школы", numbers(7)),
    ("Школам с 9 по 11", numbers(9, 10, 11)),
    ("СОШ-3, СОШ-9", numbers(3, 9)),
    ("МОУ-СОШ № 3", numbers(3)),
    ("СОШ (№ 1, 3), гимназии № 2", [*numbers(1, 3), "Гимназия № 2"]),
    ("Школам № 1, 3, гимназиям (№ 2, «Эврика»)", [*numbers(1, 3), "Гимназия № 2", "Гимназия «Эврика»"]),
    ("СОШ № 3 и «Эврике»", ["СОШ № 3", "Гимназия «Эврика»"]),
    ("Руководителям Лужковской и Сухореченской школ", ["Лужковская ООШ", "Сухореченская ООШ"]),
    ("Школам сёл Красный Яр и Торфяной", ["СОШ с. Красный Яр", "ООШ п. Торфяной"]),
    ("Школе имени Кропотова", ["СОШ № 7"]),
    ("Школе имени Героя Советского Союза Кропотова", ["СОШ № 7"]),
    ("СОШ № 21 (г. Озёрск)", ["СОШ № 21 г. Озёрск"]),
)


@pytest.mark.parametrize(("printed", "schools"), NAMED)
def test_a_school_named_by_less_is_still_the_one_who_acts(printed: str, schools: list[str]) -> None:
    clause = read(f"{printed} сдать отчёт до 5 мая.")
    assert [(party.type, party.school) for party in clause.addressees] == [("school", name) for name in schools]
    assert not clause.ask


@pytest.mark.parametrize("printed", ["Детским садам № 3 и 8", "Заведующим ДОУ (№ 3, 8)", "МБДОУ № 3, 8", "ДОУ № 3–8"])
def test_kindergartens_of_a_list_are_kindergartens_though_a_school_has_the_number(printed: str) -> None:
    clause = read(f"{printed} сдать отчёт до 5 мая.")
    assert [(p.type, p.school) for p in clause.addressees] == [("org", "Детский сад № 3"), ("org", "Детский сад № 8")]


ASKED = (
    "Руководителям ОО (№ 3, 5)",  # a school and a lyceum have the number
    "Директору «Эврики»",  # a nickname alone
    "Лицею",  # its kind alone
    "Школе",
    "СОШ № 7 (г. Озёрск) и СОШ № 4 (г. Озёрск)",  # a number the town does not have
)


@pytest.mark.parametrize("printed", ASKED)
def test_what_may_be_another_school_is_asked_about(printed: str) -> None:
    assert "addressees" in {ask.field for ask in read(f"{printed} сдать отчёт до 5 мая.").ask}


NOBODY = (
    "Школам с 7 по 11 марта провести неделю математики.",
    "Школам 1 и 2 ступени сдать отчёт до 5 мая.",
    "Каждой третьей школе пройти проверку до 5 мая.",
    "Провести вторую школу молодого педагога до 5 мая.",
    "Проверить 9 школ округа до 5 мая.",
    "Руководителям ОО по форме № 3 сдать отчёт до 5 мая.",
    "Директорам школ во исполнение приказа № 7 сдать отчёт до 5 мая.",
)


@pytest.mark.parametrize("clause", NOBODY)
def test_figures_beside_schools_that_count_other_things_name_no_school(clause: str) -> None:
    found = read(clause)
    assert not [p for p in found.addressees if p.type == "school"] and not found.mentions


@pytest.mark.parametrize("said", ["кроме № 3 и № 9,", "(кроме №№ 3, 9)", "за исключением СОШ № 3, 9"])
def test_an_exception_by_number_is_a_mention_and_no_part_of_the_class(said: str) -> None:
    clause = read(f"Всем школам {said} сдать отчёт до 5 мая.")
    assert [(p.type, p.text) for p in clause.addressees] == [("group", "Всем школам")]
    assert clause.mentions == ("СОШ № 3", "СОШ № 9")


def test_an_exception_of_a_class_is_no_part_of_the_class() -> None:
    clause = read("Руководителям ОО, кроме детских садов, сдать отчёт до 5 мая.")
    assert [p.text for p in clause.addressees] == ["Руководителям ОО"]
    assert [p.type for p in read("Каждой школе сдать отчёт до 5 мая.").addressees] == ["group"]


@pytest.mark.parametrize(
    ("head", "schools"),
    [
        ("Руководителям ДОУ «Ладушки» и «Ёлочка»", ["Детский сад «Ладушки»", "Детский сад «Ёлочка»"]),
        ("Заведующим МБДОУ «Ёлочка», «Ладушки»", ["Детский сад «Ёлочка»", "Детский сад «Ладушки»"]),
        ("Заведующим детскими садами «Ёлочка» и «Ладушки»", ["Детский сад «Ёлочка»", "Детский сад «Ладушки»"]),
        ("Директорам школ № 1 (Котова Н.И.), № 3 (Лисин В.В.), № 9", numbers(1, 3, 9)),
        ("СОШ № 1 (Котова), № 3 (Лисин В.В.)", numbers(1, 3)),
        ("Директорам СОШ № 1 – Котовой Н.И., № 3 – Лисину В.В.", numbers(1, 3)),
    ],
)  # fmt: skip
def test_a_list_goes_on_behind_a_name_in_quotes_and_behind_whose_school_it_is(head: str, schools: list[str]) -> None:
    clause = read(f"{head} представить отчёт до 5 апреля 2024 года.")
    assert [a.school for a in clause.addressees if a.school] == schools
    assert not clause.ask


def test_a_name_in_quotes_that_nobody_knows_is_asked_about_and_never_lost() -> None:
    clause = read("Руководителям ДОУ «Ладушки» и «Теремок» представить отчёт до 5 апреля 2024 года.")
    assert [a.text for a in clause.addressees] == ["ДОУ «Ладушки»", "«Теремок»"]
    assert any("Теремок" in ask.reason for ask in clause.ask)


def test_schools_with_terms_of_their_own_must_act_and_each_term_is_asked_about() -> None:
    clause = read("Представить планы: СОШ № 1 – до 20 марта 2024 года, СОШ № 3 – до 25 марта 2024 года.")
    assert [a.school for a in clause.addressees] == numbers(1, 3)
    assert [ask.field for ask in clause.ask] == ["deadline"]
