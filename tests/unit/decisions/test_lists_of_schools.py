"""Schools as papers list them, and what the reader does when a name may mean two schools or none."""

from __future__ import annotations

import pytest

from decisions.reading.model import Clause
from decisions.reading.reader import read_text
from schools.registry import Registry, RegistryEntry

AUTHORITY = "Управление образования Заозёрского района"


def _school(canonical: str, kind: str, settlement: str, number: str = "", alias: str = "") -> RegistryEntry:
    aliases = (alias,) if alias else ()
    return RegistryEntry(
        canonical=canonical, authority=AUTHORITY, kind=kind, settlement=settlement, number=number, aliases=aliases
    )


REGISTRY = Registry.of(
    [
        *(_school(f"СОШ № {n}", "СОШ", "г. Заозёрск", str(n)) for n in (1, 2, 3, 5, 7)),
        _school("ООШ № 4", "ООШ", "г. Заозёрск", "4"),
        _school("Гимназия № 9", "гимназия", "г. Заозёрск", "9"),
        _school("Лицей «Импульс»", "лицей", "г. Заозёрск"),
        _school("Ивановская СОШ", "СОШ", "с. Ивановка"),
        _school("Петровская СОШ", "СОШ", "с. Петровка"),
        _school("Ключевская СОШ № 1", "СОШ", "с. Ключи", "1"),
        _school("Ключевская СОШ № 8", "СОШ", "с. Ключи", "8"),
        _school("СОШ с. Большая Речка", "СОШ", "с. Большая Речка"),
        _school("СОШ № 1 пгт Рудный", "СОШ", "пгт Рудный", "1"),
        _school("СОШ № 6 пгт Рудный", "СОШ", "пгт Рудный", "6"),
        _school("НОШ д. Малиновка", "НОШ", "д. Малиновка"),
        _school("ООШ с. Малиновка", "ООШ", "с. Малиновка"),
        _school("Вечерняя школа", "вечерняя школа", "г. Заозёрск"),
        _school("Филиал Ивановской СОШ в д. Сосновка", "филиал", "д. Сосновка"),
        _school("Детский сад № 2 «Ромашка»", "детский сад", "г. Заозёрск", "2"),
        _school("Информационно-методический центр", "методический центр", "", alias="МКУ ИМЦ"),
    ]
)


def read(clause: str) -> Clause:
    head = f"{AUTHORITY}\n\nПРОТОКОЛ № 3\nсовещания руководителей\nот 12 марта 2024 г.\n\nРЕШИЛИ:\n1. "
    return read_text(head + clause, registry=REGISTRY).document.decisions[0]


LISTS = (
    ("Директорам МБОУ СОШ № 2, 3 и 5", ["СОШ № 2", "СОШ № 3", "СОШ № 5"]),
    ("МБОУ СОШ №№ 1–3, 5, гимназии № 9, лицею «Импульс»", ["СОШ № 1", "СОШ № 2", "СОШ № 3", "СОШ № 5", "Гимназия № 9", "Лицей «Импульс»"]),
    ("СОШ № 1,2,5,7", ["СОШ № 1", "СОШ № 2", "СОШ № 5", "СОШ № 7"]),
    ("МБОУ СОШ N 5", ["СОШ № 5"]),
    ("СОШ с. Ивановка, Петровка, Большая Речка", ["Ивановская СОШ", "Петровская СОШ", "СОШ с. Большая Речка"]),
    ("Ивановской, Петровской СОШ", ["Ивановская СОШ", "Петровская СОШ"]),
    ("Ключевской СОШ № 8", ["Ключевская СОШ № 8"]),
    ("Ивановской средней общеобразовательной школе и Петровской школе", ["Ивановская СОШ", "Петровская СОШ"]),
    ("МБОУ СОШ № 1 п. Рудный, СОШ № 1 г. Заозёрск", ["СОШ № 1 пгт Рудный", "СОШ № 1"]),
    ("Школам района: СОШ № 2, СОШ № 5", ["СОШ № 2", "СОШ № 5"]),
    ("Лицею Импульс", ["Лицей «Импульс»"]),
    ("Вечерней школе", ["Вечерняя школа"]),
    ("Филиалу в д. Сосновка", ["Филиал Ивановской СОШ в д. Сосновка"]),
    ("Детскому саду № 2 и СОШ № 7", ["Детский сад № 2 «Ромашка»", "СОШ № 7"]),
)  # fmt: skip


