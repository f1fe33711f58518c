"""Charts: what a reader of the picture and of its table is told, and that no word can break out of the picture."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from config.charts import MARK_TONES, Chart, Series, grouped, histogram, lines, stacked

SVG = "{http://www.w3.org/2000/svg}"


def marks(*rows: tuple[int | None, int | None, int | None, int | None]) -> list[Series]:
    return [Series(f"«{mark}»", [row[i] for row in rows], MARK_TONES[mark]) for i, mark in enumerate("2345")]


def texts(chart: Chart) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


ALL = [
    stacked("Отметки", ["СОШ № 1", "Район"], marks((10, 20, 40, 30), (5, 25, 40, 30)), description="Доли отметок."),
    grouped("Качество", ["Алгебра"], [Series("Школа", [Decimal("41.55")])], description="Качество знаний."),
    histogram("Баллы", [0, 2, 5, 1], description="Первичные баллы.", bounds={"3": 1, "4": 2}),
    lines("Динамика", ["2024/2025", "2025/2026"], [Series("Школа", [30, None])], description="Доля «2»."),
]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.title)
def test_a_chart_has_a_title_a_description_and_a_table(chart: Chart) -> None:
    picture = ElementTree.fromstring(chart.svg)
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == chart.title and picture.findtext(f"{SVG}desc") == chart.description
    assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows)
    assert "style=" not in chart.svg and "class=" not in chart.svg


def test_no_data_is_said_and_is_not_zero() -> None:
    chart = stacked("Отметки", ["СОШ № 1"], marks((None, None, None, None)), description="")
    assert "нет данных" in texts(chart)
    assert chart.rows == [["СОШ № 1", "—", "—", "—", "—"]]
    zero = stacked("Отметки", ["СОШ № 1"], marks((0, 0, 0, 100)), description="")
    assert zero.rows == [["СОШ № 1", "0", "0", "0", "100"]]


def test_a_line_breaks_where_a_year_is_missing() -> None:
    whole = lines("Д", ["1", "2", "3"], [Series("Ш", [1, 2, 3])], description="")
    broken = lines("Д", ["1", "2", "3"], [Series("Ш", [1, None, 3])], description="")
    paths = [len(list(ElementTree.fromstring(one.svg).iter(f"{SVG}path"))) for one in (whole, broken)]
    assert paths == [1, 0]


def test_figures_are_printed_as_russians_print_them_and_half_goes_up() -> None:
    chart = grouped("К", ["а", "б", "в"], [Series("Ш", [Decimal("41.55"), Decimal("-2.5"), 7])], description="")
    assert [row[1] for row in chart.rows] == ["41,6", "−2,5", "7"]


def test_words_cannot_break_out_of_the_picture() -> None:
    evil = '"><script>alert(1)</script>&<'
    for chart in (
        stacked(evil, [evil], marks((1, 2, 3, 4)), description=evil),
        grouped(evil, [evil], [Series(evil, [1]), Series("б", [2])], description=evil),
        lines(evil, [evil], [Series(evil, [1])], description=evil, threshold=(30, evil)),
        histogram(evil, [1], description=evil, bounds={evil: 0}),
    ):
        assert not list(ElementTree.fromstring(chart.svg).iter(f"{SVG}script"))
        assert "<script" not in chart.svg


def test_the_mark_of_each_score_stands_in_the_table_of_a_histogram() -> None:
    chart = histogram("Б", [1, 1, 1, 1], description="", bounds={"3": 1, "4": 2, "5": 3})
    assert [row[2] for row in chart.rows] == ["2", "3", "4", "5"]


@pytest.mark.parametrize(
    "values", [(0, 0.2, 0.1, 2), (41.8, 41.5, 42.1, 41.8, 42, 41.9), (30, 30.1, 29.9), (50, 0, 25)]
)
def test_figures_of_neighbouring_lines_never_stand_over_each_other(values: tuple[float, ...]) -> None:
    series = [Series(f"Ш{n}", [value, value]) for n, value in enumerate(values)]
    chart = lines("Д", ["1", "2"], series, description="", threshold=(30, "порог 30 %"))
    picture = ElementTree.fromstring(chart.svg)
    said = {row[1] for row in chart.rows} | {cell for row in chart.rows for cell in row[1:]}
    heights: dict[str, list[float]] = {}
    for node in picture.iter(f"{SVG}text"):
        if node.text in said and node.get("text-anchor") == "start":
            heights.setdefault(node.get("x") or "", []).append(float(node.get("y") or 0))
    assert heights
    for column in heights.values():
        assert all(b - a >= 12.99 for a, b in zip(sorted(column), sorted(column)[1:], strict=False))
    assert max(max(column) for column in heights.values()) < max(
        float(node.get("y") or 0) for node in picture.iter(f"{SVG}text") if node.text == "1"
    )
