"""Tags that every template has: dates with how long is left, numbers with words, icons."""

from __future__ import annotations

import datetime as dt

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui import words

register = template.Library()


@register.filter
def day(value: dt.date | None) -> str:
    """01.09.2021"""
    return f"{value:%d.%m.%Y}" if value else ""


@register.filter
def left(value: dt.date | None, today: dt.date) -> str:
    """«через 3 дня», «сегодня», «3 дня назад»."""
    return words.left(value, today) if value else ""


@register.filter
def overdue(value: dt.date, today: dt.date) -> str:
    """«просрочено на 5 дней»"""
    return words.overdue(value, today)


@register.filter
def weekday(value: dt.date | None) -> str:
    return words.WEEKDAYS[value.weekday()] if value else ""


@register.filter
def weekday_short(value: dt.date | None) -> str:
    """вт"""
    return words.WEEKDAYS_SHORT[value.weekday()] if value else ""


@register.filter
def counted(number: int, forms: str) -> str:
    """{{ 5|counted:"школа,школы,школ" }} → «5 школ»."""
    return words.counted(number, *forms.split(","))


@register.filter
def form_of(number: int, forms: str) -> str:
    """Only the word that agrees with the number."""
    return words.form_of(number, *forms.split(","))


@register.filter
def listed(words: str) -> list[str]:
    """{% for value in "a,b"|listed %}"""
    return words.split(",")


@register.filter
def hyphenated(text: object) -> str:
    """Soft hyphens in the long words of a narrow heading."""
    return words.hyphenated(str(text))


@register.filter
def where_words(where: str | None) -> str:
    """«Лист1: row 14» of a reading → «Лист1, строка 14»."""
    if not where:
        return ""
    sheet, _, line = where.rpartition("row ")
    return f"{sheet.rstrip(': ')}, строка {line}".lstrip(", ") if line.isdigit() else where


@register.filter
def term(task: object) -> str:
    """«срок 01.01.2026, действует 30.12.2025» of anything that has `due` and `effective_due`."""
    return words.term(getattr(task, "due", None), getattr(task, "effective_due", None))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it is read out, without one it is decoration."""
    sprite = static("vendor/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )
