"""Addresses of where execution stands."""

from django.urls import path

from reports.views import board, discipline

urlpatterns = [
    path("control/", board.board, name="board"),
    path("control/discipline/", discipline.discipline, name="discipline"),
    path("control/discipline.xlsx", discipline.discipline_xlsx, name="discipline_xlsx"),
    path("control/discipline.pdf", discipline.discipline_pdf, name="discipline_pdf"),
]
