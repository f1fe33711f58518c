"""Addresses of people, organisations and the office. Names are `schools:noun_verb`, paths are plural."""

from django.conf import settings
from django.urls import path

from schools.views import gallery, groups, office, organizations, papers, people, registry_files, session

app_name = "schools"

urlpatterns = [
    path("login/", session.Login.as_view(), name="login"),
    path("logout/", session.Logout.as_view(), name="logout"),
    path("sessions/alive/", session.session_alive, name="session_alive"),
    path("passwords/reset/", session.password_reset, name="password_reset"),
    path("passwords/reset/done/", session.password_reset_done, name="password_reset_done"),
    path(
        "passwords/reset/<uidb64>/<token>/",
        session.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path("invitations/<str:token>/", session.invitation_accept, name="invitation_accept"),
    path("codes/enter/", session.code_enter, name="code_enter"),
    path("profile/", session.profile_edit, name="profile_edit"),
    path("memberships/<int:pk>/activate/", session.membership_activate, name="membership_activate"),
    path("organizations/", organizations.organization_list, name="organization_list"),
    path("organizations/tree/", organizations.organization_tree, name="organization_tree"),
    path("organizations/new/", organizations.organization_create, name="organization_create"),
    path("organizations/import/", registry_files.registry_import_create, name="registry_import_create"),
    path("organizations/import/<int:pk>/", registry_files.registry_import_detail, name="registry_import_detail"),
    path("organizations/import/<int:pk>/choose/", registry_files.registry_import_choose, name="registry_import_choose"),
    path("organizations/import/<int:pk>/apply/", registry_files.registry_import_apply, name="registry_import_apply"),
    path("organizations/export.xlsx", registry_files.registry_export, {"kind": "xlsx"}, name="registry_export_xlsx"),
    path("organizations/export.csv", registry_files.registry_export, {"kind": "csv"}, name="registry_export_csv"),
    path("organizations/<int:pk>/", organizations.organization_detail, name="organization_detail"),
    path("organizations/<int:pk>/edit/", organizations.organization_edit, name="organization_edit"),
    path("organizations/<int:pk>/aliases/add/", organizations.alias_create, name="alias_create"),
    path("aliases/<int:pk>/revoke/", organizations.alias_revoke, name="alias_revoke"),
    path("people/", people.person_list, name="person_list"),
    path("people/new/", people.person_create, name="person_create"),
    path("people/codes/", people.code_list, name="code_list"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/positions/add/", people.position_create, name="position_create"),
    path("people/<int:pk>/memberships/add/", people.membership_create, name="membership_create"),
    path("people/<int:pk>/invite/", people.invitation_create, name="invitation_create"),
    path("people/<int:pk>/open/", people.account_open, name="account_open"),
    path("people/<int:pk>/close/", people.account_close, name="account_close"),
    path("positions/<int:pk>/end/", people.position_end, name="position_end"),
    path("memberships/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_create, name="group_create"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<int:pk>/members/", groups.group_members, name="group_members"),
    path("groups/<int:pk>/delete/", groups.group_delete, name="group_delete"),
    path("settings/", office.settings_edit, name="settings_edit"),
    path("calendar-days/", office.calendar_day_list, name="calendar_day_list"),
    path("calendar-days/<int:pk>/delete/", office.calendar_day_delete, name="calendar_day_delete"),
    path("messages/", office.message_list, name="message_list"),
    path("messages/probe/", office.message_probe, name="message_probe"),
    path("messages/<int:pk>/again/", office.message_again, name="message_again"),
    path("c/", papers.paper_find, name="paper_find"),
    path("C/<str:code>", papers.paper_check, name="paper_check"),  # as in the QR code: capitals take less room there
    path("c/<str:code>/", papers.paper_check, name="paper_check"),
    path("papers/<int:pk>/pdf/", papers.paper_pdf, name="paper_pdf"),
    path("notifications/", office.notification_list, name="notification_list"),
    path("notifications/read/", office.notification_read, name="notification_read"),
    path("notifications/<int:pk>/open/", office.notification_open, name="notification_open"),
]

if settings.DEBUG:
    urlpatterns.append(path("components/", gallery.gallery, name="component_gallery"))
