"""Damaged files of every form in every container, and how they are read.

    python -m tests.monitoring.damage --count 2000 [--seed 1] [-v]

A truth is generated first (an invented district, its results), then a page of one of the forms, then damages of the kind
that files from e-mail have; each damage says what a careful reader must still find (README of the samples, sections 4–6).
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from monitoring.reading.model import to_json
from monitoring.reading.reader import read_results
from tests.monitoring.containers import CONTAINERS, Err, Page, Pct, write
from tests.monitoring.district import district
from tests.monitoring.made import FORMS, Line, Sheet

FIELDS = ("form", "procedure", "school_year", "subject", "grade", "level")
Damage = Callable[[random.Random, Sheet], None]


def _data(sheet: Sheet) -> list[Line]:
    return [
        line
        for line in sheet.lines
        if line.kind == "data" and line.want and line.entry and line.code is None and "many" not in line.want
    ]


def _names(sheet: Sheet) -> list[Line]:
    return [
        line
        for line in sheet.lines
        if line.entry is not None and len(line.cells) > sheet.names and isinstance(line.cells[sheet.names], str)
    ]


# ------------------------------------------------------------------ what changes nothing
def numbers_as_text(rng: random.Random, sheet: Sheet) -> None:
    for line in sheet.lines:
        if line.kind not in ("data", "total"):
            continue
        for place in sheet.figures:
            value = line.cells[place] if place < len(line.cells) else None
            if isinstance(value, int | float) and not isinstance(value, Pct) and rng.random() < 0.8:
                text = repr(value).replace(".", rng.choice(",."))
                if isinstance(value, int) and value >= 1000:
                    text = f"{value:,}".replace(",", rng.choice((" ", "\u00a0", "\u202f")))
                line.cells[place] = rng.choice(("", " ", "\u00a0")) + text + rng.choice(("", " ", "\u00a0"))


def percent_signs(rng: random.Random, sheet: Sheet) -> None:
    for line in sheet.lines:
        for place in sheet.percents:
            value = line.cells[place] if line.kind in ("data", "total") and place < len(line.cells) else None
            if isinstance(value, int | float):
                line.cells[place] = f"{value}".replace(".", ",") + rng.choice(("%", " %", "\u00a0%"))


def percent_format(rng: random.Random, sheet: Sheet) -> None:
    for line in sheet.lines:
        for place in sheet.percents:
            value = line.cells[place] if line.kind in ("data", "total") and place < len(line.cells) else None
            if isinstance(value, int | float):
                line.cells[place] = Pct(round(value / 100, 6))


def blank_rows(rng: random.Random, sheet: Sheet) -> None:
    heads = [i for i, line in enumerate(sheet.lines) if line.kind == "head"]
    if sheet.merges or sheet.fixed:
        return
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(max(heads) + 1, len(sheet.lines))
        sheet.lines.insert(at, Line([None] * 3))


def shifted(rng: random.Random, sheet: Sheet) -> None:
    right, down = rng.randint(0, 3), rng.randint(0, 3)
    for line in sheet.lines:
        line.cells = [None] * right + line.cells
    sheet.lines[:0] = [Line([]) for _ in range(down)]
    sheet.merges = [(t + down, a + right, b + down, c + right) for t, a, b, c in sheet.merges]
    _moved(sheet, right)


def _moved(sheet: Sheet, right: int) -> None:
    sheet.figures = [p + right for p in sheet.figures]
    sheet.needed = [p + right for p in sheet.needed]
    sheet.percents = [p + right for p in sheet.percents]
    sheet.names += right
    sheet.participants = None if sheet.participants is None else sheet.participants + right
    sheet.code = None if sheet.code is None else sheet.code + right


def empty_columns(rng: random.Random, sheet: Sheet) -> None:
    if sheet.merges or sheet.fixed or not sheet.figures:
        return
    at = rng.randint(min(sheet.figures), max(sheet.figures))
    for line in sheet.lines:
        if len(line.cells) > at:
            line.cells.insert(at, None)
    for name in ("figures", "needed", "percents"):
        setattr(sheet, name, [p + (p >= at) for p in getattr(sheet, name)])
    sheet.participants = None if sheet.participants is None else sheet.participants + (sheet.participants >= at)


def columns_reordered(rng: random.Random, sheet: Sheet) -> None:
    """Columns of figures in another order; only where headings are one row."""
    heads = [line for line in sheet.lines if line.kind == "head"]
    if sheet.merges or sheet.fixed or len(heads) != 1:
        return
    order = sheet.figures[:]
    rng.shuffle(order)
    move = dict(zip(order, sheet.figures, strict=True))
    for line in sheet.lines:
        if line.kind not in ("head", "data", "total") and (len(line.cells) <= max(sheet.figures)):
            continue
        old = line.cells + [None] * (max(sheet.figures) + 1 - len(line.cells))
        new = old[:]
        for source, target in move.items():
            new[target] = old[source]
        line.cells = new
    sheet.needed = [move[p] for p in sheet.needed]
    sheet.percents = [move[p] for p in sheet.percents]
    sheet.participants = None if sheet.participants is None else move[sheet.participants]


def spelled_otherwise(rng: random.Random, sheet: Sheet) -> None:
    """The same names by the rules of section 4: quotes, case, ё, look-alikes, blanks, legal forms."""
    for line in _names(sheet):
        name = str(line.cells[sheet.names])
        login = re.search(r"\(edu\d+\)", name)
        bare = name.replace(login.group(), "") if login else name
        for change in rng.sample(
            (
                lambda s: s.replace("«", '"').replace("»", '"'),
                lambda s: s.replace("«", "").replace("»", ""),
                lambda s: s.upper(),
                lambda s: s.replace("ё", "е"),
                lambda s: s.replace("о", "o").replace("с", "c"),
                lambda s: s.replace(" ", "  ", 2),
                lambda s: s.replace(" ", "\n", 1),
                lambda s: s.replace(" ", "\u00a0"),
                lambda s: s.replace("№ ", "№"),
                lambda s: s.replace(
                    "МБОУ",
                    rng.choice(("МОУ", "МКОУ", "МАОУ", "Муниципальное бюджетное общеобразовательное учреждение")),
                ),
                lambda s: s.replace("МБОУ ", ""),
            ),
            rng.randint(1, 4),
        ):
            bare = change(bare)
        line.cells[sheet.names] = bare + (login.group() if login else "")


def codes_as_floats(rng: random.Random, sheet: Sheet) -> None:
    if sheet.code is None:
        return
    for line in sheet.lines:
        value = line.cells[sheet.code] if line.entry and len(line.cells) > sheet.code else None
        if isinstance(value, int):
            line.cells[sheet.code] = rng.choice((float(value), str(value), f" {value} "))


def logins_dropped(rng: random.Random, sheet: Sheet) -> None:
    for line in _names(sheet):
        line.cells[sheet.names] = re.sub(r"\(edu\d+\)", "", str(line.cells[sheet.names]))


def notes_and_signatures(rng: random.Random, sheet: Sheet) -> None:
    sheet.lines += [
        Line([]),
        Line(["Примечание: данные предварительные, отсутствовали 5 человек"]),
        Line(["Исп. Петрова А.А., тел. 2-15-30"]),
        Line(
            ["Начальник управления", None, None, "И.И. Сидорова"]
            if rng.random() < 0.5
            else ["Дата формирования: 01.07.2026"]
        ),
    ]


def repeated_headings(rng: random.Random, sheet: Sheet) -> None:
    """A page break: the headings once more among the rows."""
    heads = [line for line in sheet.lines if line.kind == "head"]
    data = [i for i, line in enumerate(sheet.lines) if line.kind == "data"]
    if sheet.fixed or len(data) < 4 or len(sheet.tables) > 1:
        return
    at = data[len(data) // 2]
    first = next(i for i, line in enumerate(sheet.lines) if line.kind == "head")
    sheet.lines[at:at] = [Line(list(line.cells), kind="head2") for line in heads]
    sheet.merges += [(t - first + at, a, b - first + at, c) for t, a, b, c in sheet.merges if t >= first]


def numbered_columns(rng: random.Random, sheet: Sheet) -> None:
    heads = [i for i, line in enumerate(sheet.lines) if line.kind == "head"]
    if sheet.fixed or not heads or len(sheet.tables) > 1:
        return
    width = max(len(line.cells) for line in sheet.lines)
    left = min(p for line in sheet.lines if line.kind == "head" for p, v in enumerate(line.cells) if v is not None)
    sheet.lines.insert(max(heads) + 1, Line([None] * left + list(range(1, width - left + 1))))
    _sink(sheet, max(heads) + 1)


def _sink(sheet: Sheet, at: int) -> None:
    sheet.merges = [(t + (t >= at), a, b + (b >= at), c) for t, a, b, c in sheet.merges]


def region_below(rng: random.Random, sheet: Sheet) -> None:
    if (
        sheet.fixed
        or sheet.counts != "people"
        or len(sheet.tables) > 1
        or sheet.tables[0]["form"] == "fisoko_comparison"
    ):
        return
    sheet.lines.append(Line(["" if i != sheet.names else "Средние" for i in range(sheet.names + 1)] + [None, 3.5]))


# ------------------------------------------------------------------ what a row must not survive silently
def unknown_school(rng: random.Random, sheet: Sheet) -> None:
    line = rng.choice(_data(sheet) or [None])  # type: ignore[list-item]
    if line is None or line.want is None:
        return
    line.cells[sheet.names] = rng.choice(
        ("МБОУ «СОШ с. Незнакомое»", "СОШ № 77 г. Дальний", "МКОУ «Неведомская ООШ»(edu111111)", "ООШ с. Большой Ключ")
    )
    if sheet.code is not None:
        line.cells[sheet.code] = 999999
    line.want["school"], line.entry, line.code = None, None, "unknown_school"


def bad_number(rng: random.Random, sheet: Sheet) -> None:
    line = rng.choice(_data(sheet) or [None])  # type: ignore[list-item]
    if line is None or not sheet.needed or line.want is None:
        return
    place = rng.choice(sheet.needed)
    line.cells[place] = rng.choice((dt.date(2026, 5, 12), "1О", "12,З", "l5", Err("#ДЕЛ/0!"), None, "см. прим."))
    line.code = "bad_number"
    for key in ("counts", "comparison", "points", "tasks"):
        if key in line.want:
            line.want[key] = None
    if place == sheet.participants:
        line.want["participants"] = None
    elif line.want["below_minimum"] is not None:
        line.want["below_minimum"] = None


def sum_mismatch(rng: random.Random, sheet: Sheet) -> None:
    line = rng.choice(_data(sheet) or [None])  # type: ignore[list-item]
    if line is None or sheet.participants is None or line.want is None:
        return
    if not (line.want.get("counts") or line.want.get("comparison")) or not isinstance(
        line.cells[sheet.participants], int
    ):
        return
    line.cells[sheet.participants] += rng.choice((1, 2, 7))  # type: ignore[operator]
    line.want["participants"] = line.cells[sheet.participants]
    line.want["counts"] = line.want["comparison"] = None
    if line.want["below_minimum"] is not None:
        line.want["below_minimum"] = None
    line.code = "sum_mismatch"


def no_participants(rng: random.Random, sheet: Sheet) -> None:
    line = rng.choice(_data(sheet) or [None])  # type: ignore[list-item]
    if line is None or sheet.participants is None or line.want is None:
        return
    how = rng.choice(("-", "–", "—", "н/д", "0", "x", "не участвовала", None))
    for place in sheet.figures:
        if place < len(line.cells):
            line.cells[place] = how if how in ("-", "–", "—", "н/д", "x") else None
    if how == "0":
        line.cells[sheet.participants] = 0
    if how == "не участвовала":
        line.cells[sheet.participants] = "ОО не участвовала"
    line.code = "no_participants"
    for key in ("counts", "comparison", "points", "tasks", "below_minimum"):
        if key in line.want:
            line.want[key] = None
    line.want["participants"] = 0 if how == "0" else None


def doubled(rng: random.Random, sheet: Sheet) -> None:
    line = rng.choice(_data(sheet) or [None])  # type: ignore[list-item]
    if line is None or sheet.fixed:
        return
    twin = Line(list(line.cells), None, None, "duplicate_row")
    at = sheet.lines.index(line)
    sheet.lines.insert(at + 1, twin)
    _sink(sheet, at + 1)
    if rng.random() < 0.5 and sheet.participants is not None and isinstance(twin.cells[sheet.participants], int):
        twin.cells[sheet.participants] += 3  # type: ignore[operator]
        twin.code = "duplicate_row+"


HARMLESS: tuple[Damage, ...] = (
    numbers_as_text, percent_signs, percent_format, blank_rows, shifted, empty_columns, columns_reordered, spelled_otherwise,
    codes_as_floats, notes_and_signatures, repeated_headings, numbered_columns, region_below,
)  # fmt: skip
HARMFUL: tuple[Damage, ...] = (unknown_school, bad_number, sum_mismatch, no_participants, doubled)


@dataclass
class Case:
    """One damaged file and what must be read from it."""

    seed: int
    form: str
    container: str
    damages: list[str]
    data: bytes
    registry: tuple[Any, ...]
    tables: list[dict[str, Any]]
    codes: Counter[str] = field(default_factory=Counter)


def case(seed: int) -> Case:
    rng = random.Random(seed)
    home = district(rng)
    form = rng.choice(list(FORMS))
    sheet = FORMS[form](rng, home)
    chosen = [
        d.__name__ for d in rng.sample(HARMFUL, rng.choice((0, 0, 1, 2))) + rng.sample(HARMLESS, rng.randint(0, 4))
    ]
    for damage in (*HARMFUL, *HARMLESS):
        if damage.__name__ in chosen:
            damage(rng, sheet)
    container = rng.choice(CONTAINERS)
    pages = [Page(sheet.name or "Лист1", [line.cells for line in sheet.lines], sheet.merges)]
    if container in ("xlsx", "xls", "ods", "ml") and rng.random() < 0.4:
        pages.insert(
            0, Page("Инструкция", [["Как заполнять форму"], ["1. Откройте файл"], ["2. Заполните столбцы и отправьте"]])
        )
        pages.append(Page("Скрытый", copy.deepcopy(pages[1].rows), hidden=True))
    tables = [dict(t, rows=[]) for t in sheet.tables]
    codes: Counter[str] = Counter(sheet.codes)
    for line in sheet.lines:
        if line.code:
            codes[line.code.rstrip("+")] += 1
        if line.want is None:
            continue
        if "many" in line.want:
            for table, want in zip(tables, line.want["many"], strict=True):
                table["rows"].append(want)
        else:
            tables[line.table]["rows"].append(line.want)
    if container.startswith("csv-cp1251"):
        chosen.append("cp1251")
    return Case(seed, form, container, chosen, write(container, pages), home.entries, tables, codes)


# ------------------------------------------------------------------ measuring
@dataclass
class Score:
    files: int = 0
    tables: int = 0
    recognised: int = 0
    rows: int = 0
    right: int = 0
    extra: int = 0
    wrong: int = 0
    codes: int = 0
    codes_found: int = 0
    codes_extra: int = 0
    trouble: list[str] = field(default_factory=list)

    @property
    def recognition(self) -> float:
        return self.recognised / max(self.tables, 1)

    @property
    def row_share(self) -> float:
        return self.right / max(self.rows + self.extra, 1)


def _same(want: dict[str, Any], got: dict[str, Any]) -> bool:
    for key in ("group", "school", "participants", "counts", "points"):
        if key in want and want[key] != got.get(key):
            return False
    for key in ("below_minimum", "comparison", "tasks"):
        if want.get(key) is not None and want[key] != got.get(key):
            return False
    return True


def _wrong(want: dict[str, Any] | None, got: dict[str, Any]) -> bool:
    """A figure against a known school that the truth does not have there."""
    if got["group"] != "school" or got["school"] is None:
        return False
    for key in ("participants", "counts", "below_minimum", "comparison", "tasks", "points"):
        value = got.get(key)
        empty = value in (None, 0) or (isinstance(value, dict) and not any(value.values()))
        if not empty and (want is None or value != want.get(key)):
            if key == "below_minimum" and want is not None and (want.get("counts") or {}).get("2") == value:
                continue
            return True
    return False


def judge(made: Case, score: Score) -> None:
    reading = to_json(read_results(made.data, f"файл.{made.container}", registry=made.registry))
    score.files += 1
    start = len(score.trouble)
    for i, want in enumerate(made.tables):
        score.tables += 1
        got = next(
            (t for t in reading["tables"] if t["subject"] == want["subject"] and t["level"] == want["level"]), None
        )
        if got is None and i < len(reading["tables"]):
            got = reading["tables"][i]
        off = [f"{f}: {want[f]!r} ≠ {got[f]!r}" for f in FIELDS if want[f] != got[f]] if got else ["no table"]
        if got and want["date"] != got["date"]:
            score.trouble.append(f"date {want['date']} ≠ {got['date']}")
        score.recognised += not off
        score.trouble += off
        free = list(got["rows"]) if got else []
        left = []
        for row in want["rows"]:
            score.rows += 1
            match = next((r for r in free if _same(row, r)), None)
            if match is None:
                left.append(row)
                continue
            score.right += 1
            free.remove(match)
        for row in left:
            near = next((r for r in free if r["school"] == row["school"] and r["group"] == row["group"]), None)
            score.trouble.append(f"want {row}\n      got {near}")
            if near is not None:
                free.remove(near)
                score.wrong += _wrong(row, near)
        for row in free:
            score.extra += 1
            score.wrong += _wrong(None, row)
            score.trouble.append(f"extra {row}")
    if len(reading["tables"]) > len(made.tables):
        score.trouble.append(f"tables: {len(made.tables)} wanted, {len(reading['tables'])} read")
        for table in reading["tables"][len(made.tables) :]:
            score.extra += len(table["rows"])
    found = Counter(p["code"] for p in reading["problems"])
    score.codes += made.codes.total()
    score.codes_found += (made.codes & found).total()
    score.codes_extra += (found - made.codes).total()
    if found != made.codes:
        score.trouble.append(f"codes wanted {dict(made.codes)}, found {dict(found)}")
    if len(score.trouble) > start:
        score.trouble.insert(start, f"=== seed {made.seed} {made.form} {made.container} {made.damages}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    score, begun = Score(), time.perf_counter()
    for seed in range(options.seed, options.seed + options.count):
        judge(case(seed), score)
    if options.v:
        print("\n".join(line[:300] for line in score.trouble))
    print(
        json.dumps(
            {
                "files": score.files,
                "recognition": round(score.recognition, 4),
                "rows": round(score.row_share, 4),
                "wrong_silently": score.wrong,
                "problem_recall": round(score.codes_found / max(score.codes, 1), 4),
                "problem_extra": score.codes_extra,
                "seconds": round(time.perf_counter() - begun, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
