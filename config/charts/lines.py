"""Lines over years: a gap where there is no data, markers of different forms, figures beside the points, none over another."""

from __future__ import annotations

from collections.abc import Sequence

from config.charts.model import (
    FAINT,
    Canvas,
    Chart,
    Series,
    legend,
    legend_height,
    shown,
    table_of,
    ticks,
    tones_of,
)

WIDTH = 720
DASHES = ("", "7 4", "2 3", "9 3 2 3")
APART = 13  # between the base lines of two figures
BESIDE = 128  # right of the last year: its figures, and the name of the threshold behind them


def lines(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    description: str,
    first: str = "Учебный год",
    unit: str = "%",
    threshold: tuple[float, str] | None = None,
) -> Chart:
    """`labels` are the years from left to right. `threshold` draws a level with its name (30, «порог 30 %»)."""
    tones = tones_of(series)
    key = legend_height([one.name for one in series], WIDTH - 20)
    left, high, top_at = 44, 200, 20 + key
    canvas = Canvas(WIDTH, top_at + high + 40, title, description)
    legend(canvas, [one.name for one in series], tones, 10, 8, WIDTH - 20)
    values = [float(v) for one in series for v in one.values if v is not None]
    axis = ticks(max([*values, *([threshold[0]] if threshold else [])], default=1))
    top = axis[-1]
    width = WIDTH - left - BESIDE
    place = lambda i: left + 20 + (width - 20) * (i / max(len(labels) - 1, 1) if len(labels) > 1 else 0.5)  # noqa: E731
    level = lambda v: top_at + high - high * float(v) / top  # noqa: E731
    for mark_at in axis:
        canvas.line(left, level(mark_at), WIDTH - 16, level(mark_at))
        canvas.text(left - 6, level(mark_at) + 4, shown(mark_at), anchor="end", size=11, fill=FAINT)
    for index, label in enumerate(labels):
        canvas.text(place(index), top_at + high + 20, label, anchor="middle", size=12, fill=FAINT)
    if threshold:
        canvas.line(left, level(threshold[0]), WIDTH - 16, level(threshold[0]), "#b35806", 1.5, "5 4")
        canvas.text(WIDTH - 18, level(threshold[0]) - 5, threshold[1], anchor="end", size=11, fill="#8c4504")
    for number, (one, tone) in enumerate(zip(series, tones, strict=True)):
        run: list[tuple[float, float]] = []
        for index, value in enumerate([*one.values, None]):
            if value is not None:
                run.append((place(index), level(value)))
                continue
            if len(run) > 1:
                canvas.path(run, tone, DASHES[number % len(DASHES)])
            run = []
    for index, label in enumerate(labels):
        points = [(level(one.values[index]), n) for n, one in enumerate(series) if one.values[index] is not None]
        figures: dict[str, float] = {}  # equal ones are said once
        for y, n in sorted(points):
            words = shown(series[n].values[index])
            canvas.dot(place(index), y, tones[n], n, f"{series[n].name}, {label}: {words} {unit}")
            figures.setdefault(words, y + 4)
        heights = spread(list(figures.values()), APART, top_at + 4, top_at + high)
        for words, at in zip(figures, heights, strict=True):
            canvas.rect(place(index) + 7, at - 10, 6.5 * len(words) + 2, 12, "#ffffff")  # over lines that pass
            canvas.text(place(index) + 8, at, words, size=11)
    columns, rows = table_of(labels, series, first, unit)
    return Chart(title, description, canvas.svg(), columns, rows)


def spread(wanted: Sequence[float], apart: float, lowest: float, highest: float) -> list[float]:
    """Heights in ascending order moved as little as may be, so that neighbours are `apart` and all stand between the bounds.

    Those that touch share their move. When all together do not fit, they begin at `lowest`.
    """
    groups: list[list[float]] = []  # sum of where the first one of the group would stand, and how many there are
    for number in wanted:
        groups.append([number, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] + groups[-2][1] * apart > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1][0] += total - count * groups[-1][1] * apart
            groups[-1][1] += count
    out: list[float] = []
    for total, count in groups:
        out += [total / count + apart * place for place in range(int(count))]
    for place in range(len(out) - 1, -1, -1):
        out[place] = min(out[place], highest - apart * (len(out) - 1 - place))
    for place in range(len(out)):
        out[place] = max(out[place], lowest + apart * place)
    return out
