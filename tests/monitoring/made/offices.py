"""Layouts that offices send by e-mail, made from a truth: each function is a class of damage, the seed chooses its wording.

`want` holds what a careful person reads; where it is None nothing may be put against any school, a person is asked.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schools.registry import RegistryEntry
from tests.monitoring.containers import Cell, Page

NAMES = (
    "СОШ № 1 г. Ясный",
    "СОШ № 4 г. Ясный",
    "Лицей г. Ясный",
    "СОШ с. Липовка",
    "ООШ д. Заречье",
    "СОШ п. Разъезд 9",
)
SCHOOLS = [
    RegistryEntry(name, fisoko_login=f"edu96200{i}", rcoi_code=f"620{i}", key=i, aliases=(f"МБОУ «{name}»",))
    for i, name in enumerate(NAMES, start=1)
]
CODES = {entry.canonical: entry.rcoi_code for entry in SCHOOLS}
LOGINS = {entry.canonical: entry.fisoko_login for entry in SCHOOLS}
Figures = dict[str, tuple[int, dict[str, int]]]
Facts = tuple[str | None, str | None, str | None, int | None]


@dataclass
class Made:
    """`want`: (procedure, school year, subject, grade) → school → participants and marks; `code`: what must be told."""

    pages: list[Page]
    want: dict[Facts, Figures] | None
    code: str = ""
    total: int | None = None


def truth(rng: random.Random) -> Figures:
    out: Figures = {}
    for name in NAMES:
        marks = {m: rng.randint(0, 14) for m in "2345"}
        marks["3"] += 4
        out[name] = (sum(marks.values()), marks)
    return out


def of(figures: tuple[int, dict[str, int]], order: str = "5432") -> list[Cell]:
    return [figures[1][m] for m in order]


def people(figures: Figures) -> tuple[int, dict[str, int]]:
    return sum(n for n, _ in figures.values()), {m: sum(c[m] for _, c in figures.values()) for m in "2345"}


def title(rng: random.Random) -> tuple[list[list[Cell]], Facts]:
    grade = rng.randint(5, 9)
    subject, said = rng.choice((("Математика", "математике"), ("Физика", "физике"), ("География", "географии")))
    year = rng.choice(("2025-2026 уч. год", "2025/26 учебный год", "25-26 уч. г.", "18.03.2026", "октябрь 2025 г."))
    work = rng.choice(
        ("Контрольная работа", "Административный контроль", "Входной контроль", "Срез", "К/р", "Мониторинг")
    )
    roman = {5: "V", 6: "VI", 7: "VII", 8: "VIII", 9: "IX"}[grade]
    kind = rng.choice((f"{grade} класс", f"{grade}-е классы", f"{roman} класс", f"{grade} кл."))
    return [[f"{work} по {said}, {kind}, {year}"], []], ("КР", "2025/2026", subject, grade)


HEADS = ("5", "4", "3", "2")


def _heads(rng: random.Random) -> list[Cell]:
    shapes = ("«{}»", "на «{}»", "Оценка {}", "Получили «{}», чел.", "«{}» (чел.)", "Кол-во «{}»", "отметка «{}»")
    shape = rng.choice(shapes)
    if rng.random() < 0.2:
        return ["отлично (5)", "хорошо (4)", "удовл. (3)", "неуд. (2)"]
    return [shape.format(m) for m in HEADS]


def _wrote(rng: random.Random) -> str:
    return rng.choice(
        ("Писали", "Кол-во уч.", "Выполняли работу", "Приняло участие", "Кол-во писавших, чел.", "Численность участников",
         "Кол-во сдававших", "Участники", "Кол-во уч-ся, писавших работу", "Фактически писало")
    )  # fmt: skip


def neighbours(rng: random.Random) -> Made:
    """Another municipality has schools of the same names: by rows, by a column, with its logins or without."""
    above, facts = title(rng)
    mine = truth(rng)
    twins = rng.sample(NAMES, rng.randint(1, 2))
    theirs = [*twins, "СОШ № 2 г. Дальний", "ООШ с. Камыши", "СОШ с. Бор"]
    figures = {name: (20, {"2": 5, "3": 5, "4": 5, "5": 5}) for name in theirs}
    sections = [("Ясненский район", mine), ("Дальний район", figures)]
    rng.shuffle(sections)
    way = rng.choice(("column", "rows", "codes"))
    rows: list[list[Cell]] = [*above]
    if way == "column":
        rows.append([rng.choice(("Муниципалитет", "Район", "МО")), "ОО", _wrote(rng), *_heads(rng)])
    else:
        rows.append(["ОО", _wrote(rng), *_heads(rng)])
    for place, (district, part) in enumerate(sections):
        if way != "column":
            all_of = people(part)
            code = f" муниципальный район(reg62_m00{place})" if way == "codes" else ""
            rows.append([district.replace(" район", code) if code else district, all_of[0], *of(all_of)])
        for name, one in part.items():
            login = f"(edu{700 + place}00{len(name)})" if way == "codes" and part is not mine else ""
            printed = f"МБОУ «{name}»{login}"
            rows.append([*([district] if way == "column" else []), printed, one[0], *of(one)])
    return Made([Page("Лист1", rows)], {facts: mine}, "unknown_school")


def appeals(rng: random.Random) -> Made:
    """Only those who appealed, each with the result before and after."""
    people_ = [("Коробейников Пётр Ильич", 3, 4), ("Вьюгина Анна Олеговна", 3, 3), ("Тучкова Инна Львовна", 4, 5)]
    school = rng.random() < 0.6
    named = [f"МБОУ «{name}»" for name in NAMES[:3]]
    head: list[Cell] = [*(["ОО"] if school else []), "ФИО участника", "Экзамен"]
    words = rng.choice(
        ("Результаты рассмотрения апелляций", "Протокол по итогам апелляций", "Список участников, подавших апелляцию")
    )
    rows: list[list[Cell]] = [[words], []]
    if rng.random() < 0.5:
        rows.append([*head, "Состояние", "Первичный балл", "Оценка"])
        for (who, old, new), where in zip(people_, named, strict=True):
            for state, mark in (("Текущие", old), (rng.choice(("Апелляция", "После апелляции")), new)):
                rows.append([*([where] if school else []), who, "Математика(2026.06.02)", state, 10, mark])
    else:
        rows.append(
            [*head, "Балл до апелляции", "Оценка до апелляции", "Балл после апелляции", "Оценка после апелляции"]
        )
        for (who, old, new), where in zip(people_, named, strict=True):
            rows.append([*([where] if school else []), who, "Математика", 10, old, 12, new])
    return Made([Page("Лист1", rows)], None, "personal_data_dropped")


def subtotals(rng: random.Random) -> Made:
    """Totals of a part of the municipality among the lines."""
    above, facts = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["Наименование ОО", _wrote(rng), *_heads(rng)]]
    words = rng.choice(
        (("Итого по городским школам", "Итого по сельским школам"), ("Всего по СОШ", "Всего по ООШ"), ("Итого город", "Итого село"),
         ("Итого по школам города", "Итого по школам села"), ("ИТОГО (городские ОО)", "ИТОГО (сельские ОО)"),
         ("Итого по 1 группе", "Итого по 2 группе"), ("Итого по кластеру 1", "Итого по кластеру 2"))
    )  # fmt: skip
    for part, word in ((NAMES[:3], words[0]), (NAMES[3:], words[1])):
        for name in part:
            rows.append([f"МБОУ «{name}»", mine[name][0], *of(mine[name])])
        some = people({name: mine[name] for name in part})
        rows.append([word, some[0], *of(some)])
    last = people(mine)
    rows.append(
        [rng.choice(("Итого", "Итого по району", "ВСЕГО по округу", "Итого по муниципалитету")), last[0], *of(last)]
    )
    return Made([Page("Лист1", rows)], {facts: mine}, total=last[0])


def two_periods(rng: random.Random) -> Made:
    """Two sets of marks of one exam: which is the result is not for a program to say."""
    above, _ = title(rng)
    mine = truth(rng)
    pair = rng.choice(
        (("Основной период", "С учётом пересдачи"), ("До апелляций", "После апелляций"), ("1 вариант", "2 вариант"),
         ("Основной этап", "Резервные дни"), ("Юноши", "Девушки"))
    )  # fmt: skip
    rows: list[list[Cell]] = [
        *above,
        ["ОО", _wrote(rng), pair[0], None, None, None, pair[1], None, None, None],
        [None, None, *HEADS, *HEADS],
    ]
    for name, one in mine.items():
        rows.append([f"МБОУ «{name}»", one[0], *of(one), 1, 2, 3, 0])
    return Made([Page("Лист1", rows, [(2, 2, 2, 5), (2, 6, 2, 9), (2, 0, 3, 0), (2, 1, 3, 1)])], None, "needs_mapping")


def numbered(rng: random.Random) -> Made:
    """Columns 1, 2, 3 … that are classes of a school, or people who did a task."""
    head = rng.choice(
        ("Сеть классов на 2025-2026 учебный год", "Контингент обучающихся ВПР 2026", "Комплектование, 2025/2026")
    )
    rows: list[list[Cell]] = [[head], [], ["Школа", "Обучающихся", *range(1, rng.choice((6, 10, 12)))]]
    rows += [[f"МБОУ «{name}»", 90, *[rng.randint(5, 30) for _ in rows[2][2:]]] for name in NAMES]
    return Made([Page("Лист1", rows)], None, "needs_mapping")


def classes_below(rng: random.Random) -> Made:
    """Lines of classes under the line of their school; the school's figures stand above, or in a total below."""
    above, facts = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["ОО, класс", _wrote(rng), *_heads(rng)]]
    shape = rng.choice(("{}А", "{} «А»", "{}-а", "{} а класс", "{}А кл."))
    below = rng.random() < 0.5
    word = rng.choice(("Итого", "Итого по школе", "Всего по ОО", "Всего"))
    for name, one in mine.items():
        rows.append([f"МБОУ «{name}»", *([] if below else [one[0], *of(one)])])
        half = {m: n // 2 for m, n in one[1].items()}
        rest = {m: n - half[m] for m, n in one[1].items()}
        for letter, part in (("А", half), ("Б", rest)):
            said = shape.format(facts[3]).replace("А", letter).replace("а", letter.lower(), 1)
            rows.append([said, sum(part.values()), *of((0, part))])
        if below:
            rows.append([word, one[0], *of(one)])
    last = people(mine)
    rows.append(["Итого по району", last[0], *of(last)])
    return Made([Page("Лист1", rows)], {facts: mine}, total=last[0])


def classes_only(rng: random.Random) -> Made:
    """No line speaks for the school: its classes are not taken for it."""
    above, _ = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["Школа", _wrote(rng), *_heads(rng)]]
    for name, one in mine.items():
        rows += [[f"МБОУ «{name}»"], ["7А", one[0], *of(one)], ["7Б", 10, 1, 2, 3, 4]]
    return Made([Page("Лист1", rows)], None, "class_rows")


