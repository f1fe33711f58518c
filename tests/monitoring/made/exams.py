"""Tables and protocols of ОГЭ and ЕГЭ as РЦОИ sends them, made from a truth."""

from __future__ import annotations

import random

from tests.monitoring.containers import Cell
from tests.monitoring.district import SUBJECTS, District, percent, split
from tests.monitoring.made.page import Line, Sheet, day, facts, marks, mean, row


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


def mark_cells(shape: str, people: list[int]) -> list[Cell]:
    number = sum(people)
    tail: list[Cell] = [percent(number - people[0], number), percent(people[2] + people[3], number), mean(people)]
    if shape == "pairs":
        return [c for n in people for c in (n, percent(n, number))] + tail
    return [*people, *tail]


def marks_table(
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
                    *mark_cells(shape, people),
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
            *mark_cells(shape, sums),
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


def shape_columns(sheet: Sheet, shape: str) -> Sheet:
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
    body, merges, shape = marks_table(rng, district)
    merges = [(t + 4, a, b + 4, c) for t, a, b, c in merges]
    known = facts("rcoi_table", "ОГЭ", f"{year - 1}/{year}", subject=subject, date=date.isoformat() if dated else None)
    return shape_columns(Sheet(lines + body, [known], merges, subject[:12]), shape)


def oge_stacked(rng: random.Random, district: District) -> Sheet:
    year = rng.randint(2022, 2026)
    lines = [Line([f"Результаты ОГЭ {year} года"], kind="title"), Line([district.name], kind="title")]
    tables = []
    merges: list[tuple[int, int, int, int]] = []
    for i, subject in enumerate(rng.sample(list(SUBJECTS), 3)):
        date = day(rng, year, (5, 6))
        lines += [Line([]), Line([f"{subject}, {date:%d.%m.%Y}"], kind="title"), Line([])]
        body, own, _ = marks_table(rng, district, table=i)
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
