"""What a note prints, as JSON values: sections of paragraphs, tables and charts. Pure; small groups are left out here.

Shape: `{"title", "issuer", "number", "date", "moment", "mark", "sections": [{"title", "paragraphs", "tables", "charts"}],
"signature": [post, name]}`; a table is `{"title", "columns", "rows"}` of words, a chart `{"title", "labels", "series": [[name, values]]}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from monitoring import suppression
from reports import wording as w
from reports.notes.drafting import line_name, share_of

FEW = "мало"
MOST_CHARTS = 12


def hidden(schools: Sequence[Mapping[str, Any]], place: int, small: int) -> set[int]:
    """Schools (by order) whose figures of a year are not printed: small groups, and enough of the next smallest that what is
    hidden, the municipality's less the others', is never a small group either (`monitoring.suppression`)."""
    cells = [one["years"][place] for one in schools]
    return set(suppression.hidden([cell["people"] if cell else None for cell in cells], small).places)


def table_of(line: Mapping[str, Any], years: Sequence[int], small: int) -> dict[str, Any]:
    """The share of «2» and of «4» and «5» over three years: country, region, municipality, schools by name."""
    head = [f"{year - 1}/{year}" for year in years]
    columns = ["", *(f"«2», %\n{one}" for one in head), *(f"«4»–«5», %\n{one}" for one in head), "Чел."]
    rows = []
    for name, cells in (("Страна", line["country"]), ("Регион", line["region"]), ("Муниципалитет", line["whole"])):
        if any(cells):
            own = name == "Муниципалитет"
            few = {at for at in range(3) if own and cells[at] and cells[at]["people"] < small}
            rows.append(_row(name, cells, few))
    masks = [hidden(line["schools"], place, small) for place in range(3)]
    for at, school in enumerate(line["schools"]):
        rows.append(_row(school["name"], school["years"], {place for place in range(3) if at in masks[place]}))
    return {"title": line_name(line), "columns": columns, "rows": rows}


def _row(name: str, cells: Sequence[Any], few: set[int]) -> list[str]:
    out = [name]
    for what in ("low", "quality"):
        for place in range(3):
            value = share_of(cells, place, what)
            out.append(FEW if place in few else "—" if value is None else w.number(value))
    people = cells[2]["people"] if cells[2] else None
    out.append(FEW if 2 in few else "—" if people is None else w.number(people))
    return out


def chart_of(line: Mapping[str, Any], years: Sequence[int], small: int) -> dict[str, Any] | None:
    """The share of «2» over three years: municipality, region, country; None when there is nothing to compare."""
    series = []
    for name, cells in (("Муниципалитет", line["whole"]), ("Регион", line["region"]), ("Страна", line["country"])):
        values = [None if v is None else str(v) for v in (share_of(cells, place, "low") for place in range(3))]
        if name == "Муниципалитет" and any(cell and cell["people"] < small for cell in cells):
            return None
        if any(one is not None for one in values):
            series.append([name, values])
    if not series or sum(one is not None for _, values in series for one in values) < 2:
        return None
    return {
        "title": f"Доля «2», %: {line_name(line)}",
        "labels": [f"{year - 1}/{year}" for year in years],
        "series": series,
    }


def results_of(snapshot: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Tables and charts of the section of results."""
    years, small = snapshot["years"], int(snapshot["small"])
    tables = [table_of(line, years, small) for line in snapshot["lines"]]
    charts = [chart for line in snapshot["lines"] if (chart := chart_of(line, years, small))]
    return tables, charts[:MOST_CHARTS]


def picked(snapshot: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The tables of `results_of` with the id of each row's school, None for the municipality and above: for ticking on a page."""
    out = []
    for line, table in zip(snapshot["lines"], tables, strict=True):
        above = len(table["rows"]) - len(line["schools"])
        ids = [None] * above + [one["id"] for one in line["schools"]]
        out.append({**table, "rows": list(zip(ids, table["rows"], strict=True))})
    return out


def ground_of(line: Mapping[str, Any], school: Mapping[str, Any], years: Sequence[int]) -> str:
    """Why this school, in its own figures: «ВПР, математика, 5 класс: 2025/2026 — «2» у 41,7 % (участников 24); …»."""
    told = []
    for year, cell in zip(years, school["years"], strict=True):
        if cell and cell["low"] is not None:
            share = w.number(Decimal(cell["low"]))
            told.append(f"{year - 1}/{year} — «2» у {share}\u00a0% (участников {cell['people']})")
    return f"{line_name(line)}: {'; '.join(told) or 'данных нет'}"


def number_or_none(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
