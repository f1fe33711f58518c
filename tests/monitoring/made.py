"""Files of every form made from a truth: an abstract page and what a careful reader must find in it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schools.registry import RegistryEntry
from tests.monitoring.containers import Cell
from tests.monitoring.district import SUBJECTS, District, percent, split

Facts = dict[str, Any]


@dataclass
class Line:
    """A row of a page: its cells and, for rows of results, what must be read from them."""

    cells: list[Cell]
    want: dict[str, Any] | None = None
    entry: RegistryEntry | None = None
    code: str | None = None  # the problem that the row must have
    kind: str = "other"  # title, head, data, total, other
    table: int = 0


@dataclass
class Sheet:
    """Lines with the meaning of columns: which hold figures, which are needed for the row's figures."""

    lines: list[Line]
    tables: list[Facts]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "Лист1"
    figures: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    participants: int | None = None
    names: int = 0
    code: int | None = None
    percents: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # problems of the whole file
    fixed: bool = False  # damages that add or move rows do not fit
    counts: str = "people"


def facts(form: str, procedure: str | None, year: str | None, **more: Any) -> Facts:
    base: Facts = {
        "form": form,
        "procedure": procedure,
        "school_year": year,
        "date": None,
        "subject": None,
        "grade": None,
        "level": None,
    }
    return base | more


def row(group: str, entry: RegistryEntry | None, **figures: Any) -> dict[str, Any]:
    base = {
        "group": group,
        "school": entry.canonical if entry else None,
        "participants": None,
        "counts": None,
        "below_minimum": None,
        "comparison": None,
    }
    return base | figures


def marks(people: list[int]) -> dict[str, int]:
    return {str(m): n for m, n in zip((2, 3, 4, 5), people, strict=True)}


def mean(people: list[int]) -> float:
    total = Decimal(sum(m * n for m, n in zip((2, 3, 4, 5), people, strict=True))) / max(sum(people), 1)
    return float(total.quantize(Decimal("0.01"), ROUND_HALF_UP))


def day(rng: random.Random, year: int, months: tuple[int, ...]) -> dt.date:
    return dt.date(year, rng.choice(months), rng.randint(1, 28))


def _vpr(rng: random.Random, form: str) -> tuple[Facts, int, str, int, dt.date]:
    year = rng.randint(2021, 2026)
    subject, grade = rng.choice(list(SUBJECTS)), rng.randint(4, 8)
    date = day(rng, year, (4, 5))
    known = facts(form, "ВПР", f"{year - 1}/{year}", date=date.isoformat(), subject=subject, grade=grade)
    return known, year, subject, grade, date


def _frame(rng: random.Random, title: str, year: int, subject: str, grade: int, date: dt.date, top: int) -> list[Line]:
    when: Cell = date if rng.random() < 0.2 else date.strftime("%d.%m.%Y")
    return [
        Line([title], kind="title"),
        Line([]),
        Line([f"ВПР {year} {subject} {grade} класс"], kind="title"),
        Line(["Предмет:", subject], kind="title"),
        Line(["Максимальный первичный балл:", top], kind="title"),
        Line(["Дата:", when], kind="title"),
        Line([]),
    ]


def _groups(rng: random.Random, district: District) -> list[tuple[str, RegistryEntry | None, str, int]]:
    """(group, school, printed name, participants) in the order of ФИС ОКО."""
    out: list[tuple[str, RegistryEntry | None, str, int]] = [
        ("all", None, "Вся выборка", rng.randint(400_000, 1_500_000)),
        ("region", None, district.region, rng.choice((rng.randint(2_000, 9_000), rng.randint(10_000, 30_000)))),
        ("municipality", None, f"{district.name}({district.code})", rng.randint(200, 1500)),
    ]
    for entry in district.entries:
        out.append(("school", entry, f"МБОУ «{entry.canonical}»({entry.fisoko_login})", rng.randint(2, 120)))
    return out


