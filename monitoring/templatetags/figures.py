"""Figures in words: «31,2 %», «+3 п.п.»."""

from __future__ import annotations

from decimal import Decimal

from django import template

from monitoring import heat

register = template.Library()


@register.filter
def percent(value: Decimal | None) -> str:
    return heat.percent(value)


@register.filter
def points(value: Decimal | None) -> str:
    return heat.points(value)