def beside(rng: random.Random) -> Made:
    """Columns of another year, of a plan, of the district beside the figures."""
    above, facts = title(rng)
    mine = truth(rng)
    others: list[tuple[str, Callable[[], Cell]]] = [
        ("% «2» в прошлом году", lambda: rng.randint(0, 40)), ("Динамика, %", lambda: -3), ("План, чел.", lambda: 30),
        ("Средний балл по району", lambda: 3.7), ("+/- к прошлому году", lambda: "+2"), ("Отклонение от среднего", lambda: 0.4),
        ("Кол-во «2» в предыдущем году", lambda: rng.randint(0, 9)),
    ]  # fmt: skip
    extra = rng.sample(others, 3)
    rows: list[list[Cell]] = [*above, ["№", "ОУ", extra[0][0], _wrote(rng), *_heads(rng), extra[1][0], extra[2][0]]]
    for i, (name, one) in enumerate(mine.items(), start=1):
        rows.append([i, f"МБОУ «{name}»", extra[0][1](), one[0], *of(one), extra[1][1](), extra[2][1]()])
    return Made([Page("Лист1", rows)], {facts: mine})


def enrolled(rng: random.Random) -> Made:
    """The list of the class beside those who wrote."""
    above, facts = title(rng)
    mine = truth(rng)
    listed = rng.choice(
        ("По списку", "Кол-во обучающихся по списку", "Зарегистрировано", "Подали заявление", "Контингент", "Всего по списку, чел.",
         "Количество учащихся в классе", "Списочный состав")
    )  # fmt: skip
    absent = rng.choice(("Отсутствовали", "Не писали", "Не явились", "Неявка"))
    wrote = rng.choice(("Писали", "Явилось", "Кол-во участников", "Выполняли", "Участвовали в работе"))
    rows: list[list[Cell]] = [*above, ["ОО", listed, wrote, absent, *_heads(rng), "н/а"]]
    if rng.random() < 0.4:
        rows[-1] = ["ОО", "Количество участников", None, None, *_heads(rng), "н/а"]
        rows.append([None, listed, "явилось", absent])
    for name, one in mine.items():
        rows.append([f"МБОУ «{name}»", one[0] + 3, one[0], 3, *of(one), 0])
    merges = [(2, 1, 2, 3), *[(2, c, 3, c) for c in (0, 4, 5, 6, 7, 8)]] if len(rows[3]) == 4 else []
    return Made([Page("Лист1", rows, merges)], {facts: mine})


