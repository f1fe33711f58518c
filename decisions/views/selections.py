"""«В решение»: schools chosen on another page become the addressees of a new clause."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions.actions.selections import TEXT, clause_from_selection
from decisions.enums import DocumentKind, DocumentState
from decisions.errors import Refused
from decisions.models import Document
from decisions.views.gate import person
from schools.audit import seen
from schools.models import Organization, Selection


class SelectionForm(forms.Form):
    """Where the clause goes and what it says."""

    document = forms.ModelChoiceField(
        Document.objects.none(), label="Куда добавить пункт", required=False, empty_label="Новый документ"
    )
    kind = forms.ChoiceField(
        label="Вид нового документа",
        choices=[c for c in DocumentKind.choices if c[0] != DocumentKind.ANNEX],
        initial=DocumentKind.PROTOCOL,
        required=False,
    )
    meeting = forms.CharField(label="Что проводится или о чём приказ", max_length=500, required=False)
    text = forms.CharField(label="Что поручается", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


@require_http_methods(["GET", "POST"])
def selection_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools with their grounds, the document to put them in, and the words of the clause."""
    user = person(request)
    if not user.may("document.edit"):
        raise PermissionDenied
    selection = get_object_or_404(Selection.objects.visible_to(user).select_related("authority"), pk=pk)
    if selection.confidential:
        seen(by=user, what="selection.view", row=selection, authority=selection.authority_id, title=selection.title)
    drafts = Document.objects.filter(authority=selection.authority_id, state=DocumentState.DRAFT, part_of=None)
    form = SelectionForm(request.POST or None, initial={"text": selection.text or TEXT})
    form.fields["document"].queryset = drafts.visible_to(user).order_by("-saved_at", "-pk")  # type: ignore[attr-defined]
    form.fields["document"].label_from_instance = lambda row: _named(row)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            clause = clause_from_selection(
                by=user,
                selection=selection,
                text=data["text"],
                document=data["document"],
                kind=DocumentKind(data["kind"] or DocumentKind.PROTOCOL),
                meeting=data["meeting"],
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Пункт добавлен: исполнители и основания по каждой школе записаны.")
            return redirect(f"{reverse('decisions:document_review', args=[clause.document_id])}#clause-{clause.pk}")
    names = Organization.objects.in_bulk([one["organization"] for one in selection.rows])
    rows = [(names[one["organization"]], one["ground"]) for one in selection.rows if one["organization"] in names]
    context = {
        "selection": selection,
        "form": form,
        "rows": sorted(rows, key=lambda pair: (pair[0].sort_key, pair[0].pk)),
    }
    return render(request, "decisions/selection_clause.html", context, status=422 if form.is_bound else 200)


def _named(row: Document) -> str:
    return f"{row.short_title} — {row.meeting or row.title or 'без названия'}"[:120]
