"""Loading results by browser: drop files, see what they would change, answer what is asked, load, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.numbers import is_number
from monitoring.actions import answers, imports, jobs, uploads
from monitoring.enums import FileState
from monitoring.forms import FactsForm, ResultFilesForm
from monitoring.import_view import changes_of, conflicts_of, facts_asked, problems_of
from monitoring.models import ImportBatch, ImportFile
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
        batch = uploads.begin(by=person(request), authority=office)
        for name, said in _take(request, batch, form.cleaned_data["files"]):
            if isinstance(said, Refused):
                messages.error(request, f"{name}: {said}")
        jobs.ask_check(by=person(request), batch=batch)
        return redirect("monitoring:import_detail", pk=batch.pk)
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/import_create.html", {"form": form, "office": office}, status=status)


@require_POST
def import_more(request: HttpRequest, pk: int) -> HttpResponse:
    """Further files for a batch that is not loaded yet, from a page without scripts."""
    batch = batch_for(request, pk)
    sent = request.FILES.getlist("files")
    if not sent:
        messages.error(request, "Выберите файлы с результатами.")

    def take(batch: ImportBatch) -> None:
        for name, said in _take(request, batch, sent):
            if isinstance(said, Refused):
                messages.error(request, f"{name}: {said}")
        jobs.ask_check(by=person(request), batch=batch)

    return _done(request, batch, take) if sent else redirect("monitoring:import_detail", pk=pk)


@require_POST
def import_start(request: HttpRequest) -> JsonResponse:
    """A batch for a page that sends files in small groups: a new one, or the one named. Says where to send and where to go then.

    The names of the files are kept: when the page is closed half-way, the batch says which did not arrive.
    """
    chosen = request.POST.get("batch", "")
    if is_number(chosen):
        batch = batch_for(request, int(chosen))
    else:
        batch = uploads.begin(by=person(request), authority=office_for(request, "results.import"))
    try:
        uploads.expect(batch=batch, names=request.POST.getlist("names"))
    except Refused as why:
        return JsonResponse({"error": str(why)}, status=422)
    return JsonResponse(
        {
            "file": reverse("monitoring:import_file_add", args=[batch.pk]),
            "check": reverse("monitoring:import_check", args=[batch.pk]),
        }
    )


@require_POST
def import_file_add(request: HttpRequest, pk: int) -> JsonResponse:
    """A few files of many: what became of each, in words. One that is no good spoils no other."""
    batch = batch_for(request, pk)
    sent = request.FILES.getlist("files")
    if not sent:
        return JsonResponse({"error": "Выберите файлы с результатами."}, status=422)
    try:
        said = _take(request, batch, sent)
    except Refused as why:
        return JsonResponse({"error": str(why)}, status=422)
    return JsonResponse({"files": [{"name": name, "state": _became(one)} for name, one in said]})


def _became(said: ImportFile | Refused) -> str:
    if isinstance(said, Refused):
        return str(said)
    return "не прочитан" if said.state == FileState.FAILED else "прочитан"


def _take(
    request: HttpRequest, batch: ImportBatch, sent: Sequence[UploadedFile]
) -> list[tuple[str, ImportFile | Refused]]:
    """Files put into the batch; for each, in order, its row or why it was refused."""
    said: list[ImportFile | Refused | None] = []
    good: list[tuple[str, bytes]] = []
    for file in sent:
        form = ResultFilesForm({}, MultiValueDict({"files": [file]}))
        if form.is_valid():
            said.append(None)
            good.append((file.name or "", file.read()))
        else:
            said.append(Refused(" ".join(form.errors["files"])))
    read = iter(uploads.add_files(by=person(request), batch=batch, files=good))
    return [(file.name or "", next(read) if one is None else one) for file, one in zip(sent, said, strict=True)]


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_for(request, pk)
    files = list(batch.files.exclude(state=FileState.REMOVED).defer("reading"))
    working = bool(batch.lease_holder)
    if request.headers.get("HX-Request") and not working:
        return HttpResponse(headers={"HX-Refresh": "true"})  # the work is over: all of the page is another
    open_now = batch.state in uploads.OPEN and not working
    schools = Organization.objects.below(batch.authority).schools().order_by("sort_key") if open_now else ()
    context = {
        "batch": batch,
        "working": working,
        "missing": sorted(set(batch.report.get("expected", ())) - set(batch.files.values_list("name", flat=True))),
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
    return _done(request, batch_for(request, pk), lambda batch: jobs.ask_check(by=person(request), batch=batch))


@require_POST
def import_load(request: HttpRequest, pk: int) -> HttpResponse:
    accepted = request.POST.get("accept") == "on"

    def load(batch: ImportBatch) -> None:
        if jobs.ask_load(by=person(request), batch=batch, accept_warnings=accepted):
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
    if chosen == "rest":
        return _answered(request, batch, lambda: answers.skip_unknown(by=person(request), batch=batch))
    if chosen != "skip":
        if not is_number(chosen):
            messages.error(request, "Выберите школу из списка.")
            return redirect("monitoring:import_detail", pk=pk)
        school = get_object_or_404(Organization.objects.below(batch.authority).schools(), pk=int(chosen))
    return _answered(
        request,
        batch,
        lambda: answers.answer_school(by=person(request), batch=batch, printed=printed, organization=school),
    )


@require_POST
def import_skip(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    row, code = request.POST.get("row", ""), request.POST.get("code", "")
    if code:
        return _answered(request, file.batch, lambda: answers.skip_alike(by=person(request), file=file, code=code[:40]))
    return _answered(request, file.batch, lambda: answers.skip_row(by=person(request), file=file, where=row))


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
        request, file.batch, lambda: answers.name_facts(by=person(request), file=file, table=table, facts=facts)
    )


@require_POST
def import_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    return _answered(request, file.batch, lambda: uploads.remove_file(by=person(request), file=file))


@require_POST
def import_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """One or all undecided conflicts of a batch, decided one way."""
    batch = batch_for(request, pk)
    take_new = request.POST.get("take") == "new"
    rows = batch.conflicts.filter(state="open").select_related("organization", "batch")
    chosen = request.POST.get("conflict", "")
    if is_number(chosen):
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
        jobs.ask_check(by=person(request), batch=batch)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("monitoring:import_detail", pk=batch.pk)