def pairs(rng: random.Random) -> Made:
    """People and their share in one cell."""
    above, facts = title(rng)
    mine = truth(rng)
    shape = rng.choice(("{n} ({p}%)", "{n} чел. ({p} %)", "{n} / {p}%", "{p}% ({n})", "{n} чел. - {p}%"))
    rows: list[list[Cell]] = [*above, ["ОО", _wrote(rng), *[f"«{m}», чел. (%)" for m in HEADS]]]
    for name, one in mine.items():
        cells = [shape.format(n=one[1][m], p=f"{100 * one[1][m] / one[0]:.1f}".replace(".", ",")) for m in HEADS]
        rows.append([f"МБОУ «{name}»", one[0], *cells])
    return Made([Page("Лист1", rows)], {facts: mine})


def coded_names(rng: random.Random) -> Made:
    """The code of РЦОИ before the name in one cell."""
    above, facts = title(rng)
    mine = truth(rng)
    shape = rng.choice(("{} - МБОУ «{}»", "{} МБОУ «{}»", "({}) МБОУ «{}»", "{}. МБОУ «{}»", "{}: МБОУ «{}»"))
    head = rng.choice(("Код и наименование ОО", "ОО", "Наименование ОО", "Школа"))
    rows: list[list[Cell]] = [*above, [head, _wrote(rng), *_heads(rng)]]
    rows += [[shape.format(CODES[name], name), one[0], *of(one)] for name, one in mine.items()]
    return Made([Page("Лист1", rows)], {facts: mine})


