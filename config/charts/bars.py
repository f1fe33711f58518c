"""Bars: shares that make a whole, groups side by side, and a histogram with bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.charts.model import (
    FAINT,
    INK,
    Canvas,
    Chart,
    Series,
    legend,
    legend_height,
    shown,
    table_of,
    ticks,
    tones_of,
    wrapped,
)

WIDTH = 720
LEFT = 210
ROW = 34


def stacked(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    description: str,
    first: str = "Группа",
    unit: str = "%",
) -> Chart:
    """Horizontal bars of shares that make 100 %: one bar a label, one segment a series. A label without data says so."""
    tones = tones_of(series)
    key = legend_height([one.name for one in series], WIDTH - 20)
    height = 12 + key + ROW * len(labels) + 8
    canvas = Canvas(WIDTH, height, title, description)
    legend(canvas, [one.name for one in series], tones, 10, 8, WIDTH - 20)
    span = WIDTH - LEFT - 20
    for row, label in enumerate(labels):
        y = 12 + key + row * ROW
        _label(canvas, label, y)
        values = [one.values[row] for one in series]
        if all(value is None for value in values):
            canvas.text(LEFT, y + 17, "нет данных", fill=FAINT)
            continue
        whole = sum(float(value or 0) for value in values) or 1
        at = float(LEFT)
        for value, one, tone in zip(values, series, tones, strict=True):
            if not value:
                continue
            size = span * float(value) / whole
            canvas.rect(at, y, size, 24, tone, f"{label}: {one.name} — {shown(value)} {unit}")
            if size > 34:
                canvas.text(at + size / 2, y + 16, shown(value), anchor="middle", fill=_ink_on(tone))
            at += size
    columns, rows = table_of(labels, series, first, unit)
    return Chart(title, description, canvas.svg(), columns, rows)


def grouped(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    description: str,
    first: str = "Группа",
    unit: str = "%",
) -> Chart:
    """Horizontal bars side by side: for each label one bar a series, the figure at its end."""
    tones = tones_of(series)
    key = legend_height([one.name for one in series], WIDTH - 20) if len(series) > 1 else 0
    block = 18 * len(series) + 12
    canvas = Canvas(WIDTH, 14 + key + block * len(labels), title, description)
    if key:
        legend(canvas, [one.name for one in series], tones, 10, 8, WIDTH - 20)
    top = ticks(max((float(v) for one in series for v in one.values if v is not None), default=1))[-1]
    span = WIDTH - LEFT - 70
    for row, label in enumerate(labels):
        y = 14 + key + row * block
        _label(canvas, label, y - 3)
        for index, (one, tone) in enumerate(zip(series, tones, strict=True)):
            value, at = one.values[row], y + index * 18
            if value is None:
                canvas.text(LEFT, at + 12, "нет данных", size=11, fill=FAINT)
                continue
            size = max(span * float(value) / top, 1)
            canvas.rect(LEFT, at, size, 14, tone, f"{label}: {one.name} — {shown(value)} {unit}")
            canvas.text(LEFT + size + 6, at + 11.5, shown(value), size=11)
    columns, rows = table_of(labels, series, first, unit)
    return Chart(title, description, canvas.svg(), columns, rows)


def histogram(
    title: str, people: Sequence[int], *, description: str, bounds: Mapping[str, int] | None = None, unit: str = "чел."
) -> Chart:
    """How many people got each primary score: `people[i]` got i. `bounds` says from which score a mark begins (`{"3": 8}`)."""
    left, bottom, high = 44, 46, 210
    count = max(len(people), 1)
    canvas = Canvas(WIDTH, high + bottom + 24, title, description)
    axis = ticks(max(people, default=1))
    top = axis[-1]
    step = (WIDTH - left - 16) / count
    for mark_at in axis:
        y = 20 + high - high * mark_at / top
        canvas.line(left, y, WIDTH - 16, y)
        canvas.text(left - 6, y + 4, shown(mark_at), anchor="end", size=11, fill=FAINT)
    each = max(1, round(count / 24))
    for score, value in enumerate(people):
        x, size = left + score * step, high * value / top
        canvas.rect(x + step * 0.1, 20 + high - size, step * 0.8, size, "#1f5fa8", f"{score} б.: {value} {unit}")
        if score % each == 0:
            canvas.text(x + step / 2, 20 + high + 16, str(score), anchor="middle", size=11, fill=FAINT)
    for mark, score in sorted((bounds or {}).items(), key=lambda pair: pair[1]):
        x = left + score * step
        canvas.line(x, 12, x, 20 + high, "#b35806", 1.5, "4 3")
        canvas.text(x + 3, 12, f"«{mark}»", size=11, fill="#8c4504", bold=True)
    canvas.text(left + (WIDTH - left) / 2, 20 + high + 38, "первичный балл", anchor="middle", size=11, fill=FAINT)
    rows = [[str(score), str(value), _mark_at(score, bounds or {})] for score, value in enumerate(people)]
    return Chart(title, description, canvas.svg(), ["Первичный балл", f"Участников, {unit}", "Отметка"], rows)


def _mark_at(score: int, bounds: Mapping[str, int]) -> str:
    reached = [(least, mark) for mark, least in bounds.items() if least <= score]
    return max(reached)[1] if reached else ("2" if bounds else "—")


def _label(canvas: Canvas, words: str, y: float) -> None:
    parts = wrapped(words, 30)
    for index, part in enumerate(parts):
        canvas.text(LEFT - 10, y + (17 if len(parts) == 1 else 11 + 13 * index), part, anchor="end")


def _ink_on(tone: str) -> str:
    """White on dark tones, ink on light ones: by relative lightness."""
    red, green, blue = (int(tone[i : i + 2], 16) for i in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK


__all__ = ["grouped", "histogram", "stacked"]
