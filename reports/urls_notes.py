"""Addresses of notes and of papers made in the background."""

from django.urls import path

from reports.views import jobs, notes

urlpatterns = [
    path("notes/", notes.note_list, name="note_list"),
    path("notes/new/", notes.note_create, name="note_create"),
    path("notes/<int:pk>/", notes.note_detail, name="note_detail"),
    path("notes/<int:pk>/recalculate/", notes.note_recalculate, name="note_recalculate"),
    path("notes/<int:pk>/approve/", notes.note_approve, name="note_approve"),
    path("notes/<int:pk>/decision/", notes.note_decision, name="note_decision"),
    path("notes/<int:pk>/selection/", notes.note_selection, name="note_selection"),
    path("notes/<int:pk>/pdf/", notes.note_pdf, name="note_pdf"),
    path("notes/<int:pk>/docx/", notes.note_docx, name="note_docx"),
    path("notes/sections/<int:pk>/", notes.section_save, name="section_save"),
    path("notes/sections/<int:pk>/redraft/", notes.section_redraft, name="section_redraft"),
    path("papers/jobs/", jobs.job_list, name="job_list"),
    path("papers/jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("papers/jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("documents/<int:pk>/excerpts/zip/", jobs.excerpts_start, name="excerpts_start"),
    path("documents/<int:pk>/execution/pdf/", jobs.execution_start, name="execution_start"),
    path("organizations/<int:pk>/passport/card/", jobs.passport_card, name="passport_card"),
    path("organizations/<int:pk>/passport/", jobs.passport_start, name="passport_start"),
]