def pages_and_stacks(rng: random.Random) -> Made:
    """Heads on each printed page with page lines between, or two grades one under the other with heads of no school word."""
    above, facts = title(rng)
    mine = truth(rng)
    if rng.random() < 0.5:
        head: list[Cell] = ["№ п/п", "ОО", _wrote(rng), *_heads(rng)]
        rows = [*above, head, list(range(1, 8))]
        for i, (name, one) in enumerate(mine.items(), start=1):
            rows.append([i, f"МБОУ «{name}»", one[0], *of(one)])
            if i % 2 == 0 and i < 6:
                rows += [[None, rng.choice((f"стр. {i}", f"Страница {i} из 3"))], [None, "Продолжение таблицы"], head]
        return Made([Page("Лист1", rows)], {facts: mine})
    other = truth(rng)
    head = [
        rng.choice(("Школа, населённый пункт", "Учебное заведение", "Территория, школа")),
        _wrote(rng),
        *_heads(rng),
    ]
    rows = []
    for grade, part in ((5, mine), (7, other)):
        rows += [[f"Контрольная работа по химии, {grade} класс, 2025-2026 учебный год"], head]
        rows += [[f"МБОУ «{name}»", one[0], *of(one)] for name, one in part.items()]
        rows.append([])
    year = "2025/2026"
    return Made([Page("Лист1", rows)], {("КР", year, "Химия", 5): mine, ("КР", year, "Химия", 7): other})


