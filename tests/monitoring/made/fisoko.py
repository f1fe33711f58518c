"""Reports of ФИС ОКО made from a truth."""

from __future__ import annotations

import datetime as dt
import random

from tests.monitoring.containers import Cell
from tests.monitoring.district import District, percent, split
from tests.monitoring.made.page import Line, Sheet, frame, groups, marks, row, vpr


def fisoko_marks(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = vpr(rng, "fisoko_marks")
    lines = frame(rng, "Статистика по отметкам", year, subject, grade, date, 20)
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
    for group, entry, name, number in groups(rng, district):
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
    known, year, subject, grade, date = vpr(rng, "fisoko_comparison")
    lines = frame(rng, "Сравнение отметок с отметками по журналу", year, subject, grade, date, 20)
    below = groups(rng, district)[1:]
    three = ("lowered", "confirmed", "raised")
    if rng.random() < 0.3:
        lines.append(Line(["Группы участников", "Кол-во участников", "%"], kind="head"))
        for group, entry, name, number in below:
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
    for group, entry, name, number in below:
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
    known, year, subject, grade, date = vpr(rng, "fisoko_primary")
    top = rng.randint(12, 38)
    lines = frame(rng, "Распределение первичных баллов", year, subject, grade, date, top)
    lines.append(Line(["Группы участников", "Кол-во ОО", "Кол-во участников", *range(top + 1)], kind="head"))
    for group, entry, name, number in groups(rng, district):
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
    known, year, subject, grade, date = vpr(rng, "fisoko_tasks")
    lines = frame(rng, "Выполнение заданий", year, subject, grade, date, 30)
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
    for group, entry, name, number in groups(rng, district):
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
    known, year, subject, grade, date = vpr(rng, "fisoko_individual")
    lines = frame(rng, "Индивидуальные результаты", year, subject, grade, date, 20)[:-1]
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
    return Sheet(lines, [known], [], "Индивидуальные результаты", fixed=True, codes=["personal_data_dropped"])


def fisoko_outcomes(rng: random.Random, district: District) -> Sheet:
    known, year, subject, grade, date = vpr(rng, "fisoko_outcomes")
    lines = frame(rng, "Достижение планируемых результатов", year, subject, grade, date, 20)
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
    known, year, subject, grade, date = vpr(rng, "fisoko_groups")
    lines = frame(rng, "Выполнение заданий группами участников", year, subject, grade, date, 20)
    lines.append(Line(["Группы участников", "Кол-во участников", 1, 2, 3, 4, 5, 6], kind="head"))
    for name in ("Группа баллов 2", "Группа баллов 3", "Группа баллов 4"):
        lines.append(Line([name, 20, 10.5, 20, 30, 40, 50, 60]))
    return Sheet(lines, [known], [], "Группы", fixed=True)
