"""Addresses of looking at results."""

from django.urls import path

from monitoring.views import assessments, by_hand, checks, looking, mapping, school_results, selecting, sizes

PARTS = ("journal", "points", "tasks")

urlpatterns = [
    path("results/", looking.heat_map, name="heat_map"),
    path("results/xlsx/", looking.heat_map_xlsx, name="heat_map_xlsx"),
    path("results/subjects/", looking.subject_detail, name="subject_detail"),
    path("results/subjects/xlsx/", looking.subject_xlsx, name="subject_xlsx"),
    path("results/assessments/new/", assessments.assessment_create, name="assessment_create"),
    path("results/assessments/<int:pk>/schools/", assessments.assessment_schools, name="assessment_schools"),
    path("results/sizes/", sizes.sizes_import, name="sizes_import"),
    path("results/sizes/xlsx/", sizes.sizes_xlsx, name="sizes_xlsx"),
    path("results/assessments/<int:pk>/", looking.assessment_detail, name="assessment_detail"),
    path("results/assessments/<int:pk>/xlsx/", looking.assessment_xlsx, name="assessment_xlsx"),
    *(
        path(f"results/assessments/<int:pk>/{part}/", looking.assessment_detail, {"part": part}, f"assessment_{part}")
        for part in PARTS
    ),
    *(
        path(
            f"results/assessments/<int:pk>/{part}/xlsx/",
            looking.assessment_xlsx,
            {"part": part},
            f"assessment_{part}_xlsx",
        )
        for part in PARTS
    ),
    path("results/own/", school_results.own_results, name="own_results"),
    path("results/schools/<int:pk>/", school_results.school_results, name="school_results"),
    path("results/schools/<int:pk>/xlsx/", school_results.school_results_xlsx, name="school_results_xlsx"),
    path("results/schools/<int:pk>/part/", school_results.organization_results, name="organization_results"),
    path(
        "results/schools/<int:pk>/assessments/<int:assessment_pk>/",
        school_results.school_assessment,
        name="school_assessment",
    ),
    path(
        "results/schools/<int:pk>/assessments/<int:assessment_pk>/xlsx/",
        school_results.school_assessment_xlsx,
        name="school_assessment_xlsx",
    ),
    path("results/checks/", checks.check_list, name="check_list"),
    path("results/checks/run/", checks.check_run, name="check_run"),
    path("results/checks/<int:pk>/", checks.check_answer, name="check_answer"),
    path("results/schools/<int:pk>/sizes/", checks.sizes_edit, name="sizes_edit"),
    path("results/markers/", checks.markers_edit, name="markers_edit"),
    path("results/files/<int:pk>/columns/", mapping.import_mapping, name="import_mapping"),
    path("results/selection/", selecting.result_selection, name="result_selection"),
    path("results/template/", by_hand.result_template, name="result_template"),
    path("results/schools/<int:pk>/assessments/<int:assessment_pk>/edit/", by_hand.result_edit, name="result_edit"),
    path("results/schools/<int:pk>/assessments/<int:assessment_pk>/held/", by_hand.result_held, name="result_held"),
]
