"""The start page, the search line, and everything that is printed."""

from django.urls import path

from reports.urls_cycle import urlpatterns as cycle_patterns
from reports.urls_notes import urlpatterns as note_patterns
from reports.urls_overview import urlpatterns as overview_patterns
from reports.urls_paper import urlpatterns as paper_patterns
from reports.views.home import home
from reports.views.search import search

app_name = "reports"

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    *cycle_patterns,
    *note_patterns,
    *overview_patterns,
    *paper_patterns,
]
