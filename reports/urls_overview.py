"""Addresses of where execution stands."""

from django.urls import path

from reports.views import board, discipline, progress

urlpatterns = [
    path("control/", board.board, name="board"),
    path("control/discipline/", discipline.discipline, name="discipline"),
    path("control/discipline.xlsx", discipline.discipline_xlsx, name="discipline_xlsx"),
    path("documents/<int:pk>/progress/", progress.progress_detail, name="progress_detail"),
    path("documents/<int:pk>/progress.pdf", progress.progress_pdf, name="progress_pdf"),
    path("documents/<int:pk>/progress.docx", progress.progress_docx, name="progress_docx"),
    path("control/discipline.pdf", discipline.discipline_pdf, name="discipline_pdf"),
]
