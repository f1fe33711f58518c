"""Addresses of everything that is printed."""

from django.urls import path

from reports.views import paper

urlpatterns = [
    path("documents/<int:pk>/pdf/", paper.protocol_pdf, name="protocol_pdf"),
    path("documents/<int:pk>/docx/", paper.protocol_docx, name="protocol_docx"),
    path("documents/<int:pk>/excerpts/<int:organization_pk>/pdf/", paper.excerpt_pdf, name="excerpt_pdf"),
    path("documents/<int:pk>/excerpts/<int:organization_pk>/docx/", paper.excerpt_docx, name="excerpt_docx"),
    path("documents/<int:pk>/acknowledgement/pdf/", paper.acknowledgement_pdf, name="acknowledgement_pdf"),
    path("documents/<int:pk>/acknowledgement/docx/", paper.acknowledgement_docx, name="acknowledgement_docx"),
    path("documents/<int:pk>/attendance/pdf/", paper.attendance_pdf, name="attendance_pdf"),
    path("documents/<int:pk>/attendance/docx/", paper.attendance_docx, name="attendance_docx"),
    path("answers/<int:pk>/receipt/", paper.answer_receipt, name="answer_receipt"),
]
