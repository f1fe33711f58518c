"""Who acts, in the many places a secretary may print it; and who presided."""

from __future__ import annotations

import pytest

from decisions.reading.model import ReadDocument
from decisions.reading.reader import read_text
from schools.registry import Registry, RegistryEntry

AUTHORITY = "Отдел образования администрации Залесского района"


def _row(
    canonical: str, kind: str, settlement: str = "", full_name: str = "", aliases: tuple[str, ...] = ()
) -> RegistryEntry:
    return RegistryEntry(
        canonical=canonical, authority=AUTHORITY, kind=kind, settlement=settlement, full_name=full_name, aliases=aliases
    )


REGISTRY = Registry.of(
    [
        _row("Каменская СОШ", "СОШ", "с. Каменка"),
        _row("Берёзовская СОШ", "СОШ", "с. Берёзовка"),
        _row("Лужковская ООШ", "ООШ", "д. Лужки"),
        _row("Филиал Берёзовской СОШ д. Ключи", "филиал", "д. Ключи"),
        _row("Детский сад «Солнышко»", "детский сад"),
        _row("ДЮСШ", "учреждение дополнительного образования", aliases=("МКУ ДО ДЮСШ",)),
    ]
)


def paper(clause: str, present: str = "") -> ReadDocument:
    head = f"{AUTHORITY}\n\nПРОТОКОЛ № 3\nсовещания руководителей\nот 5 сентября 2024 г.\n\n{present}\n\nРЕШИЛИ:\n1. "
    return read_text(f"{head}{clause}\n2. Отделу подвести итоги.\n", registry=REGISTRY).document


WHO = (
    ("Власов Д.Н. – посещение уроков, октябрь.", ["Власов Д.Н."]),
    ("Власов Д.Н., Попова П.П. – отчёт до 5 октября.", ["Власов Д.Н.", "Попова П.П."]),
    ("Отчёт до 5 октября, Власов Д.Н.", ["Власов Д.Н."]),
    ("Субботник 26 октября, все ОО.", ["все ОО"]),
    ("Ответственный Власов Д.Н., срок 5 октября: собрать отчёты.", ["Власов Д.Н."]),
    ("Собрать отчёты /Власов Д.Н., 5.10.2024/", ["Власов Д.Н."]),
    ("Собрать отчёты. Ответственные – Власов Д.Н., директора школ. Сроки – октябрь.", ["Власов Д.Н.", "директора школ"]),
    ("Собрать отчёты. Ответственность возложить на Власова Д.Н.", ["Власова Д.Н."]),
    ("Возложить ответственность за подвоз на руководителей школ.", ["руководителей школ"]),
    ("Собрать отчёты.\nДата исполнения: 05.10.2024.\nИсполнитель - Каменская СОШ", ["Каменская СОШ"]),
    ("Собрать отчёты.\nКому: директорам Каменской и Берёзовской СОШ", ["Каменская СОШ", "Берёзовская СОШ"]),
    ("Заведующей детским садом «Солнышко», директору ДЮСШ – сдать паспорта.", ["Детский сад «Солнышко»", "ДЮСШ"]),
    ("МКДОУ «Солнышко» сдать паспорта.", ["Детский сад «Солнышко»"]),
    ("Школам: Каменской, Берёзовской сдать паспорта.", ["Каменская СОШ", "Берёзовская СОШ"]),
    ("Малокомплектным школам (Лужковская) сдать паспорта.", ["Лужковская ООШ"]),
    ("Ключевскому филиалу сдать паспорта.", ["Филиал Берёзовской СОШ д. Ключи"]),
    ("Собрать сведения (зам. директора по УВР всех школ).", []),
)  # fmt: skip


@pytest.mark.parametrize(("clause", "who"), WHO)
def test_who_acts_is_found_wherever_it_is_printed(clause: str, who: list[str]) -> None:
    assert [p.school or p.text for p in paper(clause).decisions[0].addressees] == who


@pytest.mark.parametrize(
    "clause",
    [
        "Берёзовской СОШ и её филиалу сдать паспорта.",
        "Директорам Каменской (Власов Д.Н.), Берёзовской (Попов П.П.) школ сдать паспорта.",
        "Лесной школе сдать паспорта.",
    ],
)
def test_half_a_name_that_was_not_understood_is_asked_about(clause: str) -> None:
    assert "addressees" in {ask.field for ask in paper(clause).decisions[0].ask}


PRESIDED = (
    ("Вела совещание: Белова А.А., начальник отдела", "А.А. Белова", None),
    ("Совещание провела начальник отдела Белова А.А.", "А.А. Белова", None),
    ("Под председательством начальника отдела Беловой А.А.", "А.А. Белова", None),
    ("Присутствовали: Белова А.А., начальник отдела (ведущий), Громов И.И., методист", "А.А. Белова", None),
    ("Присутствовали: Громов И.И., ведущий специалист, секретарь Дик О.О.", None, "О.О. Дик"),
    ("Участники: Белова А.А. (председательствует), Громов И.И. (ведёт протокол)", "А.А. Белова", "И.И. Громов"),
)


@pytest.mark.parametrize(("present", "chair", "secretary"), PRESIDED)
def test_who_presided_and_who_wrote_is_said_in_many_words(
    present: str, chair: str | None, secretary: str | None
) -> None:
    found = paper("Школам сдать отчёт.", present)
    assert (found.chair, found.secretary) == (chair, secretary)