def turned(rng: random.Random) -> Made:
    """Schools across, figures down."""
    above, facts = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["Показатель", *[f"МБОУ «{name}»" for name in NAMES]]]
    rows.append([_wrote(rng), *[mine[name][0] for name in NAMES]])
    for mark, head in zip(HEADS, _heads(rng), strict=True):
        rows.append([head, *[mine[name][1][mark] for name in NAMES]])
    rows.append(["Качество, %", *[round(100 * (c["4"] + c["5"]) / n, 1) for n, c in mine.values()]])
    return Made([Page("Лист1", rows)], {facts: mine})


def school_a_sheet(rng: random.Random) -> Made:
    """A sheet for each school, its name in the title; the lines are exams."""
    parts = {subject: truth(rng) for subject in ("Русский язык", "Математика")}
    pages = []
    for place, name in enumerate(NAMES[:3]):
        said = rng.choice((f"Результаты ВПР 2026. МБОУ «{name}»", f"МБОУ «{name}» — итоги ВПР 2026 года"))
        rows: list[list[Cell]] = [[said], [], ["Предмет", "Класс", _wrote(rng), *_heads(rng)]]
        rows += [[subject, rng.choice((5, "5 кл.")), part[name][0], *of(part[name])] for subject, part in parts.items()]
        pages.append(Page(f"Лист{place + 1}", rows))
    year = "2025/2026"
    want = {("ВПР", year, subject, 5): {n: part[n] for n in NAMES[:3]} for subject, part in parts.items()}
    return Made(pages, want)


def long_table(rng: random.Random) -> Made:
    """One line for each school, subject, class and year; the school merged downwards or repeated."""
    exams = [("Русский язык", 5, 2025), ("Математика", 5, 2026), ("Математика", 6, 2026)]
    parts = [truth(rng) for _ in exams]
    year = rng.choice(("{0}", "{1}/{0}", "{1}-{0} уч. год"))
    rows: list[list[Cell]] = [["Результаты ВПР"], ["Школа", "Год", "Предмет", "Класс", _wrote(rng), *_heads(rng)]]
    merges = []
    merged = rng.random() < 0.5
    for name in NAMES:
        merges += [(len(rows), 0, len(rows) + 2, 0)] if merged else []
        for i, ((subject, grade, end), part) in enumerate(zip(exams, parts, strict=True)):
            school = f"МБОУ «{name}»" if i == 0 or not merged else None
            rows.append([school, year.format(end, end - 1), subject, grade, part[name][0], *of(part[name])])
    want: dict[Facts, Figures] = {
        ("ВПР", f"{end - 1}/{end}", subject, grade): part
        for (subject, grade, end), part in zip(exams, parts, strict=True)
    }
    return Made([Page("Лист1", rows, merges)], want)


def share_without_people(rng: random.Random) -> Made:
    """Percentages and no number of participants."""
    above, _ = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["ОО", *[f"«{m}», %" for m in HEADS], "Качество, %"]]
    for name, (n, marks) in mine.items():
        rows.append([f"МБОУ «{name}»", *[round(100 * marks[m] / n, 1) for m in HEADS], 50])
    return Made([Page("Лист1", rows)], None, "needs_mapping")


