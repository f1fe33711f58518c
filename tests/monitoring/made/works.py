"""Home-made tables of control works, made from a truth."""

from __future__ import annotations

import random

from tests.monitoring.containers import Cell
from tests.monitoring.district import SUBJECTS, District, percent, split
from tests.monitoring.made.page import Line, Sheet, day, facts, marks, mean, row


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
