"""A table the program does not know: a person says which column is which, once for all files with such headings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from monitoring.actions import jobs, mapping, uploads
from monitoring.actions.reading import entries_for
from monitoring.forms import ResultFilesForm
from monitoring.forms_looking import ColumnsForm
from monitoring.models import ImportFile
from monitoring.reading.child import describe_file
from monitoring.views.gate import file_for, person
from schools.errors import Refused

SALT = "monitoring.mapping"  # headings travel in the form, signed: the answer is about what was shown


@require_http_methods(["GET", "POST"])
def import_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_for(request, pk)
    if request.method == "POST" and "table" in request.POST:
        return _answer(request, file)
    described: dict[str, Any] = {"sheets": [], "error": None}
    if request.method == "POST":  # a file with names, dropped again to be looked at and forgotten
        upload = ResultFilesForm({}, {"files": request.FILES.getlist("again")})  # type: ignore[dict-item]
        if upload.is_valid():
            one = upload.cleaned_data["files"][0]
            described = describe_file(
                one.read(), one.name, registry=entries_for(file.batch.authority), **settings.READING_LIMITS
            )
        else:
            described["error"] = " ".join(upload.errors["files"])
    elif file.stored_id:
        described = mapping.described(file)
    found = _table(file, described)
    context: dict[str, Any] = {"file": file, "error": described["error"], "form": None, "again": file.personal}
    if found is not None:
        sheet, table = found
        context |= _shown(sheet, table)
    return render(request, "monitoring/import_mapping.html", context)


def _table(file: ImportFile, described: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The table that is not understood: by its headings, else the first."""
    every = [(sheet["name"], table) for sheet in described["sheets"] for table in sheet["tables"] if table["columns"]]
    unclear = [one for one in every if one[1]["headings_key"] == file.headings_key]
    return (unclear or every or [None])[0]


def _shown(sheet: str, table: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in table.items() if name != "sample"}
    return {
        "form": ColumnsForm(table=table, sheet=sheet),
        "sheet": sheet,
        "sample": table.get("sample", ()),
        "heads": table["columns"],
        "signed": signing.dumps({"sheet": sheet, "table": kept}, salt=SALT),
    }


def _answer(request: HttpRequest, file: ImportFile) -> HttpResponse:
    user = person(request)
    try:
        said = signing.loads(request.POST["table"], salt=SALT, max_age=86_400)
    except signing.BadSignature:
        messages.error(request, "Страница устарела. Откройте её ещё раз и ответьте снова.")
        return redirect("monitoring:import_mapping", pk=file.pk)
    form = ColumnsForm(request.POST, table=said["table"], sheet=said["sheet"])
    again = ResultFilesForm({}, {"files": request.FILES.getlist("again")}) if file.personal else None  # type: ignore[dict-item]
    if form.is_valid() and (again is None or again.is_valid()):
        try:
            mapping.answer(by=user, file=file, mapping=form.mapping())
            if again is not None:
                uploads.remove_file(by=user, file=file)
                one = again.cleaned_data["files"][0]
                uploads.add_file(by=user, batch=file.batch, name=one.name, content=one.read())
            jobs.ask_check(by=user, batch=file.batch)
            messages.success(request, "Столбцы запомнены: следующий файл с такими заголовками прочитается сам.")
            return redirect("monitoring:import_detail", pk=file.batch_id)
        except Refused as why:
            form.add_error(None, str(why))
        except ValidationError as why:
            form.add_error(None, why)
    elif again is not None and not again.is_valid():
        form.add_error(None, "Выберите файл ещё раз: он содержит фамилии и потому не был сохранён.")
    context = {
        "file": file,
        "error": None,
        "again": file.personal,
        **_shown(said["sheet"], said["table"]),
        "form": form,
        "signed": request.POST["table"],
    }
    return render(request, "monitoring/import_mapping.html", context, status=422)
