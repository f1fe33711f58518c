"""Addresses of what comes back to a printed paper: scans and acknowledgement."""

from django.urls import path

from decisions.views import acknowledgements, scans

urlpatterns = [
    path("documents/<int:pk>/acknowledge/", acknowledgements.document_acknowledge, name="document_acknowledge"),
    path("documents/<int:pk>/acknowledgements/", acknowledgements.acknowledgement_list, name="acknowledgement_list"),
    path(
        "documents/<int:pk>/acknowledgements/remind/",
        acknowledgements.acknowledgement_remind,
        name="acknowledgement_remind",
    ),
    path("scans/new/", scans.scan_create, name="scan_create"),
    path("scans/<int:pk>/", scans.scan_confirm, name="scan_confirm"),
    path("scans/<int:pk>/page/", scans.scan_page, name="scan_page"),
    path("scans/<int:pk>/file/", scans.scan_file, name="scan_file"),
    path("scans/<int:pk>/drop/", scans.scan_drop, name="scan_drop"),
]