def fisoko_marks(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_marks")
    lines = _frame(rng, "Статистика по отметкам", year, subject, grade, date, 20)
    old = rng.random() < 0.3
    merges = []
    if old:
        lines.append(
            Line(
                [
                    "Группы участников",
                    "Кол-во ОО",
                    "Кол-во участников",
                    "Распределение групп баллов в %",
                    None,
                    None,
                    None,
                ],
                kind="head",
            )
        )
        lines.append(Line([None, None, None, 2, 3, 4, 5], kind="head"))
        merges = [(7, 0, 8, 0), (7, 1, 8, 1), (7, 2, 8, 2), (7, 3, 7, 6)]
    else:
        heads: list[Cell] = [2, 3, 4, 5] if rng.random() < 0.7 else ["2", "3", "4", "5"]
        lines.append(
            Line(
                [
                    "Группы участников",
                    "Кол-во ОО",
                    rng.choice(("Кол-во участников", "Кол-во\nучастников", "Количество участников")),
                    *heads,
                ],
                kind="head",
            )
        )
    for group, entry, name, number in _groups(rng, district):
        people = split(rng, number, 4)
        shares = [percent(n, number) for n in people]
        counts = marks(people) if number < 10_000 else None
        lines.append(
            Line(
                [name, None if entry else rng.randint(5, 900), number, *shares],
                row(group, entry, participants=number, counts=counts),
                entry,
                kind="data",
            )
        )
    return Sheet(
        lines,
        [known],
        merges,
        f"{subject[:2].upper()} {grade} Статистика по отметкам"[:31],
        [2, 3, 4, 5, 6],
        [2, 3, 4, 5, 6],
        2,
        0,
        None,
        [3, 4, 5, 6],
        counts="percent",
    )


def fisoko_comparison(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_comparison")
    lines = _frame(rng, "Сравнение отметок с отметками по журналу", year, subject, grade, date, 20)
    groups = _groups(rng, district)[1:]
    three = ("lowered", "confirmed", "raised")
    if rng.random() < 0.3:
        lines.append(Line(["Группы участников", "Кол-во участников", "%"], kind="head"))
        for group, entry, name, number in groups:
            people = split(rng, number, 3)
            lines.append(
                Line(
                    [name],
                    row(group, entry, participants=number, comparison=dict(zip(three, people, strict=True))),
                    entry,
                    kind="data",
                )
            )
            for label, n in zip(
                (
                    "Понизили (Отметка < Отметка по журналу)",
                    "Подтвердили (Отметка = Отметке по журналу)",
                    "Повысили (Отметка > Отметка по журналу)",
                ),
                people,
                strict=True,
            ):
                lines.append(Line([label, n, percent(n, number)]))
            lines.append(Line(["Всего", number, 100]))
        return Sheet(lines, [known], [], "Сравнение", fixed=True)
    lines.append(
        Line(
            ["Группы участников", "Кол-во участников(всего)", "Понизили (Отметка < Отметка по журналу) %", "Понизили (Отметка < Отметка по журналу) Кол-во участников",
             "Подтвердили (Отметка = Отметке по журналу) %", "Подтвердили (Отметка = Отметке по журналу) Кол-во участников",
             "Повысили (Отметка > Отметка по журналу) %", "Повысили (Отметка > Отметка по журналу) Кол-во участников"],
            kind="head",
        )
    )  # fmt: skip
    for group, entry, name, number in groups:
        people = split(rng, number, 3)
        cells: list[Cell] = [name, number]
        for n in people:
            cells += [percent(n, number), n]
        lines.append(
            Line(
                cells,
                row(group, entry, participants=number, comparison=dict(zip(three, people, strict=True))),
                entry,
                kind="data",
            )
        )
    return Sheet(
        lines,
        [known],
        [],
        "МА 6 Сравнение отметок с отметк",
        [1, 2, 3, 4, 5, 6, 7],
        [1, 3, 5, 7],
        1,
        0,
        None,
        [2, 4, 6],
    )


def fisoko_primary(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_primary")
    top = rng.randint(12, 38)
    lines = _frame(rng, "Распределение первичных баллов", year, subject, grade, date, top)
    lines.append(Line(["Группы участников", "Кол-во ОО", "Кол-во участников", *range(top + 1)], kind="head"))
    for group, entry, name, number in _groups(rng, district):
        people = split(rng, number, top + 1)
        points = {str(i): n for i, n in enumerate(people)} if number < 10_000 else None
        lines.append(
            Line(
                [name, None if entry else 14, number, *[percent(n, number) for n in people]],
                row(group, entry, participants=number, points=points),
                entry,
                kind="data",
            )
        )
    places = list(range(2, top + 4))
    return Sheet(
        lines, [known], [], "МА 5 Распределение первичных ба", places, places, 2, 0, None, places[1:], counts="percent"
    )


def fisoko_tasks(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_tasks")
    lines = _frame(rng, "Выполнение заданий", year, subject, grade, date, 30)
    names = ["1К1", "1К2", "2", "3.1", "3.2", "4", "5", "6", "7.1", "7.2", "8", "9", "10"][: rng.randint(6, 13)]
    heads: list[Cell] = [
        int(n) if n.isdigit() and rng.random() < 0.5 else n.replace("К", rng.choice(("К", "K"))) for n in names
    ]
    codes = []
    if rng.random() < 0.25 and "3.1" in names:
        heads[names.index("3.1")] = dt.date(2026, 1, 3)
        codes.append("bad_number")
    lines.append(Line(["Группы участников", "Кол-во ОО", "Кол-во участников", *heads], kind="head"))
    lines.append(Line(["Макс. балл", None, None, *[rng.randint(1, 4) for _ in names]]))
    for group, entry, name, number in _groups(rng, district):
        values = [round(rng.uniform(5, 99), 2) for _ in names]
        lines.append(
            Line(
                [name, None if entry else 14, number, *values],
                row(group, entry, participants=number, tasks=dict(zip(names, values, strict=True))),
                entry,
                kind="data",
            )
        )
    places = list(range(2, len(names) + 3))
    return Sheet(lines, [known], [], "РУ 6 Выполнение заданий", places, places, 2, 0, None, places[1:], codes)


def fisoko_individual(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_individual")
    lines = _frame(rng, "Индивидуальные результаты", year, subject, grade, date, 20)[:-1]
    lines.append(Line(["Уровень сложности задания", None, None, None, None, None, "Б", "Б", "П"]))
    lines.append(
        Line(
            [
                "ОО",
                "Муниципалитет",
                "Название ОО",
                "Код участника",
                "Класс",
                "Вариант",
                "1 (2б)",
                "2 (1б)",
                "3.1 (1б)",
                "Первичный балл",
                "Отметка",
                "Отметка по журналу",
            ],
            kind="head",
        )
    )
    number = 40000
    for entry in district.entries[:4]:
        people = rng.randint(2, 12)
        got = {"2": 0, "3": 0, "4": 0, "5": 0}
        compared = {"lowered": 0, "confirmed": 0, "raised": 0}
        lines.append(Line([f"МБОУ «{entry.canonical}»({entry.fisoko_login})", None, f"Кол-во участников: {people}"]))
        first = None
        for _ in range(people):
            number += 1
            mark, journal = rng.randint(2, 5), rng.randint(3, 5)
            absent = rng.random() < 0.1
            line = Line(
                [
                    entry.fisoko_login,
                    district.name,
                    f"МБОУ «{entry.canonical}»",
                    number,
                    rng.randint(1, 3),
                    1,
                    2,
                    "X",
                    1,
                    8,
                    "нет отметки" if absent else mark,
                    journal,
                ]
            )
            lines.append(line)
            first = first or line
            if not absent:
                got[str(mark)] += 1
                compared["lowered" if mark < journal else "confirmed" if mark == journal else "raised"] += 1
        total = sum(got.values())
        if total and first:
            first.want, first.entry = row("school", entry, participants=total, counts=got, comparison=compared), entry
    return Sheet(lines, [known], [], "Индивидуальные результаты", fixed=True)


def fisoko_outcomes(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_outcomes")
    lines = _frame(rng, "Достижение планируемых результатов", year, subject, grade, date, 20)
    entry = district.entries[0]
    groups = [
        ("region", None, district.region),
        ("municipality", None, district.name),
        ("school", entry, f"МБОУ «{entry.canonical}»"),
        ("all", None, "РФ"),
    ]
    numbers = [rng.randint(30, 9000) for _ in groups]
    lines.append(
        Line(
            [
                "Блоки ПООП обучающийся научится / получит возможность научиться или проверяемые требования (умения) в соответствии с ФГОС",
                "Макс балл",
                *[name for _, _, name in groups],
            ],
            kind="head",
        )
    )
    lines.append(Line([None, None, *[f"{n} уч." for n in numbers]], kind="head"))
    tasks = ["1", "2", "3.1", "3.2", "4"]
    values = {t: [round(rng.uniform(5, 99), 2) for _ in groups] for t in tasks}
    for i, task in enumerate(tasks):
        line = Line([f"{task}. Умение выполнять арифметические действия\nс натуральными числами", 1, *values[task]])
        lines.append(line)
        if i < len(groups):
            group, school, _ = groups[i]
            line.want = row(group, school, participants=numbers[i], tasks={t: values[t][i] for t in tasks})
            line.entry = school
    return Sheet(lines, [known], [], "Достижение", fixed=True)


def fisoko_groups(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = _vpr(rng, "fisoko_groups")
    lines = _frame(rng, "Выполнение заданий группами участников", year, subject, grade, date, 20)
    lines.append(Line(["Группы участников", "Кол-во участников", 1, 2, 3, 4, 5, 6], kind="head"))
    for name in ("Группа баллов 2", "Группа баллов 3", "Группа баллов 4"):
        lines.append(Line([name, 20, 10.5, 20, 30, 40, 50, 60]))
    return Sheet(lines, [known], [], "Группы", fixed=True)


def _oge_heads(rng: random.Random) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]], str]:
    """Headings of an aggregate with marks: (rows, merges from the first heading row, shape)."""
    number = rng.choice(("№ п/п", "№", "№\nп/п"))
    name = rng.choice(
        (
            "Наименование ОО",
            "ОО",
            "Школа",
            "Наименование\nобразовательной организации",
            "Образовательная организация",
            "Название ОО",
            "ОУ",
        )
    )
    count = rng.choice(
        (
            "Кол-во участников",
            "Количество участников",
            "Кол-во\nучастни-\nков",
            "Всего участников",
            "Участников, чел.",
            "Писали, чел.",
            "Сдавали",
        )
    )
    shape = rng.choice(("pairs", "people", "words", "group"))
    base: list[Cell] = [number, "Код ОО", name, count]
    if shape == "pairs":
        first: list[Cell] = [
            *base,
            "«2»",
            None,
            "«3»",
            None,
            "«4»",
            None,
            "«5»",
            None,
            "Успеваемость, %",
            "Качество, %",
            "Средняя отметка",
        ]
        second: list[Cell] = [None] * 4 + ["чел.", "%"] * 4
        merges = [(0, c, 1, c) for c in (0, 1, 2, 3, 12, 13, 14)] + [(0, c, 0, c + 1) for c in (4, 6, 8, 10)]
        return [first, second], merges, shape
    if shape == "people":
        return [[*base, "«2»", "«3»", "«4»", "«5»", "Успев., %", "Кач-во, %", "Ср. балл"]], [], shape
    if shape == "words":
        said = rng.choice(
            (
                ("Получили «2»", "Получили «3»", "Получили «4»", "Получили «5»"),
                ("двойки", "тройки", "четвёрки", "пятёрки"),
                ("неуд.", "удовл.", "хор.", "отл."),
                ("Кол-во «2»", "Кол-во «3»", "Кол-во «4»", "Кол-во «5»"),
                ('на "2"', 'на "3"', 'на "4"', 'на "5"'),
            )
        )
        return [[*base, *said, "% успеваемости", "% качества", "Средний балл"]], [], shape
    first = [
        *base,
        rng.choice(("Получили отметку, чел.", "Распределение отметок (чел.)", "Отметки")),
        None,
        None,
        None,
        "Успеваемость, %",
        "Качество, %",
        "Средний балл",
    ]
    second = [None] * 4 + ["«2»", "«3»", "«4»", "«5»"]
    return [first, second], [(0, c, 1, c) for c in (0, 1, 2, 3, 8, 9, 10)] + [(0, 4, 0, 7)], shape


def _mark_cells(shape: str, people: list[int]) -> list[Cell]:
    number = sum(people)
    tail: list[Cell] = [percent(number - people[0], number), percent(people[2] + people[3], number), mean(people)]
    if shape == "pairs":
        return [c for n in people for c in (n, percent(n, number))] + tail
    return [*people, *tail]


def _marks_table(
    rng: random.Random, district: District, table: int = 0, below: bool = False, codes: bool = True
) -> tuple[list[Line], list[tuple[int, int, int, int]], str]:
    heads, merges, shape = _oge_heads(rng)
    lines = [Line(list(cells), kind="head", table=table) for cells in heads]
    sums = [0, 0, 0, 0]
    for i, entry in enumerate(district.entries, start=1):
        people = split(rng, rng.randint(3, 90), 4)
        sums = [a + b for a, b in zip(sums, people, strict=True)]
        extra = {"below_minimum": people[0]} if below else {}
        lines.append(
            Line(
                [
                    i,
                    int(entry.rcoi_code) if codes else None,
                    f"МБОУ {entry.canonical}",
                    sum(people),
                    *_mark_cells(shape, people),
                ],
                row("school", entry, participants=sum(people), counts=marks(people), **extra),
                entry,
                kind="data",
                table=table,
            )
        )
    total = Line(
        [
            None,
            None,
            rng.choice(("Итого по району", "Итого", "ИТОГО:", "Всего по МО", "Всего")),
            sum(sums),
            *_mark_cells(shape, sums),
        ],
        row(
            "municipality",
            None,
            participants=sum(sums),
            counts=marks(sums),
            **({"below_minimum": sums[0]} if below else {}),
        ),
        kind="total",
        table=table,
    )
    lines.insert(len(heads) if rng.random() < 0.15 else len(lines), total)
    return lines, merges, shape


def _shape_columns(sheet: Sheet, shape: str) -> Sheet:
    step = 2 if shape == "pairs" else 1
    needed = [3, *[4 + step * i for i in range(4)]]
    width = 15 if shape == "pairs" else 11
    sheet.figures, sheet.needed, sheet.participants, sheet.names, sheet.code = list(range(3, width)), needed, 3, 2, 1
    sheet.percents = [5, 7, 9, 11] if shape == "pairs" else []
    return sheet


def oge_table(rng: random.Random, district: District) -> Sheet:
    year, subject = rng.randint(2021, 2026), rng.choice(list(SUBJECTS))
    date = day(rng, year, (5, 6))
    title = rng.choice(
        (
            f"Результаты основного государственного экзамена (ОГЭ) {year} года",
            f"Итоги ОГЭ-{year} по {SUBJECTS[subject]}",
            f"ОГЭ {year}. {subject}",
            f"Результаты ГИА-9 {year - 1}-{year} учебный год, {subject.lower()}",
        )
    )
    dated = rng.random() < 0.7
    lines = [
        Line([title], kind="title"),
        Line([f"Предмет: {subject.lower()}"], kind="title"),
        Line([district.name + (f", {date:%d.%m.%Y}" if dated else "")], kind="title"),
        Line([]),
    ]
    body, merges, shape = _marks_table(rng, district)
    merges = [(t + 4, a, b + 4, c) for t, a, b, c in merges]
    known = facts("rcoi_table", "ОГЭ", f"{year - 1}/{year}", subject=subject, date=date.isoformat() if dated else None)
    return _shape_columns(Sheet(lines + body, [known], merges, subject[:12]), shape)


def oge_stacked(rng: random.Random, district: District) -> Sheet:
    year = rng.randint(2022, 2026)
    lines = [Line([f"Результаты ОГЭ {year} года"], kind="title"), Line([district.name], kind="title")]
    tables = []
    merges: list[tuple[int, int, int, int]] = []
    for i, subject in enumerate(rng.sample(list(SUBJECTS), 3)):
        date = day(rng, year, (5, 6))
        lines += [Line([]), Line([f"{subject}, {date:%d.%m.%Y}"], kind="title"), Line([])]
        body, own, _ = _marks_table(rng, district, table=i)
        merges += [(t + len(lines), a, b + len(lines), c) for t, a, b, c in own]
        lines += body
        tables.append(facts("rcoi_table", "ОГЭ", f"{year - 1}/{year}", subject=subject, date=date.isoformat()))
    return Sheet(lines, tables, merges, "Свод", fixed=True, code=1, names=2)


def ege_side_by_side(rng: random.Random, district: District) -> Sheet:
    year = rng.randint(2021, 2026)
    lines = [
        Line([f"Результаты ЕГЭ {year} года"], kind="title"),
        Line([f"{district.name}, обязательные предметы"], kind="title"),
        Line([]),
    ]
    score = [
        "Кол-во участников",
        "Средний балл",
        rng.choice(("Не преодолели порог, чел.", "Не набрали минимальный балл, чел.", "Ниже минимального, чел.")),
        "%",
        "81–100, чел.",
        "100, чел.",
    ]
    base = ["Кол-во участников", "«2»", "«3»", "«4»", "«5»", "Средняя отметка"]
    lines.append(
        Line(
            [
                "№",
                "Код ОО",
                "ОО",
                "Русский язык",
                *[None] * 5,
                "Математика (базовый уровень)",
                *[None] * 5,
                "Математика (профильный уровень)",
                *[None] * 5,
            ],
            kind="head",
        )
    )
    lines.append(Line([None] * 3 + score + base + score, kind="head"))
    merges = [(3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 8), (3, 9, 3, 14), (3, 15, 3, 20)]
    known = facts("rcoi_table", "ЕГЭ", f"{year - 1}/{year}")
    tables = [
        known | {"subject": "Русский язык"},
        known | {"subject": "Математика", "level": "база"},
        known | {"subject": "Математика", "level": "профиль"},
    ]
    for i, entry in enumerate(district.entries, start=1):
        cells: list[Cell] = [i, int(entry.rcoi_code), f"МБОУ {entry.canonical}"]
        wants = []
        for part in range(3):
            n = rng.randint(3, 40)
            if part == 1:
                people = split(rng, n, 4)
                cells += [n, *people, mean(people)]
                wants.append(row("school", entry, participants=n, counts=marks(people), below_minimum=people[0]))
            else:
                low = rng.randint(0, n // 3)
                cells += [n, round(rng.uniform(35, 80), 2), low, percent(low, n), 0, 0]
                wants.append(row("school", entry, participants=n, below_minimum=low))
        line = Line(cells, {"many": wants}, entry, kind="data")
        lines.append(line)
    return Sheet(lines, tables, merges, "Свод", fixed=True, names=2, code=1)


def ege_table(rng: random.Random, district: District) -> Sheet:
    year = rng.randint(2021, 2026)
    subject = rng.choice(("Русский язык", "Физика", "Химия", "Математика"))
    level = "профиль" if subject == "Математика" else None
    date = day(rng, year, (5, 6))
    said = SUBJECTS[subject] + (" (профильный уровень)" if level else "")
    lines = [
        Line([f"Результаты ЕГЭ {year} года по {said}"], kind="title"),
        Line([f"{district.name}, {date:%d.%m.%Y}"], kind="title"),
        Line([]),
    ]
    lines.append(
        Line(
            [
                "№ п/п",
                "Код ОО",
                "Наименование ОО",
                "Кол-во участников",
                "Средний балл",
                "Не преодолели минимальный порог",
                None,
                "81–100 баллов",
                None,
                "100 баллов, чел.",
            ],
            kind="head",
        )
    )
    lines.append(Line([None] * 5 + ["чел.", "%", "чел.", "%"], kind="head"))
    merges = [(3, c, 4, c) for c in (0, 1, 2, 3, 4, 9)] + [(3, 5, 3, 6), (3, 7, 3, 8)]
    for i, entry in enumerate(district.entries, start=1):
        n = rng.randint(3, 40)
        low = rng.randint(0, n // 2)
        lines.append(
            Line(
                [
                    i,
                    int(entry.rcoi_code),
                    f"МБОУ {entry.canonical}",
                    n,
                    round(rng.uniform(30, 80), 2),
                    low,
                    percent(low, n),
                    0,
                    0,
                    0,
                ],
                row("school", entry, participants=n, below_minimum=low),
                entry,
                kind="data",
            )
        )
    known = facts("rcoi_table", "ЕГЭ", f"{year - 1}/{year}", subject=subject, level=level, date=date.isoformat())
    return Sheet(lines, [known], merges, "Лист1", list(range(3, 10)), [3, 5], 3, 2, 1)


def protocol(rng: random.Random, district: District) -> Sheet:
    year = rng.randint(2022, 2026)
    ege = rng.random() < 0.4
    lines = [
        Line([f"Протокол проверки результатов  государственной итоговой аттестации {year} г."], kind="title"),
        Line([]),
    ]
    tables = []
    for i, subject in enumerate(rng.sample(["Обществознание", "Биология", "География", "Химия"], rng.randint(1, 3))):
        date = day(rng, year, (5, 6))
        lines += [
            Line([f"98 - {district.region}"], kind="title"),
            Line([f"{rng.randint(1, 15):02d} - {subject} {date:%Y.%m.%d}"], kind="title"),
            Line([]),
        ]
        last = "Тестовый балл" if ege else "Оценка"
        lines.append(
            Line(
                [
                    "№",
                    "Код ОО",
                    None,
                    "Класс",
                    "Код ППЭ",
                    None,
                    "Аудитория",
                    "Фамилия",
                    None,
                    "Имя",
                    "Отчество",
                    "Задания с кратким ответом",
                    "Первичный балл",
                    None,
                    last,
                ],
                kind="head",
            )
        )
        got: dict[str, list[int]] = {}
        firsts: dict[str, Line] = {}
        for n in range(1, rng.randint(6, 25)):
            entry = rng.choice(district.entries[:5])
            value: Cell = rng.randint(10, 100) if ege else rng.randint(2, 5)
            if rng.random() < 0.08:
                value = rng.choice((None, "неявка", "-"))
            line = Line(
                [
                    n,
                    int(entry.rcoi_code),
                    None,
                    "11А" if ege else "9А",
                    1401,
                    None,
                    3,
                    "Невидимкин",
                    None,
                    "Пётр",
                    "Ильич",
                    "++-+-",
                    12,
                    None,
                    value,
                ]
            )
            lines.append(line)
            if isinstance(value, int):
                got.setdefault(entry.canonical, []).append(value)
                firsts.setdefault(entry.canonical, line)
        for entry in district.entries:
            if entry.canonical in got:
                values = got[entry.canonical]
                counts = None if ege else {str(m): values.count(m) for m in (2, 3, 4, 5)}
                firsts[entry.canonical].want = row("school", entry, participants=len(values), counts=counts)
                firsts[entry.canonical].entry, firsts[entry.canonical].table = entry, i
        lines += [Line(["Средние", *[None] * 11, 14.2, None, 3.5]), Line([])]
        tables.append(
            facts(
                "rcoi_protocol", "ЕГЭ" if ege else "ОГЭ", f"{year - 1}/{year}", subject=subject, date=date.isoformat()
            )
        )
    return Sheet(lines, tables, [], "Page 1", fixed=True, codes=["personal_data_dropped"], code=1)


def plain_work(rng: random.Random, district: District) -> Sheet:
    year, subject, grade = rng.randint(2021, 2025), rng.choice(list(SUBJECTS)), rng.randint(4, 11)
    date = day(rng, year, (9, 10, 11, 12))
    title = rng.choice(
        (
            f"Результаты муниципальной контрольной работы по {SUBJECTS[subject]}",
            f"Диагностическая работа по {SUBJECTS[subject]}",
            f"Мониторинговая работа. {subject}",
        )
    )
    dated = rng.choice(
        (
            f"{date:%d.%m.%Y}",
            f"{year}-{year + 1} учебный год",
            f"{('сентябрь', 'октябрь', 'ноябрь', 'декабрь')[date.month - 9]} {year} г.",
        )
    )
    lines = [
        Line([title], kind="title"),
        Line(
            [
                f"{rng.choice((f'{grade} классы', f'{grade} класс', f'{grade}-е классы', f'учащиеся {grade}-х классов'))}, {dated}"
            ],
            kind="title",
        ),
        Line([]),
    ]
    order = rng.choice(([5, 4, 3, 2], [2, 3, 4, 5]))
    percents = rng.random() < 0.35
    unit = ", %" if percents else rng.choice(("", ", чел."))
    name = rng.choice(("Школа", "ОО", "Наименование ОУ", "Общеобразовательная организация"))
    count = rng.choice(
        (
            "Писали работу, чел.",
            "Кол-во писавших",
            "Выполняли работу",
            "Кол-во уч-ся, писавших работу",
            "Количество обучающихся, выполнявших работу",
        )
    )
    enrolled = rng.random() < 0.3
    front: list[Cell] = ["№", name] + (["Кол-во обучающихся по списку"] if enrolled else []) + [count]
    lines.append(
        Line([*front, *[f"«{m}»{unit}" for m in order], "Успеваемость, %", "Качество, %", "Средний балл"], kind="head")
    )
    at = len(front)
    for i, entry in enumerate(district.entries, start=1):
        people = split(rng, rng.randint(4, 95), 4)
        by = dict(zip((2, 3, 4, 5), people, strict=True))
        n = sum(people)
        values: list[Cell] = [percent(by[m], n, 2 if percents else 0) if percents else by[m] for m in order]
        cells = [
            i,
            f"МБОУ «{entry.canonical}»",
            *([n + rng.randint(0, 9)] if enrolled else []),
            n,
            *values,
            percent(n - by[2], n, 1),
            percent(by[4] + by[5], n, 1),
            mean(people),
        ]
        lines.append(Line(cells, row("school", entry, participants=n, counts=marks(people)), entry, kind="data"))
    known = facts(
        "plain_table",
        "КР",
        f"{year}/{year + 1}",
        subject=subject,
        grade=grade,
        date=date.isoformat() if "." in dated and dated[0].isdigit() else None,
    )
    places = list(range(at - 1, at + 7))
    return Sheet(
        lines,
        [known],
        [],
        "Лист1",
        places,
        places[:5],
        at - 1,
        1,
        None,
        places[1:5] if percents else [],
        counts="percent" if percents else "people",
    )


def subjects_in_column(rng: random.Random, district: District) -> Sheet:
    year, grade = rng.randint(2022, 2026), rng.randint(5, 8)
    lines = [Line([f"Результаты ВПР {year}, {grade} классы"], kind="title"), Line([])]
    lines.append(Line(["Школа", "Предмет", "Кол-во участников", "2", "3", "4", "5"], kind="head"))
    chosen = rng.sample(list(SUBJECTS), 3)
    for entry in district.entries:
        for i, subject in enumerate(chosen):
            people = split(rng, rng.randint(4, 60), 4)
            lines.append(
                Line(
                    [
                        f"МБОУ «{entry.canonical}»",
                        subject if rng.random() < 0.5 else subject.lower(),
                        sum(people),
                        *people,
                    ],
                    row("school", entry, participants=sum(people), counts=marks(people)),
                    entry,
                    table=i,
                )
            )
    known = facts("plain_table", "ВПР", f"{year - 1}/{year}", grade=grade)
    return Sheet(lines, [known | {"subject": s} for s in chosen], [], "Свод", fixed=True, names=0)


def classes_in_rows(rng: random.Random, district: District) -> Sheet:
    """Rows 5А, 5Б: no row may put a class's figures against the school."""
    year, subject = rng.randint(2022, 2026), rng.choice(list(SUBJECTS))
    lines = [Line([f"ВПР {year} {subject} 5 класс"], kind="title"), Line([])]
    lines.append(Line(["Школа", "Класс", "Кол-во участников", "2", "3", "4", "5"], kind="head"))
    codes = []
    for entry in district.entries:
        for place, letter in enumerate("АБ"):
            people = split(rng, rng.randint(4, 30), 4)
            line = Line([f"МБОУ «{entry.canonical}»", f"5{letter}", sum(people), *people])
            if place == 0:
                line.want, line.entry = row("school", entry), entry
                codes.append("class_rows")
            lines.append(line)
    known = facts("plain_table", "ВПР", f"{year - 1}/{year}", subject=subject, grade=5)
    return Sheet(lines, [known], [], "Свод", fixed=True, codes=codes)


FORMS: dict[str, Callable[[random.Random, District], Sheet]] = {
    f.__name__: f
    for f in (
        fisoko_marks, fisoko_comparison, fisoko_primary, fisoko_tasks, fisoko_individual, fisoko_outcomes, fisoko_groups,
        oge_table, oge_stacked, ege_side_by_side, ege_table, protocol, plain_work, subjects_in_column, classes_in_rows,
    )
}  # fmt: skip