@pytest.mark.parametrize(("printed", "schools"), LISTS)
def test_a_list_of_schools_names_each_of_them_once(printed: str, schools: list[str]) -> None:
    clause = read(f"{printed} сдать отчёт до 5 мая.")
    assert [party.school for party in clause.addressees] == schools
    assert not clause.ask


ASKED = (
    "СОШ № 12",  # not in the registry
    "СОШ № 9",  # the number is of a gymnasium
    "Школе с. Малиновка",  # two of them
    "Озёрской СОШ № 2",  # a number of another place
    "СОШ № 1 и № 6 пгт Рудный",  # the first number stands in two towns
    "МКОУ Ивановкая СОШ",  # a misprint
)


@pytest.mark.parametrize("printed", ASKED)
def test_a_name_that_is_unknown_or_may_mean_two_schools_is_asked_about(printed: str) -> None:
    assert "addressees" in {ask.field for ask in read(f"{printed} сдать отчёт до 5 мая.").ask}


def test_a_class_of_schools_is_not_expanded_and_what_is_excepted_is_only_mentioned() -> None:
    clause = read("Всем школам, кроме СОШ № 3 и гимназии № 9, сдать отчёт до 5 мая.")
    assert [(p.type, p.text) for p in clause.addressees] == [("group", "Всем школам")]
    assert clause.mentions == ("СОШ № 3", "Гимназия № 9")
    assert [p.type for p in read("Школам пгт Рудный сдать отчёт до 5 мая.").addressees] == ["group"]


def test_persons_of_listed_schools_are_persons_at_their_schools() -> None:
    clause = read("Директорам СОШ №1 Иванову И.И., СОШ №2 Петрову П.П. сдать отчёт до 5 мая.")
    assert [(p.type, p.text, p.school) for p in clause.addressees] == [
        ("person", "Иванову И.И.", "СОШ № 1"),
        ("person", "Петрову П.П.", "СОШ № 2"),
    ]
    clause = read("Специалисту ИМЦ Орловой Е.В., директору СОШ № 2 сдать отчёт до 5 мая.")
    assert [(p.type, p.school) for p in clause.addressees] == [
        ("person", "Информационно-методический центр"),
        ("school", "СОШ № 2"),
    ]


def test_a_tail_of_parties_and_a_term_says_who_and_when() -> None:
    clause = read("Отчёт о питании – Дик А.А., ИМЦ, IV квартал.")
    assert [p.type for p in clause.addressees] == ["person", "org"]
    assert clause.deadline.kind == "quarter"
    clause = read("Питание: меню на сайт – все школы, еженедельно по пятницам.")
    assert [(p.type, p.text) for p in clause.addressees] == [("group", "все школы")]


def test_schools_given_to_a_person_are_not_the_persons_workplace() -> None:
    head = f"{AUTHORITY}\n\nПРИКАЗ\nот 12.03.2024 № 3\n\nПРИКАЗЫВАЮ:\n1. Назначить кураторов:\n"
    rows = "№\tКуратор\tШколы\n1\tКурбанова З.И.\tСОШ № 2, СОШ № 5, Ивановская СОШ\n"
    row = read_text(head + rows, registry=REGISTRY).document.decisions[1]
    assert [(p.type, p.school) for p in row.addressees] == [("person", None)]
    assert row.mentions == ("СОШ № 2", "СОШ № 5", "Ивановская СОШ")
