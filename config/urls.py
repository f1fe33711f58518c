"""All addresses. Each stands in tests/test_access_matrix.py with what every role gets there."""

from django.urls import include, path

from config.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("", include("reports.urls")),
    path("", include("schools.urls")),
    path("", include("decisions.urls")),
    path("", include("monitoring.urls")),
    path("", include("mentoring.urls")),
]

handler500 = "config.trouble.trouble"
