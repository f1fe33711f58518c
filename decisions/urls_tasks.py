"""Addresses of tasks, answers and the matrix."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
