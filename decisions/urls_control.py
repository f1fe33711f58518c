"""Addresses of following execution."""

from django.urls import path

from decisions.views import control

urlpatterns = [
    path("control/tasks/", control.control_list, name="control_list"),
    path("control/tasks.xlsx", control.control_xlsx, name="control_xlsx"),
]