def pupils_beside(rng: random.Random) -> Made:
    """Names of pupils beside a table of schools, or on a hidden sheet."""
    above, facts = title(rng)
    mine = truth(rng)
    rows: list[list[Cell]] = [*above, ["ОО", _wrote(rng), *_heads(rng)]]
    rows += [[f"МБОУ «{name}»", one[0], *of(one)] for name, one in mine.items()]
    listed: list[list[Cell]] = [
        ["Коробейников Пётр Ильич"],
        ["Вьюгина А. О."],
        ["ТУЧКОВА ИННА ЛЬВОВНА"],
        ["Жихарев Олег Ильич"],
    ]
    if rng.random() < 0.5:
        return Made([Page("Лист1", rows), Page("список", listed, hidden=True)], {facts: mine}, "personal_data_dropped")
    rows[2].append(rng.choice(("Кто не писал", "Примечание", "Неуспевающие")))
    for row, one in zip(rows[3:], listed, strict=False):
        row.append(one[0])
    return Made([Page("Лист1", rows)], {facts: mine}, "personal_data_dropped")


def short_subjects(rng: random.Random) -> Made:
    """Subjects shortened in group headings or in a column."""
    said = rng.sample(
        (("хим.", "Химия"), ("Инф.", "Информатика"), ("общ-во", "Обществознание"), ("РЯ", "Русский язык"), ("Окр. мир", "Окружающий мир"),
         ("матем.", "Математика"), ("англ. яз.", "Английский язык"), ("лит-ра", "Литература")), 2
    )  # fmt: skip
    parts = [truth(rng) for _ in said]
    rows: list[list[Cell]] = [["Результаты контрольных работ, 8 класс, 2025-2026 уч. г."], []]
    merges = []
    if rng.random() < 0.5:
        rows += [["ОО", said[0][0], None, None, None, None, said[1][0]], [None, *[_wrote(rng), *HEADS] * 2]]
        merges = [(2, 0, 3, 0), (2, 1, 2, 5), (2, 6, 2, 10)]
        rows += [[f"МБОУ «{n}»", *[cell for part in parts for cell in (part[n][0], *of(part[n]))]] for n in NAMES]
    else:
        rows.append(["ОО", "Предмет", _wrote(rng), *_heads(rng)])
        rows += [
            [f"МБОУ «{n}»", short, part[n][0], *of(part[n])]
            for n in NAMES
            for (short, _), part in zip(said, parts, strict=True)
        ]
    return Made(
        [Page("Лист1", rows, merges)],
        {("КР", "2025/2026", name, 8): part for (_, name), part in zip(said, parts, strict=True)},
    )


CLASSES: tuple[Callable[[random.Random], Made], ...] = (
    neighbours, appeals, subtotals, two_periods, numbered, classes_below, classes_only, beside, enrolled, pairs, coded_names,
    pages_and_stacks, turned, school_a_sheet, long_table, share_without_people, pupils_beside, short_subjects,
)  # fmt: skip


def judged(made: Made, reading: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Wrong figures put against a school or the municipality, and what was not read, in words."""
    wrong, unread = [], []
    left = {facts: dict(figures) for facts, figures in (made.want or {}).items()}
    for table in reading["tables"]:
        facts = (table["procedure"], table["school_year"], table["subject"], table["grade"])
        figures = (made.want or {}).get(facts, {})
        for row in table["rows"]:
            said = (row["participants"], row["counts"])
            if row["group"] == "municipality" and made.total is not None and row["participants"] != made.total:
                wrong.append(f"{row['name']}: {said}")
            if row["group"] != "school" or row["school"] is None or said == (None, None):
                continue
            if figures.get(row["school"]) != said or row.get("tasks"):
                wrong.append(f"{facts} {row['school']}: {said}, want {figures.get(row['school'])}")
            left.get(facts, {}).pop(row["school"], None)
    unread += [f"{facts} {name}" for facts, figures in left.items() for name in figures]
    if made.code and made.code not in {one["code"] for one in reading["problems"]}:
        unread.append(f"not told: {made.code}")
    return wrong, unread


def container(rng: random.Random, made: Made) -> str:
    """A container that can hold these pages."""
    if any(page.hidden for page in made.pages) or len(made.pages) > 1:
        return rng.choice(("xlsx", "xls", "ods", "ml"))
    if made.pages[0].merges:
        return rng.choice(("xlsx", "xls", "ods", "ml", "html"))
    return rng.choice(("xlsx", "xls", "ods", "csv-cp1251-semicolon", "csv-utf8-comma", "ml", "html"))
