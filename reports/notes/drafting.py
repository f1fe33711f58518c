"""Sentences of a note drafted from its snapshot (`reports.notes.figures`), and what changed between two snapshots. Pure.

Drafts speak of the municipality as a whole: a school is named only in the section for official use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from config.ui.words import counted, form_of
from reports import wording as w

Snapshot = Mapping[str, Any]
LOW = "Доля низких результатов («2» или ниже минимума)"
NO_DATA = "Результатов оценочных процедур за этот учебный год в программе нет."


def line_name(line: Mapping[str, Any]) -> str:
    """«ВПР, математика, 5 класс»"""
    subject = str(line["subject"])
    parts = [
        str(line["procedure"]),
        subject[:1].lower() + subject[1:] + (f" ({line['level']})" if line["level"] else ""),
    ]
    if line["grade"]:
        parts.append(f"{line['grade']} класс")
    return ", ".join(parts)


def share_of(cells: Any, place: int, what: str) -> Decimal | None:
    """The share of a year (0, 1, 2: the last is the note's) as a number, or None for no data."""
    cell = cells[place] if cells else None
    value = cell.get(what) if cell else None
    return None if value is None else Decimal(value)


def sections(snapshot: Snapshot, place: str) -> dict[str, str]:
    """The draft of each section that figures can say something of; paragraphs are divided by a newline."""
    return {
        "basis": _basis(snapshot, place),
        "method": _method(snapshot),
        "results": "\n".join(_result(line) for line in snapshot["lines"]) or NO_DATA,
        "low": _low(snapshot),
        "execution": _execution(snapshot["execution"]),
        "conclusions": _conclusions(snapshot),
        "problems": _problems(snapshot),
        "recommendations": _recommendations(snapshot),
    }


def _year(snapshot: Snapshot) -> str:
    last = snapshot["years"][-1]
    return f"{last - 1}/{last}"


def _basis(snapshot: Snapshot, place: str) -> str:
    return (
        f"Справка подготовлена по результатам оценочных процедур {_year(snapshot)} учебного года ({place}).\n"
        "Цель — определить, какая помощь нужна школам, и подготовить решения. Результаты не используются для оценки "
        "учителей и рейтинга школ."
    )


def _method(snapshot: Snapshot) -> str:
    schools = int(snapshot["schools"])
    if not schools:
        return NO_DATA
    names = sorted({str(line["procedure"]) for line in snapshot["lines"]})
    people = sum(line["whole"][2]["people"] for line in snapshot["lines"])
    verb = form_of(schools, "Участвовала", "Участвовали", "Участвовало")
    return (
        f"{verb} {counted(schools, 'школа', 'школы', 'школ')}. Процедуры: {w.listed(names)}. "
        f"Рассмотренных результатов — {w.number(people)} (один обучающийся мог писать несколько работ).\n"
        "Доли считаются по людям, а не как среднее по школам. Сравниваются три учебных года; где данных нет, это отмечено. "
        f"Группы меньше {snapshot['small']} участников по школам не приводятся."
    )


def _result(line: Mapping[str, Any]) -> str:
    whole = line["whole"]
    now, before = share_of(whole, 2, "low"), share_of(whole, 1, "low")
    out = f"{line_name(line)}. {w.took_part(whole[2]['people'])}."
    if now is not None:
        what = "«2»" if line["procedure"] != "ЕГЭ" else "не преодолевших минимум"
        out += f" Доля {what} — {w.figure(now)}"
        if before is not None:
            out += f": за год {w.change(before, now)}"
        beside = [
            w.against(now, share_of(line[scope], 2, "low"), whom)
            for scope, whom in (("region", "по региону"), ("country", "по стране"))
        ]
        told = ", и ".join(one for one in beside if one)  # each has a «чем» clause that a comma closes
        out += f"; это {told}." if told else "."
    good, good_before = share_of(whole, 2, "quality"), share_of(whole, 1, "quality")
    if good is not None:
        out += f" Доля «4» и «5» — {w.figure(good)}"
        out += f": за год {w.change(good_before, good)}." if good_before is not None else "."
    return out


def _low(snapshot: Snapshot) -> str:
    names = [str(one["name"]) for one in snapshot["low_list"]]
    if not names:
        return "Утверждённого перечня школ с низкими образовательными результатами за этот и прошлый год нет."
    return (
        f"Основание: {snapshot['low_source']}. В перечне {counted(len(names), 'школа', 'школы', 'школ')}: "
        f"{'; '.join(names)}."
    )


def _execution(found: Mapping[str, int]) -> str:
    if not found["planned"]:
        return "Поручений со сроком в этом учебном году не было."
    rate = w.figure(Decimal(100 * found["done"]) / found["planned"])
    out = f"{w.executed(found['done'], found['planned'])} ({rate}). В срок — {w.number(found['in_time'])}"
    out += f", с нарушением срока — {w.number(found['late'])}" if found["late"] else ""
    return out + f", не исполнено — {w.number(found['not_done'])}."


def _moves(snapshot: Snapshot) -> Iterator[tuple[Mapping[str, Any], Decimal, Decimal]]:
    for line in snapshot["lines"]:
        before, now = share_of(line["whole"], 1, "low"), share_of(line["whole"], 2, "low")
        if before is not None and now is not None:
            yield line, before, now


def _conclusions(snapshot: Snapshot) -> str:
    moves = list(_moves(snapshot))
    if not snapshot["lines"]:
        return NO_DATA
    if not moves:
        return "Сравнить с прошлым годом нельзя: его результатов в программе нет."
    better = [line for line, before, now in moves if w.number(now) != w.number(before) and now < before]
    worse = [line for line, before, now in moves if w.number(now) != w.number(before) and now > before]
    out = [f"Процедур, которые можно сравнить с прошлым годом: {w.number(len(moves))}."]
    if better:
        out.append(f"{LOW} снизилась: {'; '.join(line_name(one) for one in better)}.")
    if worse:
        out.append(f"{LOW} выросла: {'; '.join(line_name(one) for one in worse)}.")
    if not better and not worse:
        out.append(f"{LOW} не изменилась.")
    return "\n".join(out)


def _problems(snapshot: Snapshot) -> str:
    out = []
    for line in snapshot["lines"]:
        now, region = share_of(line["whole"], 2, "low"), share_of(line["region"], 2, "low")
        if now is not None and region is not None and w.number(now) != w.number(region) and now > region:
            out.append(f"{line_name(line)}: доля низких результатов {w.against(now, region, 'по региону')}.")
    execution = snapshot["execution"]
    if execution["not_done"]:
        out.append(
            f"Не исполнено {counted(execution['not_done'], 'поручение', 'поручения', 'поручений')} прежних решений."
        )
    return "\n".join(out) or "По данным программы проблемных зон не выявлено; дополните при необходимости."


def _recommendations(snapshot: Snapshot) -> str:
    subjects = sorted({str(line["subject"]).lower() for line, before, now in _moves(snapshot) if now > before})
    about = f" ({w.listed(subjects)})" if subjects else ""
    return (
        f"Руководителям: рассмотреть результаты на педагогическом совете и спланировать адресную помощь обучающимся{about}.\n"
        f"Педагогам: организовать индивидуальное сопровождение обучающихся с низкими результатами{about}.\n"
        "Методистам и специалистам: оказать методическую помощь школам, которым она нужна."
    )


def changed(before: Snapshot, now: Snapshot) -> list[tuple[str, str, str]]:
    """(what, was, is now) for every figure of the municipality that differs as it is printed."""
    old, new = dict(_told(before)), dict(_told(now))
    return [(name, old.get(name, "—"), new.get(name, "—")) for name in {**old, **new} if old.get(name) != new.get(name)]


def _told(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    if not snapshot:
        return
    yield "Школ", str(snapshot["schools"])
    for line in snapshot["lines"]:
        name, cell = line_name(line), line["whole"][2]
        yield f"{name}: участников", w.number(cell["people"])
        yield f"{name}: доля низких", w.figure(share_of(line["whole"], 2, "low"))
        yield f"{name}: доля «4» и «5»", w.figure(share_of(line["whole"], 2, "quality"))
    for key, label in (("planned", "Поручений со сроком"), ("done", "Исполнено"), ("not_done", "Не исполнено")):
        yield label, w.number(snapshot["execution"][key])
    yield "Школ в перечне", str(len(snapshot["low_list"]))
