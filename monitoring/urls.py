"""Addresses of results, indicators and low-result lists. Names are `monitoring:noun_verb`, paths are plural."""

from django.urls import URLPattern

app_name = "monitoring"

urlpatterns: list[URLPattern] = []
