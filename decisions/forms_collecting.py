"""What the methodist corrects in a form: read from the page's fields into a layout. Bad values become empty or a sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.http import QueryDict

from config.sheets import plain_text
from decisions.collecting.book import place_of
from decisions.collecting.kinds import is_part
from decisions.collecting.model import KINDS, Field, Layout, Table
from decisions.errors import Refused

NEW = 4  # empty lines offered for new fields
MOST_NEW = 40


def _line(post: QueryDict, name: str, limit: int = 300) -> str:
    return " ".join(plain_text(post.get(name, "")).split())[:limit]


def layout_from(post: QueryDict, layout: Layout, *, composed: bool) -> Layout:
    """The corrected layout. Raises `Refused` for a cell that cannot be."""
    return _composed(post, layout) if composed else _attached(post, layout)


def _field(post: QueryDict, was: Field, name: str) -> Field:
    kind = post.get(f"kind-{name}", was.kind)
    choices = [one.strip()[:200] for one in plain_text(post.get(f"choices-{name}", "")).replace("\n", ";").split(";")]
    return dataclasses.replace(
        was,
        label=_line(post, f"label-{name}") or was.label,
        kind=kind if kind in KINDS else "text",
        required=f"required-{name}" in post,
        hint=_line(post, f"hint-{name}"),
        low=_line(post, f"low-{name}", 20),
        high=_line(post, f"high-{name}", 20),
        choices=tuple(dict.fromkeys(one for one in choices if one))[:200] if kind == "choice" else (),
        adds=f"adds-{name}" in post,
        sure=True,
    )


# --- a form of the office's file: places stand where they stand ---


def _attached(post: QueryDict, layout: Layout) -> Layout:
    parts: list[Field | Table] = []
    for part in layout.parts:
        if f"ask-{part.key}" not in post:
            continue
        if isinstance(part, Field):
            parts.append(_field(post, part, part.key))
            continue
        columns = tuple(
            _field(post, column, f"{part.key}.{column.key}")
            for column in part.columns
            if f"ask-{part.key}.{column.key}" in post
        )
        if columns:
            kept = {c.key for c in columns}
            columns = tuple(c if c.part_of in kept else dataclasses.replace(c, part_of="") for c in columns)
            parts.append(
                dataclasses.replace(
                    part,
                    columns=columns,
                    title=_line(post, f"title-{part.key}", 200) or part.title,
                    required=f"required-{part.key}" in post,
                )
            )
    parts += _added(post, layout, parts)
    keys = {p.key for p in parts}
    return Layout(
        tuple(
            dataclasses.replace(p, part_of="") if isinstance(p, Field) and p.part_of not in keys else p for p in parts
        )
    )


def _added(post: QueryDict, layout: Layout, parts: list[Field | Table]) -> Iterator[Field]:
    """Cells the program did not find, named by address."""
    taken = {place.at + (place.sheet,) for place in Layout(tuple(parts)).places({})}
    number = _next(layout)
    for index in range(1, MOST_NEW + 1):
        cell = _line(post, f"cell-n{index}", 12)
        if not cell:
            continue
        sheet = _line(post, f"sheet-n{index}", 60)
        try:
            row, column = place_of(cell)
        except ValueError:
            raise Refused(f"«{cell}» — не адрес ячейки. Напишите букву столбца и номер строки, например B7.") from None
        if (row, column, sheet) in taken:
            raise Refused(f"Ячейка {cell.upper()} уже есть в форме.")
        label = _line(post, f"label-n{index}")
        if not label:
            raise Refused(f"Ячейка {cell.upper()}: напишите, что в неё вписывают.")
        yield dataclasses.replace(
            _field(post, Field(key=f"f{number}", label=label), f"n{index}"), sheet=sheet, row=row, column=column
        )
        number += 1


def _next(layout: Layout) -> int:
    """The first free number of a key, so that keys of one form never change their meaning."""
    used = [int(p.key[1:]) for p in layout.parts if p.key[1:].isdigit()]
    used += [int(c.key[1:]) for t in layout.tables for c in t.columns if c.key[1:].isdigit()]
    return max(used, default=0) + 1


# --- a form composed in the browser: fields in any order, some grouped into tables ---


def _composed(post: QueryDict, layout: Layout) -> Layout:
    lines: list[tuple[int, int, str, Field]] = []
    tables = {t.title: t for t in layout.tables}
    at = 0
    for table_title, name, field in fields_of(layout):
        at += 1
        if f"ask-{name}" in post:
            lines.append((_order(post, name, at), at, _line(post, f"table-{name}", 120), _field(post, field, name)))
        del table_title
    number = _next(layout)
    for index in range(1, MOST_NEW + 1):
        if not _line(post, f"label-n{index}"):
            continue
        at += 1
        field = _field(post, Field(key=f"f{number}", label=""), f"n{index}")
        lines.append((_order(post, f"n{index}", at), at, _line(post, f"table-n{index}", 120), field))
        number += 1
    lines.sort(key=lambda line: line[:2])
    parts: list[Field | Table] = []
    made: dict[str, int] = {}
    for _, _, title, field in lines:
        if not title:
            parts.append(dataclasses.replace(field, part_of=""))
            continue
        if title not in made:
            made[title] = len(parts)
            old = tables.get(title)
            key = old.key if old else f"t{number}"
            number += 0 if old else 1
            labels = [" ".join(one.split())[:200] for one in plain_text(post.get(f"rows-{key}", "")).splitlines()]
            parts.append(
                Table(key=key, title=title, columns=(), labels=tuple(dict.fromkeys(one for one in labels if one))[:300])
            )
        table = parts[made[title]]
        assert isinstance(table, Table)
        parts[made[title]] = dataclasses.replace(table, columns=(*table.columns, field))
    return Layout(tuple(_with_parts(parts)))


def _with_parts(parts: list[Field | Table]) -> Iterator[Field | Table]:
    """«Из них …» is not more than the number before it."""
    whole: Field | None = None
    for part in parts:
        if isinstance(part, Table):
            columns = tuple(one for one in _with_parts(list(part.columns)) if isinstance(one, Field))
            yield dataclasses.replace(part, columns=columns)
            continue
        if part.numeric and is_part(part.label) and whole is not None and whole.kind == part.kind:
            yield dataclasses.replace(part, part_of=whole.key)
            continue
        if part.numeric:
            whole = part
        yield part


def _order(post: QueryDict, name: str, default: int) -> int:
    text = post.get(f"order-{name}", "").strip()
    return int(text) * 10 if text.isascii() and text.isdigit() and len(text) < 5 else default * 10


def fields_of(layout: Layout) -> Iterator[tuple[str, str, Field]]:
    """Every field with the table it stands in («» for none) and its name on the page."""
    for part in layout.parts:
        if isinstance(part, Field):
            yield "", part.key, part
        else:
            for column in part.columns:
                yield part.title, f"{part.key}.{column.key}", column
