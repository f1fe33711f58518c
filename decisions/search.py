"""What the search line finds here: documents, clauses, tasks; by number, day, school and words in any form.

PostgreSQL answers by its full text index (configuration «russian», migration `search_words`); SQLite by a column of dictionary
forms. A person finds only what is shown to this person: where circulation is restricted, the words of a clause are looked
through once more as this person may read them, so that a school's name asked for tells nothing of who else is addressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse

from config.slots import Hit
from decisions.asking import Asked, understand
from decisions.enums import Circulation
from decisions.excerpts import cut_words, with_words
from decisions.models import Addressee, Assignment, Clause, Document
from decisions.models.documents import whole_papers
from schools.models import Organization, User
from schools.word_forms import holds, lemmas_of, sentence_with, words_in

SHOWN = 10
LOOKED_THROUGH = 60  # restricted rows are looked through once more: more are taken than are shown


def documents(user: User, request: str) -> list[Hit]:
    """By number («6», «№ 45-р»), day, or words of the heading."""
    asked = understand(request)
    found = _document_condition(asked)
    if found is None or asked.clause and not (asked.number or asked.days):
        return []
    rows = Document.objects.visible_to(user).tops().filter(found).defer("source_text", "reading")
    return [
        Hit(
            row.short_title,
            "",
            reverse("decisions:document_detail", args=[row.pk]),
            sentence_with(row.meeting or row.title, asked.words),
        )
        for row in rows.order_by("-date", "-pk")[:SHOWN]
    ]


def _document_condition(asked: Asked) -> Q | None:
    if asked.bare:
        return _number(asked.number) | _match(Document, asked.words)
    parts = []
    if asked.number:
        parts.append(_number(asked.number))
    if asked.days:
        parts.append(Q(date__in=asked.days))
    if asked.words:
        parts.append(_match(Document, asked.words))
    return _all(parts)


def clauses(user: User, request: str) -> list[Hit]:
    """Clauses whose words hold every word asked for, or that are named by number or by their term."""
    asked = understand(request)
    parts = []
    if asked.words:
        parts.append(_match(Clause, asked.words))
    if asked.clause:
        parts.append(Q(number=asked.clause))
    if asked.number and not asked.bare:
        parts.append(_number(asked.number, "document__"))
    if asked.days:
        parts.append(Q(deadline_due__in=asked.days) | Q(document__date__in=asked.days))
    found = _all(parts)
    if found is None or not (asked.words or asked.clause or asked.days):
        return []
    rows = (
        Clause.objects.visible_to(user)
        .filter(found)
        .exclude(text="")
        .select_related("document")
        .defer(*whole_papers("document"))
        .distinct()
        .order_by("-document__date", "position", "pk")[:LOOKED_THROUGH]
    )
    out = []
    for clause, text in _readable(user, rows):
        if text is not clause.text and not holds(text, asked.words):
            continue
        top = clause.document.part_of_id or clause.document_id
        number = f"п. {clause.shown_number} · " if clause.shown_number else ""
        out.append(
            Hit(
                f"{number}{clause.document.short_title}",
                "",
                reverse("decisions:document_detail", args=[top]) + f"#clause-{clause.pk}",
                sentence_with(text, asked.words),
            )
        )
    return out[:SHOWN]


def _readable(user: User, rows: Iterable[Clause]) -> list[tuple[Clause, str]]:
    """Clauses with their words as the person may read them."""
    found = list(rows)
    office = user.reach("document.view").authorities
    own = user.reach("task.view").organizations | user.reach("task.view_care").organizations
    cut = {
        row.pk
        for row in found
        if row.document.circulation == Circulation.EXCERPT and row.document.authority_id not in office
    }
    parties: dict[int, list[Addressee]] = {}
    if cut:
        for party in Addressee.objects.filter(clause__in=cut):
            parties.setdefault(party.clause_id, []).append(party)
    return [(row, cut_words(row.text, parties.get(row.pk, []), own) if row.pk in cut else row.text) for row in found]


def tasks(user: User, request: str) -> list[Hit]:
    """Tasks by words, by their term, and by the school they are given to («СОШ № 5 план»)."""
    asked = understand(request)
    if not (asked.words or asked.days):
        return []
    found = Assignment.objects.visible_to(user).exclude(state="cancelled")
    schools: list[int] = []
    rest: Sequence[str] = asked.words
    if asked.words and not asked.bare:
        schools, rest = _schools(user, asked.words)
    if asked.words:
        condition = Q(clause__in=_clauses(asked.words))
        if schools:
            named = Q(organization__in=schools)
            condition |= named & Q(clause__in=_clauses(rest)) if rest else named
        found = found.filter(condition)
    if asked.days:
        found = found.filter(Q(effective_due__in=asked.days) | Q(due__in=asked.days))
    if asked.number and not asked.bare:
        found = found.filter(_number(asked.number, "document__"))
    if asked.clause:
        found = found.filter(clause__number=asked.clause)
    rows = (
        found.select_related("clause", "document", "organization")
        .defer(*whole_papers("document"))
        .order_by("-document__date", "clause__position", "organization__sort_key", "pk")[:LOOKED_THROUGH]
    )
    office = user.reach("document.view").authorities
    out = []
    for task in with_words(rows, office=office):
        if task.words is not task.clause.text and not holds(f"{task.words} {task.organization}", asked.words):
            continue
        due = f" · до {task.effective_due:%d.%m.%Y}" if task.effective_due else ""
        number = f", п. {task.clause.shown_number}" if task.clause.shown_number else ""
        out.append(
            Hit(
                f"{task.organization}: {task.document.short_title}{number}",
                f"{task.get_state_display()}{due}",
                reverse("decisions:task_detail", args=[task.pk]),
                sentence_with(task.words, rest or asked.words),
            )
        )
    return out[:SHOWN]


def _schools(user: User, words: Sequence[str]) -> tuple[list[int], list[str]]:
    """Organisations named by some of the words (all that fit any name must fit one), and the words left over."""
    places = Organization.objects.visible_to(user) | Organization.objects.filter(
        pk__in=user.reach("task.view").organizations | user.reach("task.view_care").organizations
    )
    near = Q()
    for word in words:
        near |= Q(search__contains=word)
    known = [(pk, set(words_in(text))) for pk, text in places.filter(near).values_list("pk", "search")]
    naming = [word for word in words if any(word in own for _, own in known)]
    if not naming:
        return [], list(words)
    found = [pk for pk, own in known if all(word in own for word in naming)]
    return found, [word for word in words if word not in naming]


def in_clause_words(request: str) -> Q:
    """A condition on tasks: the words of their clauses, for filters."""
    words = words_in(request)
    return Q(clause__in=_clauses(words)) if words else Q()


def _clauses(words: Sequence[str]) -> models.QuerySet[Clause]:
    return Clause.objects.filter(_match(Clause, words)).order_by().values("pk")  # type: ignore[return-value]


def _match(model: type[Clause] | type[Document], words: Sequence[str]) -> Q:
    """Rows whose words hold every one asked for, in any form."""
    if connection.vendor == "postgresql":
        return Q(pk__in=by_full_text(model, words))
    return by_lemmas(words)


def by_full_text(model: type[Any], words: Sequence[str]) -> Any:
    """By PostgreSQL's index: dictionary forms of the words, and their stems where the dictionary does not know them."""
    query: Any = None
    for word in words:
        forms: Any = None
        for form in sorted(lemmas_of(word)):
            one = SearchQuery(form, config="russian")
            forms = one if forms is None else forms | one
        query = forms if query is None else query & forms
    rows = model.objects.order_by().annotate(words=SearchVector("lemmas", config="russian"))
    return rows.filter(words=query).values("pk")


def by_lemmas(words: Sequence[str]) -> Q:
    """By the column of dictionary forms, on any database."""
    found = Q()
    for word in words:
        forms = Q()
        for form in lemmas_of(word):
            forms |= Q(lemmas__contains=f" {form} ")
        found &= forms
    return found


def _number(number: str, prefix: str = "") -> Q:
    return Q(**{f"{prefix}number__in": {number, number.lower(), number.upper()}})


def _all(parts: Sequence[Q]) -> Q | None:
    if not parts:
        return None
    whole = parts[0]
    for one in parts[1:]:
        whole &= one
    return whole


def readable_tasks(rows: models.QuerySet[Assignment], request: str, *, user: User) -> models.QuerySet[Assignment]:
    """Tasks whose words, as the person may read them, hold what is asked: a school's own list is short enough to look through."""
    words = words_in(request)
    if not words:
        return rows
    found = rows.filter(in_clause_words(request))
    office = user.reach("document.view").authorities
    hidden = found.filter(document__circulation=Circulation.EXCERPT).exclude(document__authority__in=office)
    seen = with_words(hidden.select_related("clause", "document").defer(*whole_papers("document")), office=office)
    return found.exclude(pk__in=[row.pk for row in seen if not holds(row.words, words)])
