"""Tags of the frame: the title said twice (in the tab and on the page), pages of a list, segmented bars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.words import counted

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> str:
    """What the block `name` shows, once more: a block may stand in a template only once, a title stands twice."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.render(context) if block else ""


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """1 2 … 7 8 9 … 20"""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def initials_of(user: Any) -> str:
    """«Титова Е.А.» of an account, or its log-in name."""
    return user.person.surname_first if user.person else user.username


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether the person may do this anywhere: what a shared row of links asks."""
    return bool(user.may(permission))


@register.simple_tag
def bar(total: int, **parts: int) -> SafeString:
    """{% bar 40 ok=12 wait=3 bad=1 %}: a segmented bar, said in words for those who cannot see it."""
    words = {"ok": "исполнено", "wait": "на проверке", "run": "в работе", "bad": "просрочено", "warn": "под вопросом"}
    if not total:
        return SafeString("")
    start, pieces = 0.0, []
    for name, number in parts.items():
        width = 100 * (number or 0) / total
        if width:
            pieces.append((f"{start:.2f}%", f"{width:.2f}%", name))
        start += width
    label = ", ".join(f"{words[name]} {number}" for name, number in parts.items() if number)
    return format_html(
        '<svg class="bar" role="img" aria-label="{}">{}</svg>',
        f"Всего {counted(total, 'поручение', 'поручения', 'поручений')}" + (f": {label}" if label else ""),
        format_html_join("", '<rect x="{}" width="{}" height="100%" class="{}"></rect>', pieces),
    )


@register.filter
def at(row: Any, index: int) -> Any:
    """The item of a list that stands at a place: the head of a column beside its cell."""
    return row[index]
