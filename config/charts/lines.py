"""Lines over years: a gap where there is no data, markers of different forms, names at the right end."""

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
    width = WIDTH - left - 40
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
        free = 0.0  # the lowest line already taken by a figure of this year
        for order, (y, n) in enumerate(sorted(points)):
            words = shown(series[n].values[index])
            canvas.dot(place(index), y, tones[n], n, f"{series[n].name}, {label}: {words} {unit}")
            below = order > 0 and y - 9 < free + 12
            at = max(y + 18, free + 12) if below else y - 9
            canvas.text(place(index), at, words, anchor="middle", size=11)
            free = max(at, y)
    columns, rows = table_of(labels, series, first, unit)
    return Chart(title, description, canvas.svg(), columns, rows)
