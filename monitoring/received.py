"""A list of low-result schools received from above, as a table: its rows and what is not clear in them. Pure.

Columns are found by headings wherever they stand (document 002: «Название_ОО», «Кластер», «Динамика ШНОР», «Участие в проекте
500+»). Schools are found as in result files: by login, by code, by name, never by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from monitoring.episodes import trajectory_of
from monitoring.reading.containers import Sheet, Unreadable, load
from monitoring.reading.schools import Schools
from schools.registry import RegistryEntry

MOST = 20_000  # rows of one list
_HEADINGS: dict[str, re.Pattern[str]] = {
    "code": re.compile(r"(логин|код)\W*(оо|школ|организац|образоват)?|^логин$", re.I),
    "municipality": re.compile(r"муницип|район|округ|\bмо\b|территор", re.I),
    "cluster": re.compile(r"кластер|групп", re.I),
    "project": re.compile(r"500\s*\+|проект", re.I),
    "trajectory": re.compile(r"динамик|в списк|списк\w+ \d{4}", re.I),
    "note": re.compile(r"примечан|комментар", re.I),
    "school": re.compile(r"назван|наименован|\bоо\b|организац|школ", re.I),
}
_CLUSTER = re.compile(r"^\s*(?:кластер\s*)?(?:№\s*)?(\d{1,2}|[IVX]{1,4})(?:\s*[.)\-–—:]\s*|\s+|$)(.*)$", re.I | re.S)
_TOTAL = re.compile(r"^\s*(итого|всего)\b", re.I)
_NOTE = re.compile(r"^\s*(исполнитель|примечание|начальник|директор|министр|заместител|\*)", re.I)
_NUMBER = re.compile(r"^\d+([.,]0+)?$")


@dataclass(frozen=True)
class Row:
    """A school of the list as printed; `key` is the organisation's id where the registry knows it."""

    sheet: str
    line: int
    printed: str
    key: int | None = None
    reason: str = ""  # why there is no key
    municipality: str = ""
    cluster_code: str = ""
    cluster_name: str = ""
    project_500: str = ""
    trajectory: str = ""
    trajectory_text: str = ""
    note: str = ""


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)  # where, severity, message

    def to_json(self) -> dict[str, Any]:
        return {"rows": [asdict(one) for one in self.rows], "problems": self.problems}


def read_list(data: bytes, name: str, *, registry: Iterable[RegistryEntry], year: int) -> Reading:
    """Rows of every visible sheet that has a column of schools. `year` is the list's, for the wording of dynamics."""
    out = Reading()
    try:
        sheets = load(data, name)
    except Unreadable as why:
        out.problems.append({"where": "", "severity": "error", "message": str(why)})
        return out
    schools = Schools.of(registry)
    for sheet in sheets:
        _sheet(sheet, schools, year, out)
    if not out.rows and not out.problems:
        message = "Не нашлось столбца с названиями школ. Озаглавьте его «Название ОО» и загрузите файл ещё раз."
        out.problems.append({"where": "", "severity": "error", "message": message})
    _doubles(out)
    return out


def _sheet(sheet: Sheet, schools: Schools, year: int, out: Reading) -> None:
    head = _head(sheet)
    if head is None:
        _headless(sheet, schools, year, out)
        return
    place, columns = head
    for number, cells in sheet.lines[place + 1 :]:
        words = {name: _words(cells.get(at)) for name, at in columns.items()}
        printed = words.get("school", "")
        if not printed or _TOTAL.match(printed) or _NUMBER.match(printed):
            continue
        if _NOTE.match(printed) and not schools.knows(printed):
            continue
        if len(out.rows) >= MOST:
            out.problems.append({"where": sheet.name, "severity": "error", "message": f"Строк больше {MOST}."})
            return
        out.rows.append(_row(sheet.name, number, printed, words, schools, year))


def _headless(sheet: Sheet, schools: Schools, year: int, out: Reading) -> None:
    """A bare list of names without headings: lines in which some cell is a school."""
    for number, cells in sheet.lines:
        known = [word for value in cells.values() if (word := _words(value)) and schools.knows(word)]
        if known:
            out.rows.append(_row(sheet.name, number, known[0], {}, schools, year))


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The place of the heading line and the columns: one that names schools and one thing more, or a lone «Название ОО»."""
    best: tuple[int, dict[str, int]] | None = None
    for place, (_, cells) in enumerate(sheet.lines[:40]):
        found: dict[str, int] = {}
        for at, value in sorted(cells.items()):
            words = _words(value).replace("_", " ")
            if not words or len(words) > 120:
                continue
            for name, pattern in _HEADINGS.items():
                if name not in found and pattern.search(words):
                    found[name] = at
                    break
        if "school" not in found and "code" in found and len(found) > 1:
            continue
        if "school" in found and (best is None or len(found) > len(best[1])):
            if len(found) > 1 or len(cells) <= 3:
                best = (place, found)
    return best


def _row(sheet: str, line: int, printed: str, words: dict[str, str], schools: Schools, year: int) -> Row:
    code = words.get("code", "")
    login = code if code.casefold().startswith(("edu", "sch")) else ""
    found = schools.find(printed, "" if login else code, login)
    number, title = cluster_of(words.get("cluster", ""))
    said = words.get("trajectory", "")
    return Row(
        sheet,
        line,
        printed[:500],
        int(found.entry.key) if found.entry and found.entry.key else None,
        "" if found.entry else found.reason,
        words.get("municipality", "")[:255],
        number,
        title,
        words.get("project", "")[:200],
        trajectory_of(said, year),
        said[:200],
        words.get("note", "")[:500],
    )


def cluster_of(words: str) -> tuple[str, str]:
    """«2 Умеренно неуспевающие» → («2», «Умеренно неуспевающие»)."""
    found = _CLUSTER.match(words)
    if not found:
        return "", words.strip()[:120]
    return found[1].upper(), found[2].strip(" .;—–-")[:120]


def _words(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return " ".join(str(value).split())


def _doubles(out: Reading) -> None:
    """The same school twice: the first line stands, the second is said."""
    seen: dict[int, Row] = {}
    kept: list[Row] = []
    for one in out.rows:
        if one.key is not None and one.key in seen:
            message = f"«{one.printed}» уже стоит в строке {seen[one.key].line}: взята первая."
            out.problems.append({"where": where(one), "severity": "warning", "message": message})
            continue
        if one.key is not None:
            seen[one.key] = one
        kept.append(one)
    out.rows = kept


def where(row: Row) -> str:
    return f"{row.sheet}, строка {row.line}" if row.sheet else f"строка {row.line}"


def rows_of(values: Sequence[dict[str, Any]]) -> list[Row]:
    return [Row(**one) for one in values]
