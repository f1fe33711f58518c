"""Addresses of low-result lists, the forecast and its rules. Confidential: no school and no figure stands in an address."""

from django.urls import path

from monitoring.views import forecast, lists, received, region, rules, school_lists

urlpatterns = [
    path("lists/", lists.list_list, name="list_list"),
    path("lists/forecast/", forecast.forecast_detail, name="forecast_detail"),
    path("lists/forecast/region/", region.forecast_region, name="forecast_region"),
    path("lists/forecast/xlsx/", forecast.forecast_xlsx, name="forecast_xlsx"),
    path("lists/forecast/save/", forecast.forecast_save, name="forecast_save"),
    path("lists/selection/", lists.selection_create, name="selection_create"),
    path("lists/log/", lists.look_list, name="look_list"),
    path("lists/rules/", rules.rules_list, name="rules_list"),
    path("lists/rules/new/", rules.rules_create, name="rules_create"),
    path("lists/rules/<int:pk>/", rules.rules_edit, name="rules_edit"),
    path("lists/rules/<int:pk>/json/", rules.rules_json, name="rules_json"),
    path("lists/received/new/", received.received_create, name="received_create"),
    path("lists/files/<int:pk>/", received.list_upload, name="list_upload"),
    path("lists/files/<int:pk>/answer/", received.list_upload_answer, name="list_upload_answer"),
    path("lists/files/<int:pk>/load/", received.list_upload_load, name="list_upload_load"),
    path("lists/entries/<int:pk>/out/", lists.entry_take_out, name="entry_take_out"),
    path("lists/schools/<int:pk>/", school_lists.school_lists, name="school_lists"),
    path("lists/<int:pk>/", lists.list_detail, name="list_detail"),
    path("lists/<int:pk>/xlsx/", lists.list_xlsx, name="list_xlsx"),
    path("lists/<int:pk>/compare/", lists.list_compare, name="list_compare"),
    path("lists/<int:pk>/schools/", lists.entry_put, name="entry_put"),
    path("lists/<int:pk>/approve/", lists.list_approve, name="list_approve"),
    path("lists/<int:pk>/withdraw/", lists.list_withdraw, name="list_withdraw"),
    path("lists/<int:pk>/recompute/", lists.list_recompute, name="list_recompute"),
]
