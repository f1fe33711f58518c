"""The machinery of editing a draft: every edit is logged with what stood before, so that undo survives a reload.

`editing(...)` takes the document's row for the time of the transaction, remembers clauses, parties, questions and heading,
lets the edit happen, renews paths, and writes the difference as one `EditOperation`. Two editors never overwrite each
other: a clause edit names the version it saw, an edit of the structure names `structure_version`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from config import clock
from decisions import outline
from decisions.errors import Conflict, Refused
from decisions.models import (
    Addressee,
    AgendaItem,
    Amendment,
    Clause,
    ClauseGround,
    CollectionForm,
    Document,
    EditOperation,
    Participation,
    Pursuance,
    Question,
)
from schools.models import User
from schools.search import normalized
from schools.word_forms import lemma_words

CLAUSE_FIELDS = [
    f.attname
    for f in Clause._meta.concrete_fields
    if f.name not in ("id", "document", "version", "path", "search", "lemmas")
]
GROUND_FIELDS = ("organization_id", "text", "data_date")
PARTY_FIELDS = [f.attname for f in Addressee._meta.concrete_fields if f.name not in ("id", "clause")]
QUESTION_FIELDS = ["state", "answered_by_id", "answered_at"]
HEADER_FIELDS = [
    "kind",
    "part_kind",
    "in_pursuance_of_id",
    "entry",
    "circulation",
    "issuer",
    "body_id",
    "meeting",
    "title",
    "preamble",
    "number",
    "date",
    "place",
    "attendees_count",
]


def lock_draft(document_id: int) -> Document:
    """The document's row, held until the transaction ends; refuses when it is no longer a draft."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    top = document if document.part_of_id is None else Document.objects.get(pk=document.part_of_id)
    if top.is_locked:
        raise Refused(
            f"{top.short_title} уже не черновик: текст закрыт. Исправить прочитанное можно на странице документа."
        )
    return document


@contextmanager
def editing(*, document: Document, by: User, label: str, structure_version: int | None = None) -> Iterator[Document]:
    """Runs one edit. Raises `Conflict` when the structure is newer than the page that asks."""
    with transaction.atomic():
        held = lock_draft(document.pk)
        if structure_version is not None and held.structure_version != structure_version:
            raise Conflict("Порядок пунктов уже изменил другой сотрудник. Страница обновлена, повторите правку.")
        before = snapshot(held)
        yield held
        renew_paths(held)
        after = snapshot(held)
        old, new = difference(before, after)
        if not new and not old:
            return
        if structure_changed(old, new):
            held.structure_version += 1
        if {"header", "people", "agenda"} & (new.keys() | old.keys()):
            held.header_version += 1  # one page holds them all: two who edit it never overwrite each other
        held.saved_at = clock.now()
        held.save(update_fields=["structure_version", "header_version", "saved_at"])
        bump_versions(old, new)
        EditOperation.objects.create(document=held, by=by, label=label[:200], before=old, after=new)
        # An undone edit cannot be done again once something else was written.
        held.operations.filter(undone_at__isnull=False).delete()
    document.refresh_from_db()


def snapshot(document: Document) -> dict[str, Any]:
    """Everything undo brings back, as JSON values: keys «header», «clauses», «questions», «people», «agenda»."""
    clauses: dict[str, Any] = {}
    for clause in document.clauses.all():
        clauses[str(clause.pk)] = {name: _plain(getattr(clause, name)) for name in CLAUSE_FIELDS} | {
            "parties": [],
            "grounds": [],
            "links": [],
        }
    for party in Addressee.objects.filter(clause__document=document).order_by("position", "pk"):
        clauses[str(party.clause_id)]["parties"].append({name: _plain(getattr(party, name)) for name in PARTY_FIELDS})
    for ground in ClauseGround.objects.filter(clause__document=document).order_by("organization_id"):
        clauses[str(ground.clause_id)]["grounds"].append(
            {name: _plain(getattr(ground, name)) for name in GROUND_FIELDS}
        )
    for pk, link in links_of(document):
        clauses[str(pk)]["links"].append(link)
    return {
        "header": {name: _plain(getattr(document, name)) for name in HEADER_FIELDS},
        "clauses": clauses,
        "questions": {
            str(q.pk): {name: _plain(getattr(q, name)) for name in QUESTION_FIELDS} for q in document.questions.all()
        },
        "people": [
            {"role": p.role, "name": p.name, "post": p.post, "organization_id": p.organization_id}
            for p in document.participants.all()
        ],
        "agenda": {
            str(a.pk): {"number": a.number, "text": a.text, "speaker": a.speaker} for a in document.agenda.all()
        },
    }


