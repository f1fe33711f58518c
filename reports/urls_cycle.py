"""Addresses of the cycle: directions, elements of their chains, values of indicators, recommendations to schools."""

from django.urls import path

from reports.views import directions, elements

urlpatterns = [
    path("directions/", directions.direction_list, name="direction_list"),
    path("directions/open/", directions.direction_open, name="direction_open"),
    path("directions/protocol/", directions.direction_protocol, name="direction_protocol"),
    path("directions/<int:pk>/", directions.direction_detail, name="direction_detail"),
    path("directions/<int:pk>/edit/", directions.direction_edit, name="direction_edit"),
    path("directions/<int:pk>/compute/", directions.direction_compute, name="direction_compute"),
    path("directions/<int:pk>/publish/", directions.direction_publish, name="direction_publish"),
    path("directions/<int:pk>/elements/new/", elements.element_create, name="element_create"),
    path("directions/<int:pk>/values.xlsx", elements.values_blank, name="values_blank"),
    path("directions/<int:pk>/values/upload/", elements.values_upload, name="values_upload"),
    path("directions/elements/<int:pk>/", elements.element_edit, name="element_edit"),
    path("directions/elements/<int:pk>/delete/", elements.element_delete, name="element_delete"),
    path("directions/elements/<int:pk>/readers/", elements.element_readers, name="element_readers"),
    path("directions/indicators/<int:pk>/values/", elements.indicator_values, name="indicator_values"),
    path("directions/uploads/<int:pk>/", elements.values_check, name="values_check"),
    path("recommendations/", directions.recommendation_list, name="recommendation_list"),
    path("recommendations/<int:pk>/read/", directions.recommendation_read, name="recommendation_read"),
]
