"""Addresses of results, indicators and low-result lists. Names are `monitoring:noun_verb`, paths are plural."""

from django.urls import path

from monitoring.urls_lists import urlpatterns as list_patterns
from monitoring.urls_looking import urlpatterns as looking_patterns
from monitoring.views import imports

app_name = "monitoring"

urlpatterns = [
    path("results/imports/", imports.import_list, name="import_list"),
    path("results/imports/new/", imports.import_create, name="import_create"),
    path("results/imports/start/", imports.import_start, name="import_start"),
    path("results/imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("results/imports/<int:pk>/files/", imports.import_file_add, name="import_file_add"),
    path("results/imports/<int:pk>/more/", imports.import_more, name="import_more"),
    path("results/imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("results/imports/<int:pk>/load/", imports.import_load, name="import_load"),
    path("results/imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("results/imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("results/imports/<int:pk>/conflicts/", imports.import_conflict, name="import_conflict"),
    path("results/files/<int:pk>/", imports.import_file, name="import_file"),
    path("results/imports/<int:pk>/school/", imports.import_school, name="import_school"),
    path("results/files/<int:pk>/skip/", imports.import_skip, name="import_skip"),
    path("results/files/<int:pk>/facts/", imports.import_facts, name="import_facts"),
    path("results/files/<int:pk>/remove/", imports.import_file_remove, name="import_file_remove"),
    *list_patterns,
    *looking_patterns,
]
