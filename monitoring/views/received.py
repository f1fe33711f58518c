"""Lists received from above: entered by hand or read from a file in two steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.numbers import is_number
from monitoring.actions import lists, received
from monitoring.enums import ListLevel, Trajectory, UploadState
from monitoring.forms_lists import ReceivedForm
from monitoring.models import ListUpload
from monitoring.views.confidential import confidential, look, require
from monitoring.views.forecast import office_of
from monitoring.views.gate import office_for, person
from schools.errors import Refused
from schools.models import Organization


@require_http_methods(["GET", "POST"])
def received_create(request: HttpRequest) -> HttpResponse:
    """What the list is; with a file it is read and checked, without one an empty draft opens."""
    user = require(request, "lists.edit")
    office = office_for(request, "lists.edit")
    form = ReceivedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        day = data["letter_date"]
        about = {
            "school_year": data["school_year"],
            "level": data["level"],
            "letter": " ".join(data["letter"].split()),
            "letter_date": day.isoformat() if day else None,
        }
        file = data["file"]
        try:
            if file:
                upload = received.check_list(by=user, office=office, name=file.name, content=file.read(), about=about)
                return redirect("monitoring:list_upload", pk=upload.pk)
            row = lists.start_received(
                by=user,
                authority=office_of(request, "lists.edit"),
                school_year=data["school_year"],
                level=data["level"],
                letter=data["letter"],
                letter_date=day,
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Перечень создан. Внесите школы.")
            return redirect("monitoring:list_detail", pk=row.pk)
    context = {"form": form, "office": office}
    return render(request, "monitoring/received_create.html", context, status=422 if form.is_bound else 200)


def upload_for(request: HttpRequest, pk: int) -> ListUpload:
    user = require(request, "lists.edit")
    return get_object_or_404(ListUpload.objects.visible_to(user).select_related("office"), pk=pk)


@require_GET
@confidential
def list_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read: schools found, names not found, problems with their rows."""
    upload = upload_for(request, pk)
    look(person(request), "list.file", row=upload, authority=upload.office_id, title=f"файл «{upload.name}»")
    found = received.known(upload)
    schools = Organization.objects.in_bulk(found)
    names = dict(Trajectory.choices)
    about = upload.about
    rows = [(schools[pk], one, names.get(one["trajectory"], "")) for pk, one in found.items() if pk in schools]
    unknown = received.unknown(upload)
    choices = Organization.objects.below(upload.office).schools().order_by("sort_key", "pk") if unknown else ()
    context = {
        "upload": upload,
        "year_name": f"{about['school_year'] - 1}/{about['school_year']}",
        "level": ListLevel(about["level"]).label,
        "rows": sorted(rows, key=lambda row: (row[0].sort_key, row[0].pk)),
        "unknown": unknown[:300],
        "unknown_total": len(unknown),
        "left_out": [name for name, pk in upload.answers.items() if pk is None],
        "errors": [one for one in upload.problems if one["severity"] == "error"],
        "warnings": [one for one in upload.problems if one["severity"] != "error"],
        "schools": [(one.pk, one.name) for one in choices],
        "open": upload.state == UploadState.CHECKED,
    }
    return render(request, "monitoring/list_upload.html", context)


@require_POST
def list_upload_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """«Это наша школа …», «не наша», or all the rest are not ours."""
    upload = upload_for(request, pk)
    user = person(request)
    try:
        if request.POST.get("verb") == "rest":
            count = received.leave_out_rest(by=user, upload=upload)
            messages.success(request, f"Не загружаются строк: {count}.")
        else:
            chosen = request.POST.get("organization", "")
            school = None
            if chosen != "skip":
                if not is_number(chosen):
                    messages.error(request, "Выберите школу из списка.")
                    return redirect("monitoring:list_upload", pk=pk)
                school = get_object_or_404(Organization.objects.below(upload.office).schools(), pk=int(chosen))
            received.answer(by=user, upload=upload, printed=request.POST.get("printed", ""), organization=school)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("monitoring:list_upload", pk=pk)


@require_POST
def list_upload_load(request: HttpRequest, pk: int) -> HttpResponse:
    upload = upload_for(request, pk)
    try:
        made = received.load_list(by=person(request), upload=upload)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("monitoring:list_upload", pk=pk)
    if len(made) == 1:
        messages.success(request, "Перечень загружен как проект. Проверьте и утвердите его.")
        return redirect("monitoring:list_detail", pk=made[0].pk)
    messages.success(request, f"Перечень загружен: проектов по муниципалитетам — {len(made)}.")
    return redirect("monitoring:list_list")
