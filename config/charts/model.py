"""What charts are made of: series, tones, and the SVG writer that escapes every word."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html import escape

Value = Decimal | int | float | None

# Dark to light and warm to cold: the order stays readable in grey and to the colour-blind (orange–blue).
TONES = ("#1f5fa8", "#e08214", "#7a8794", "#5aa9d6", "#8c510a", "#35978f")
MARK_TONES = {"2": "#b35806", "3": "#f1b368", "4": "#a9cfe8", "5": "#2b6cb0"}
INK = "#1d2733"
FAINT = "#5b6774"
GRID = "#d9dfe6"
FONT = "Golos Text, Tinos, sans-serif"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values across the chart's labels; None is «нет данных» and is drawn as a gap, never as zero."""

    name: str
    values: Sequence[Value]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: the picture (`svg`, a whole element), and the table that says the same in words."""

    title: str
    description: str
    svg: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)


def shown(value: Value, digits: int = 1) -> str:
    """«41,5» or «—» for no data; half up."""
    if value is None:
        return "—"
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",").replace("-", "−")


def number(value: float) -> str:
    """A coordinate: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Canvas:
    """Collects shapes; every word is escaped here and nowhere else."""

    def __init__(self, width: int, height: int, title: str, description: str) -> None:
        self.width, self.height = width, height
        self._title, self._description = title, description
        self._parts: list[str] = []

    def rect(self, x: float, y: float, w: float, h: float, fill: str, hint: str = "") -> None:
        inner = f"<title>{escape(hint)}</title>" if hint else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(w, 0))}" height="{number(max(h, 0))}" '
            f'fill="{fill}">{inner}</rect>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = GRID, width: float = 1, dash: str = ""
    ) -> None:
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{stroke}" '
            f'stroke-width="{number(width)}"{more}/>'
        )

    def path(self, points: Iterable[tuple[float, float]], stroke: str, dash: str = "") -> None:
        more = f' stroke-dasharray="{dash}"' if dash else ""
        way = " ".join(f"{'L' if i else 'M'}{number(x)} {number(y)}" for i, (x, y) in enumerate(points))
        self._parts.append(f'<path d="{way}" fill="none" stroke="{stroke}" stroke-width="2"{more}/>')

    def dot(self, x: float, y: float, fill: str, shape: int = 0, hint: str = "") -> None:
        """A marker whose form differs by series too: circle, square, diamond, triangle."""
        inner = f"<title>{escape(hint)}</title>" if hint else ""
        if shape % 4 == 0:
            self._parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="4" fill="{fill}">{inner}</circle>')
            return
        forms = {
            1: [(-4, -4), (4, -4), (4, 4), (-4, 4)],
            2: [(0, -5), (5, 0), (0, 5), (-5, 0)],
            3: [(0, -5), (5, 4), (-5, 4)],
        }
        points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in forms[shape % 4])
        self._parts.append(f'<polygon points="{points}" fill="{fill}">{inner}</polygon>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        size: int = 12,
        fill: str = INK,
        bold: bool = False,
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"{weight}>'
            f"{escape(words)}</text>"
        )

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" font-family="{FONT}">'
            f"<title>{escape(self._title)}</title><desc>{escape(self._description)}</desc>{''.join(self._parts)}</svg>"
        )


def wrapped(words: str, limit: int, most: int = 2) -> list[str]:
    """Lines of at most `limit` characters, broken at blanks; what does not fit in `most` lines ends with «…»."""
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > limit:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= limit + 2 else line[: limit - 1].rstrip() + "…" for line in lines]


def legend(canvas: Canvas, names: Sequence[str], tones: Sequence[str], x: float, y: float, width: float) -> float:
    """A row (or more) of what the colours mean; returns the height it took."""
    at, row = x, 0
    for name, tone in zip(names, tones, strict=True):
        size = 24 + len(name) * 6.6 + 12
        if at > x and at + size > x + width:
            at, row = x, row + 1
        canvas.rect(at, y + row * 20, 12, 12, tone)
        canvas.text(at + 18, y + row * 20 + 10, name, fill=FAINT)
        at += size
    return (row + 1) * 20


def legend_height(names: Sequence[str], width: float) -> int:
    """How high `legend` will be, asked before the canvas is made."""
    at, rows = 0.0, 1
    for name in names:
        size = 24 + len(name) * 6.6 + 12
        if at and at + size > width:
            at, rows = 0.0, rows + 1
        at += size
    return rows * 20


def tones_of(series: Sequence[Series]) -> list[str]:
    return [one.tone or TONES[index % len(TONES)] for index, one in enumerate(series)]


def ticks(highest: float) -> list[float]:
    """Round steps from 0 to just above the highest value: 1, 2, 5 × 10ⁿ apart, at most six of them."""
    if highest <= 0:
        return [0, 1]
    step = 10.0 ** math.floor(math.log10(highest / 5)) if highest > 5 else 1.0
    for factor in (1, 2, 5, 10):
        if step * factor * 5 >= highest:
            step *= factor
            break
    return [step * i for i in range(math.ceil(highest / step) + 1)]


def table_of(
    labels: Sequence[str], series: Sequence[Series], first: str, unit: str, digits: int = 1
) -> tuple[list[str], list[list[str]]]:
    """The table behind a chart: labels down, series across."""
    tail = f", {unit}" if unit else ""
    columns = [first, *(f"{one.name}{tail}" for one in series)]
    rows = [[label, *(shown(one.values[i], digits) for one in series)] for i, label in enumerate(labels)]
    return columns, rows
