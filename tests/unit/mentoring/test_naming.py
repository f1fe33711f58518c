"""Names in the accusative and back: what both sources say is taken, what they do not agree on is marked."""

from __future__ import annotations

import pytest

from mentoring.naming import accusative, from_accusative, post_accusative, post_nominative


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Орлова Наталья Петровна", "Орлову Наталью Петровну"),
        ("Громов Андрей Викторович", "Громова Андрея Викторовича"),
        ("Мицкевич Анна Ивановна", "Мицкевич Анну Ивановну"),
        ("Зубченко Елена Вячеславовна", "Зубченко Елену Вячеславовну"),
        ("Полевая Ирина Сергеевна", "Полевую Ирину Сергеевну"),
    ],
)
def test_a_name_is_declined(name: str, wanted: str) -> None:
    assert accusative(*name.split()).text == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("Титову Елену Андреевну", "Титова Елена Андреевна"),
        ("Громова Андрея Викторовича", "Громов Андрей Викторович"),
        ("Зубченко Елену Вячеславовну", "Зубченко Елена Вячеславовна"),
        ("Бобер Ларису Павловну", "Бобер Лариса Павловна"),
        ("Полевую Ирину Сергеевну", "Полевая Ирина Сергеевна"),
        ("Гайдая Илью Романовича", "Гайдай Илья Романович"),
    ],
)
def test_a_printed_name_is_read_back(printed: str, wanted: str) -> None:
    found = from_accusative(printed)
    assert found is not None
    assert f"{found.last} {found.first} {found.patronymic}" == wanted


def test_a_name_whose_sex_nothing_tells_is_left_and_marked() -> None:
    form = accusative("Кумар", "Саша", "")
    assert (form.text, form.sure) == ("Кумар Саша", False)


def test_a_regular_name_is_certain() -> None:
    assert accusative("Орлова", "Наталья", "Петровна").sure


@pytest.mark.parametrize(
    ("post", "wanted"),
    [
        ("директор", "директора"),
        ("заместитель директора по учебной работе", "заместителя директора по учебной работе"),
        ("старший методист", "старшего методиста"),
        ("учитель математики", "учителя математики"),
    ],
)
def test_a_post_is_declined_by_its_leading_noun(post: str, wanted: str) -> None:
    assert post_accusative(post).text == wanted


def test_a_post_is_read_back() -> None:
    assert post_nominative("заместителя директора") == "заместитель директора"
    assert post_nominative("директора") == "директор"
