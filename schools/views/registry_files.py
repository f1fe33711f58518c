"""The registry to a file and from a file, in two steps over the same stored bytes."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from import_export.formats.base_formats import CSV, XLSX

from config import clock
from schools.actions import registry_import
from schools.enums import OrganizationKind
from schools.errors import Refused
from schools.filters import OrganizationFilter
from schools.forms import ImportForm
from schools.models import Organization, UploadCheck
from schools.registry_format import with_registry
from schools.registry_kinds import OFFERED
from schools.registry_table import COLUMNS
from schools.resources import OrganizationResource
from schools.views.gate import authority_for, person, require

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _home(request: HttpRequest) -> Organization:
    """Where the rows go: the ministry of the active role, which fills the whole tree, or the office's authority."""
    user = require(request, "registry.manage")
    active = user.active
    if active and active.organization_id in user.reach("registry.manage").ministries:
        return active.organization
    return authority_for(request, "registry.manage")


@require_http_methods(["GET", "POST"])
def registry_import_create(request: HttpRequest) -> HttpResponse:
    """The first step: the file is stored and checked; nothing is written to the registry."""
    home = _home(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            form.add_error(
                "file",
                f"Файл больше {settings.MAX_UPLOAD_BYTES // 1024 // 1024} МБ. Для реестра это слишком много: проверьте, тот ли файл.",
            )
        else:
            upload = registry_import.check(
                by=person(request),
                home=home,
                name=file.name,
                content=file.read(),
                content_type=file.content_type or "",
            )
            return redirect("schools:registry_import_detail", pk=upload.pk)
    context = {
        "form": form,
        "home": home,
        "ministry": home.kind == OrganizationKind.MINISTRY,
        "columns": [(name, heading) for name, (heading, _) in COLUMNS.items()],
        "kinds": OFFERED,
    }
    return render(request, "schools/registry_import_create.html", context, status=422 if form.is_bound else 200)


def _upload_for(request: HttpRequest, pk: int) -> UploadCheck:
    user = require(request, "registry.manage")
    reach = user.reach("registry.manage")
    rows = UploadCheck.objects.filter(
        kind=registry_import.KIND, authority__in=reach.authorities | reach.ministries
    ).select_related("file", "authority", "created_by__person")
    return get_object_or_404(rows, pk=pk)


@require_GET
def registry_import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found: every problem at once, or what will be added and changed."""
    upload = _upload_for(request, pk)
    return render(request, "schools/registry_import_detail.html", {"upload": upload, "report": upload.report})


@require_POST
def registry_import_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Says which of the authorities named in the file is ours, and checks the same file again."""
    upload = _upload_for(request, pk)
    chosen = request.POST.get("authority", "")
    if chosen not in upload.report.get("choice", []):
        messages.error(request, "Выберите орган управления из списка.")
    else:
        try:
            registry_import.check_again(by=person(request), upload=upload, chosen=chosen)
        except Refused as why:
            messages.error(request, str(why))
    return redirect("schools:registry_import_detail", pk=pk)


@require_POST
def registry_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step: what the check showed is written, from the same stored file."""
    upload = _upload_for(request, pk)
    try:
        changed = registry_import.apply(by=person(request), upload=upload)
    except Refused as why:
        upload.refresh_from_db()
        if not upload.applied_at:
            registry_import.check_again(by=person(request), upload=upload, chosen=upload.report.get("chosen", ""))
        messages.error(request, str(why))
    else:
        messages.success(
            request, "Реестр загружен." if changed else "Изменений нет: в реестре уже всё так, как в файле."
        )
    return redirect("schools:registry_import_detail", pk=pk)


@require_GET
def registry_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The organisations of the list as it is narrowed now, in the one registry format."""
    user = require(request, "registry.view")
    rows = (
        Organization.objects.visible_to(user)
        .exclude(kind=OrganizationKind.MINISTRY)
        .order_by("authority", "sort_key", "pk")
    )
    found = OrganizationFilter(request.GET, queryset=rows, request=request)
    dataset = OrganizationResource().export(queryset=with_registry(found.qs))
    day = clock.today(user.zone)
    if kind == "csv":
        # The mark at the start lets Excel see that the letters are UTF-8.
        content, content_type = "\ufeff" + CSV().export_data(dataset), "text/csv; charset=utf-8"
    else:
        content, content_type = XLSX().export_data(dataset), XLSX_TYPE
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="registry-{day:%Y-%m-%d}.{kind}"'
    return response