# What ties a clause to other rows: they go with a deleted clause and come back with it. Model → its columns.
LINKS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "pursues": (Pursuance, ("task_id", "linked_by_id", "linked_at")),
    "amends": (Amendment, ("target_id", "kind", "new_due", "state", "decided_by_id", "decided_at")),
    "asks": (Question.clauses.through, ("question_id",)),
}


def links_of(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """Clause id → one of its links as JSON values, the first key says which."""
    for name, (model, columns) in LINKS.items():
        rows = model._default_manager.filter(clause__document=document).order_by("pk")
        for pk, *values in rows.values_list("clause_id", *columns):
            yield pk, {"link": name} | {column: _plain(value) for column, value in zip(columns, values, strict=True)}


def _relink(clause: int, was: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Makes the links of a clause what they were; a row they led to may be gone meanwhile, then the link is too."""
    for link in was:
        if link not in wanted:
            model, columns = LINKS[link["link"]]
            model._default_manager.filter(clause_id=clause, **{columns[0]: link[columns[0]]}).delete()
    for link in wanted:
        model, columns = LINKS[link["link"]]
        led_to = model._meta.get_field(columns[0].removesuffix("_id")).related_model
        if link not in was and led_to._default_manager.filter(pk=link[columns[0]]).exists():  # type: ignore[union-attr]
            model._default_manager.get_or_create(
                clause_id=clause,
                **{columns[0]: link[columns[0]]},
                defaults={name: link[name] for name in columns[1:]},
            )


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs; a row that is absent on one side is None there."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for part in ("clauses", "questions", "agenda"):
        keys = [k for k in {**before[part], **after[part]} if before[part].get(k) != after[part].get(k)]
        if keys:
            old[part] = {k: before[part].get(k) for k in keys}
            new[part] = {k: after[part].get(k) for k in keys}
    for part in ("header", "people"):
        if before[part] != after[part]:
            old[part], new[part] = before[part], after[part]
    return old, new


def structure_changed(old: dict[str, Any], new: dict[str, Any]) -> bool:
    for pk, state in new.get("clauses", {}).items():
        was = old["clauses"][pk]
        if state is None or was is None:
            return True
        if any(state[name] != was[name] for name in ("parent_id", "position", "agenda_item_id")):
            return True
    return False


def bump_versions(old: dict[str, Any], new: dict[str, Any]) -> None:
    touched = [int(pk) for pk, state in new.get("clauses", {}).items() if state is not None and old["clauses"][pk]]
    Clause.objects.filter(pk__in=touched).update(version=models.F("version") + 1)


def renew_paths(document: Document) -> None:
    """Unique paths and search words again, after numbers or the tree changed. Two steps: paths are unique at all times."""
    clauses = list(document.clauses.select_related("agenda_item").order_by("position", "pk"))
    fresh = outline.paths(clauses)
    moved = []
    for clause in clauses:
        words = normalized(clause.text)
        if clause.path != fresh[clause.pk] or clause.search != words:
            clause.path, clause.search, clause.lemmas = fresh[clause.pk], words, lemma_words(clause.text)
            moved.append(clause)
    if moved:
        Clause.objects.filter(pk__in=[c.pk for c in moved]).update(
            path=models.functions.Concat(models.Value("~"), models.functions.Cast("pk", models.CharField()))
        )
        Clause.objects.bulk_update(moved, ["path", "search", "lemmas"])


def refuse_with_forms(clauses: Iterable[int]) -> None:
    """A clause with a form is not removed by the way: the form, its file and its versions could not be brought back."""
    found = CollectionForm.objects.filter(clause__in=clauses).select_related("clause").first()
    if found is not None:
        place = f"К пункту {found.clause.shown_number}" if found.clause.shown_number else "К пункту"
        raise Refused(
            f"{place} приложена форма «{found.title}», поэтому убрать его нельзя. Откройте форму и снимите её с пункта, "
            "затем повторите."
        )


def undo(*, document: Document, by: User) -> EditOperation:
    """Takes back the newest edit that stands; raises `Refused` when there is none, `Conflict` when rows moved on."""
    with transaction.atomic():
        held = lock_draft(document.pk)
        operation = held.operations.filter(undone_at__isnull=True).order_by("-pk").first()
        if operation is None:
            raise Refused("Отменять нечего: правок ещё не было.")
        _replace(held, expected=operation.after, wanted=operation.before)
        operation.undone_at = clock.now()
        operation.save(update_fields=["undone_at"])
    document.refresh_from_db()
    return operation


def redo(*, document: Document, by: User) -> EditOperation:
    """Does again the edit that was undone last."""
    with transaction.atomic():
        held = lock_draft(document.pk)
        operation = held.operations.filter(undone_at__isnull=False).order_by("pk").first()
        if operation is None:
            raise Refused("Возвращать нечего.")
        _replace(held, expected=operation.before, wanted=operation.after)
        operation.undone_at = None
        operation.save(update_fields=["undone_at"])
    document.refresh_from_db()
    return operation


def _replace(document: Document, *, expected: dict[str, Any], wanted: dict[str, Any]) -> None:
    now = snapshot(document)
    for part in ("clauses", "questions", "agenda"):
        if any(_whole(part, now[part].get(pk)) != _whole(part, state) for pk, state in expected.get(part, {}).items()):
            raise Conflict("Эти пункты с тех пор изменились: отменить правку уже нельзя.")
    for pk, state in wanted.get("agenda", {}).items():
        if state is None:
            AgendaItem.objects.filter(pk=pk).delete()
        else:
            AgendaItem.objects.update_or_create(pk=pk, defaults={**state, "document": document})
    removed = [int(pk) for pk, state in wanted.get("clauses", {}).items() if state is None]
    # Children of a clause that goes were moved by the same operation; they are written first.
    present = {int(pk): state for pk, state in wanted.get("clauses", {}).items() if state is not None}
    for pk, state in sorted(present.items(), key=lambda pair: pair[1]["position"]):
        columns = {name: value for name, value in state.items() if name not in ("parties", "grounds", "links")}
        clause = Clause(pk=pk, document=document, path=f"~{pk}", **_typed(columns))
        existing = Clause.objects.filter(pk=pk).values_list("version", flat=True).first()
        clause.version = (existing or 0) + 1
        clause.save(force_insert=existing is None)
        clause.parties.all().delete()
        Addressee.objects.bulk_create(Addressee(clause=clause, **party) for party in state["parties"])
        clause.grounds.all().delete()
        ClauseGround.objects.bulk_create(ClauseGround(clause=clause, **_typed(one)) for one in state.get("grounds", ()))
    for pk, state in present.items():
        was = expected.get("clauses", {}).get(str(pk)) or {}
        _relink(pk, was.get("links", []), state.get("links", []))
    refuse_with_forms(removed)
    Clause.objects.filter(pk__in=removed).delete()
    for pk, state in wanted.get("questions", {}).items():
        if state is not None:
            Question.objects.filter(pk=pk).update(**state)
    if "people" in wanted:
        document.participants.all().delete()
        Participation.objects.bulk_create(
            Participation(document=document, position=position, **row) for position, row in enumerate(wanted["people"])
        )
    if "header" in wanted:
        for name, value in wanted["header"].items():
            setattr(document, name, dt.date.fromisoformat(value) if name == "date" and value else value)
        document.header_version += 1
    document.structure_version += 1
    document.saved_at = clock.now()
    document.save()
    renew_paths(document)


def _whole(part: str, state: dict[str, Any] | None) -> dict[str, Any] | None:
    """A remembered clause with what operations of before did not remember; links are decided apart from edits."""
    return {"grounds": [], **state, "links": []} if part == "clauses" and state is not None else state


DATE_COLUMNS = ("data_date", "control_date", "deadline_start", "deadline_due")


def _typed(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        name: dt.date.fromisoformat(value) if name in DATE_COLUMNS and value else value
        for name, value in columns.items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
