"""Addresses of collecting by form."""

from django.urls import path

from decisions.views import collecting, form_answers

urlpatterns = [
    path("clauses/<int:pk>/form/", collecting.form_create, name="form_create"),
    path("forms/", collecting.form_list, name="form_list"),
    path("forms/<int:pk>/", collecting.form_detail, name="form_detail"),
    path("forms/<int:pk>/summary.xlsx", collecting.form_summary, name="form_summary"),
    path("forms/<int:pk>/blank.xlsx", collecting.form_blank, name="form_blank"),
    path("forms/<int:pk>/layout/", collecting.form_layout, name="form_layout"),
    path("forms/<int:pk>/change/", collecting.form_change, name="form_change"),
    path("forms/<int:pk>/drop/", collecting.form_drop, name="form_drop"),
    path("tasks/<int:pk>/form/", form_answers.form_answer, name="form_answer"),
    path("tasks/<int:pk>/form.xlsx", form_answers.form_workbook, name="form_workbook"),
    path("tasks/<int:pk>/form/file/", form_answers.form_take, name="form_take"),
    path("tasks/<int:pk>/form/bring/", form_answers.form_bring, name="form_bring"),
    path("form-files/<int:pk>/", form_answers.form_file, name="form_file"),
]
