"""Loading results by browser: drop files, see what they would change, answer what is asked, load, undo."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monitoring.actions import imports
from monitoring.enums import FileState
from monitoring.forms import FactsForm, ResultFilesForm
from monitoring.import_view import changes_of, conflicts_of, facts_asked, problems_of
from monitoring.models import ImportBatch
from monitoring.views.gate import batch_for, file_for, office_for, person
from schools.errors import Refused
from schools.models import Organization


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    office = office_for(request, "results.import")
    rows = (
        ImportBatch.objects.visible_to(person(request))
        .select_related("created_by__person")
        .annotate(count=Count("files", filter=~Q(files__state=FileState.REMOVED)))
        .defer("report")
        .order_by("-created_at", "-pk")
    )
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "monitoring/import_list.html", {"page": page, "office": office})


@require_http_methods(["GET", "POST"])
def import_create(request: HttpRequest) -> HttpResponse:
    """Files dropped at once: each is read as it comes, then all are checked together."""
    office = office_for(request, "results.import")
    form = ResultFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = imports.begin(by=person(request), authority=office)
        for file in form.cleaned_data["files"]:
            try:
                imports.add_file(by=person(request), batch=batch, name=file.name, content=file.read())
            except Refused as why:
                messages.error(request, str(why))
        imports.check(batch=batch)
        return redirect("monitoring:import_detail", pk=batch.pk)
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/import_create.html", {"form": form, "office": office}, status=status)


@require_POST
def import_start(request: HttpRequest) -> JsonResponse:
    """An empty batch for a page that sends files one by one; says where to send them and where to go afterwards."""
    batch = imports.begin(by=person(request), authority=office_for(request, "results.import"))
    return JsonResponse(
        {
            "file": reverse("monitoring:import_file_add", args=[batch.pk]),
            "check": reverse("monitoring:import_check", args=[batch.pk]),
        }
    )


@require_POST
def import_file_add(request: HttpRequest, pk: int) -> JsonResponse:
    """One file of many: what became of it, in words."""
    batch = batch_for(request, pk)
    form = ResultFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(form.errors["files"])}, status=422)
    said = []
    for file in form.cleaned_data["files"]:
        try:
            row = imports.add_file(by=person(request), batch=batch, name=file.name, content=file.read())
        except Refused as why:
            return JsonResponse({"error": str(why)}, status=422)
        said.append("не прочитан" if row.state == FileState.FAILED else "прочитан")
    return JsonResponse({"state": ", ".join(said)})


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_for(request, pk)
    files = list(batch.files.exclude(state=FileState.REMOVED).defer("reading"))
    open_now = batch.state in imports.OPEN
    schools = Organization.objects.below(batch.authority).schools().order_by("sort_key") if open_now else ()
    context = {
        "batch": batch,
        "files": files,
        "problems": problems_of(batch),
        "changes": changes_of(batch),
        "conflicts": conflicts_of(batch),
        "open": open_now,
        "schools": [(row.pk, row.name) for row in schools],
        "asked": facts_asked(batch) if open_now else [],
        "undecided": batch.conflicts.filter(state="open").count(),
    }
    return render(request, "monitoring/import_detail.html", context)


@require_POST
def import_check(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, batch_for(request, pk), lambda batch: imports.check(batch=batch))


@require_POST
def import_load(request: HttpRequest, pk: int) -> HttpResponse:
    accepted = request.POST.get("accept") == "on"

    def load(batch: ImportBatch) -> None:
        imports.load(by=person(request), batch=batch, accept_warnings=accepted)
        messages.success(request, "Результаты загружены.")

    return _done(request, batch_for(request, pk), load)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    def undo(batch: ImportBatch) -> None:
        imports.undo(by=person(request), batch=batch)
        messages.success(request, "Загрузка отменена: данные такие, какими были до неё.")

    return _done(request, batch_for(request, pk), undo)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_for(request, pk)
    try:
        imports.drop(by=person(request), batch=batch)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("monitoring:import_detail", pk=pk)
    messages.success(request, "Эта загрузка отложена: ничего не записано.")
    return redirect("monitoring:import_list")


@require_POST
def import_school(request: HttpRequest, pk: int) -> HttpResponse:
    """«Это наша школа …», or «не загружать» for all rows of a printed name."""
    batch = batch_for(request, pk)
    chosen, printed = request.POST.get("organization", ""), request.POST.get("printed", "")
    school = None
    if chosen != "skip":
        if not chosen.isdigit():
            messages.error(request, "Выберите школу из списка.")
            return redirect("monitoring:import_detail", pk=pk)
        school = get_object_or_404(Organization.objects.below(batch.authority).schools(), pk=int(chosen))
    return _answered(
        request,
        batch,
        lambda: imports.answer_school(by=person(request), batch=batch, printed=printed, organization=school),
    )


@require_POST
def import_skip(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    row = request.POST.get("row", "")
    return _answered(request, file.batch, lambda: imports.skip_row(by=person(request), file=file, where=row))


@require_POST
def import_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """What a table's heading did not say."""
    file = file_for(request, pk)
    form = FactsForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return redirect("monitoring:import_detail", pk=file.batch_id)
    table, facts = form.cleaned_data["table"], form.facts()
    return _answered(
        request, file.batch, lambda: imports.name_facts(by=person(request), file=file, table=table, facts=facts)
    )


@require_POST
def import_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    return _answered(request, file.batch, lambda: imports.remove_file(by=person(request), file=file))


@require_POST
def import_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """One or all undecided conflicts of a batch, decided one way."""
    batch = batch_for(request, pk)
    take_new = request.POST.get("take") == "new"
    rows = batch.conflicts.filter(state="open").select_related("organization", "batch")
    chosen = request.POST.get("conflict", "")
    if chosen.isdigit():
        rows = batch.conflicts.filter(pk=int(chosen)).select_related("organization", "batch")
        if not rows:
            raise Http404
    try:
        for row in rows:
            imports.decide_conflict(by=person(request), conflict=row, take_new=take_new)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("monitoring:import_detail", pk=pk)


@require_GET
def import_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came; one with pupils' names was never kept."""
    file = file_for(request, pk)
    if file.stored is None:
        raise Http404
    return FileResponse(file.stored.content.open("rb"), as_attachment=True, filename=file.name)


def _done(request: HttpRequest, batch: ImportBatch, act: Callable[[ImportBatch], object]) -> HttpResponse:
    try:
        act(batch)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("monitoring:import_detail", pk=batch.pk)


def _answered(request: HttpRequest, batch: ImportBatch, act: Callable[[], None]) -> HttpResponse:
    """An answer, and the check made again with it."""
    try:
        act()
        imports.check(batch=batch)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("monitoring:import_detail", pk=batch.pk)
