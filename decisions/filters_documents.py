"""What the list of documents can be narrowed by."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from decisions.enums import Circulation, DocumentKind, DocumentState
from decisions.models import Clause, Document
from schools.search import normalized


class DocumentFilter(filters.FilterSet):
    q = filters.CharFilter(method="by_words", label="Найти", widget=forms.TextInput(attrs={"type": "search"}))
    kind = filters.ChoiceFilter(
        choices=[c for c in DocumentKind.choices if c[0] != DocumentKind.ANNEX], label="Вид", empty_label="любой вид"
    )
    state = filters.ChoiceFilter(choices=DocumentState.choices, label="Состояние", empty_label="любое состояние")
    year = filters.NumberFilter(field_name="date", lookup_expr="year", label="Год", min_value=1990, max_value=2199)

    class Meta:
        model = Document
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """By number, heading or a word of any clause the person sees."""
        words = normalized(value).split()
        if not words or not self.request:
            return rows
        user = self.request.user
        # a clause of a restricted document holds names of other schools: a school may not ask whether they are there
        clauses = Clause.objects.visible_to(user).filter(
            Q(document__circulation=Circulation.FULL)
            | Q(document__authority_id__in=user.reach("document.view").authorities)
        )
        heading = Q()
        for word in words:
            clauses = clauses.filter(search__contains=word)
            heading &= Q(search__contains=word)
        return rows.filter(Q(number=value.strip()) | heading | Q(pk__in=clauses.values("document_id")))
