"""Addresses of everything that is printed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
