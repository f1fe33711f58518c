"""What lists can be narrowed by (django-filter); the rows themselves are already those the visitor may see."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from config import clock
from schools.enums import MessageKind, MessageState, OrganizationKind, Role
from schools.models import Membership, Message, Organization, OrganizationAlias, OrganizationCode, Person
from schools.search import normalized


class SearchFilter(django_filters.CharFilter):
    """Words to find; the widget says «search» to the browser."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(**kwargs)


class OrganizationFilter(django_filters.FilterSet):
    q = SearchFilter(label="Найти", method="by_words")
    kind = django_filters.ChoiceFilter(label="Вид", choices=OrganizationKind.choices, empty_label="все виды")
    exams = django_filters.ChoiceFilter(
        label="Классы",
        choices=[("9", "есть 9 класс"), ("11", "есть 11 класс"), ("no11", "нет 11 класса")],
        method="by_exams",
        empty_label="любые",
    )
    state = django_filters.ChoiceFilter(
        label="Состояние",
        choices=[("closed", "закрытые"), ("all", "все"), ("alone", "школы без директора в программе")],
        method="by_state",
        empty_label="действующие",
    )

    class Meta:
        model = Organization
        fields = ("q", "kind", "exams", "state")

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        for word in normalized(value).split():
            aliases = OrganizationAlias.objects.in_force().filter(normalized__contains=word)
            codes = OrganizationCode.objects.filter(code__icontains=word)
            rows = rows.filter(
                Q(search__contains=word)
                | Q(pk__in=aliases.values("organization"))
                | Q(pk__in=codes.values("organization"))
            )
        return rows

    def by_exams(self, rows: Any, name: str, value: str) -> Any:
        wanted: dict[str, dict[str, bool]] = {
            "9": {"school__has_grade_9": True},
            "11": {"school__has_grade_11": True},
            "no11": {"school__has_grade_11": False},
        }
        return rows.filter(**wanted[value])

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "alone":
            return rows.without_director(clock.today())
        return rows if value == "all" else rows.filter(closed__lte=clock.today())

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.open_on(clock.today())


class PersonFilter(django_filters.FilterSet):
    q = SearchFilter(label="Найти", method="by_words")
    role = django_filters.ChoiceFilter(label="Роль", choices=Role.choices, method="by_role", empty_label="все")
    account = django_filters.ChoiceFilter(
        label="Вход в программу",
        choices=[
            ("ready", "входят"),
            ("waiting", "ещё не вошли"),
            ("none", "нет учётной записи"),
            ("closed", "закрыт"),
            ("refused", "почта не принимает письма"),
        ],
        method="by_account",
        empty_label="не важно",
    )

    class Meta:
        model = Person
        fields = ("q", "role", "account")

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        for word in normalized(value).split():
            rows = rows.filter(search__contains=word)
        return rows

    def by_role(self, rows: Any, name: str, value: str) -> Any:
        held = Membership.objects.held_on(clock.today()).filter(role=value)
        return rows.filter(user__in=held.values("user"))

    def by_account(self, rows: Any, name: str, value: str) -> Any:
        if value == "none":
            return rows.filter(user__isnull=True)
        if value == "closed":
            return rows.filter(user__is_active=False)
        live = rows.filter(user__is_active=True)
        if value == "refused":
            return live.filter(user__email_refused=True)
        return (
            live.filter(user__password__startswith="!")
            if value == "waiting"
            else live.exclude(user__password__startswith="!")
        )


class MessageFilter(django_filters.FilterSet):
    q = SearchFilter(label="Кому", method="by_words")
    state = django_filters.ChoiceFilter(label="Состояние", choices=MessageState.choices, empty_label="все")
    kind = django_filters.ChoiceFilter(label="Вид", choices=MessageKind.choices, empty_label="все")

    class Meta:
        model = Message
        fields = ("q", "state", "kind")

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        for word in normalized(value).split():
            rows = rows.filter(Q(user__person__search__contains=word) | Q(to__icontains=word))
        return rows
