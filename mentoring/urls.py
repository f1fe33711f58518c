"""Addresses of curators, mentors, visits and interviews. Names are `mentoring:noun_verb`, paths are plural."""

from django.urls import URLPattern

app_name = "mentoring"

urlpatterns: list[URLPattern] = []
