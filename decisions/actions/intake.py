"""A document comes in: as a file, as pasted text, or as an empty one to be written; what was read becomes a draft."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from config import clock
from decisions import outline
from decisions.actions import doubts
from decisions.actions.groups import resolve_groups
from decisions.enums import (
    AnswerKind,
    Circulation,
    Control,
    DocumentKind,
    Entry,
    Nature,
    ParticipantRole,
    PartKind,
    PartyRole,
)
from decisions.models import Addressee, AgendaItem, Clause, Document, Participation
from schools.audit import record
from schools.enums import OrganizationKind
from schools.models import Organization, Position, StoredFile, User
from schools.search import normalized


@transaction.atomic
def store_source(*, by: User, authority: Organization, name: str, content: bytes, content_type: str) -> StoredFile:
    """Keeps the bytes of a source file unchanged; of its name, what can be shown."""
    name = "".join(sign for sign in " ".join(name.split()) if sign.isprintable())  # a non-breaking space is a space
    file = StoredFile(
        authority=authority,
        name=name[:255] or "документ",
        content_type=content_type[:100],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    file.content.save(name[:80] or "source", ContentFile(content), save=False)
    file.save()
    return file


@transaction.atomic
def take_in(
    *,
    by: User,
    authority: Organization,
    reading: dict[str, Any],
    entry: Entry,
    source: StoredFile | None = None,
    source_name: str = "",
) -> Document:
    """Makes a draft of what was read: the document, its parts, clauses, parties and questions.

    `reading` is the JSON of `decisions.reading.model.to_json`; its `span` lists index `source_text`.
    """
    text = reading.get("source_text", "")
    document = _document(by=by, authority=authority, read=reading, entry=entry, text=text)
    document.source_file = source
    document.source_name = source_name[:255]
    document.source_text = text
    document.reading = reading
    document.notes = reading.get("notes", [])
    document.save()
    _fill(document, reading)
    for order, part_read in enumerate(reading.get("parts", []), start=1):
        part = _document(by=by, authority=authority, read=part_read, entry=entry, text=text)
        part.part_of = document
        part.part_order = order
        part.part_kind = _part_kind(document, part_read)
        part.save()
        _fill(part, part_read)
    record(by=by, action="document.taken_in", row=document, authority=authority, summary=document.short_title)
    return document


@transaction.atomic
def start_empty(
    *, by: User, authority: Organization, kind: DocumentKind, meeting: str = "", agenda: Sequence[str] = ()
) -> Document:
    """An empty protocol or order that we prepare ourselves, with a first clause to write in."""
    office = getattr(authority, "office", None)
    document = Document.objects.create(
        authority=authority,
        kind=kind,
        entry=Entry.PREPARED,
        issuer=authority.full_name or authority.name,
        meeting=meeting,
        date=clock.today(authority.time_zone),
        place=office.place if office else "",
        created_by=by,
    )
    _signers(document, by=by)
    for number, item in enumerate(agenda, start=1):
        AgendaItem.objects.create(document=document, number=number, text=item)
    Clause.objects.create(document=document, path="1", number="1", text="", position=10, checker=by)
    record(by=by, action="document.started", row=document, authority=authority)
    return document


def _signers(document: Document, *, by: User) -> None:
    """Who usually signs what an office prepares: its head (or who acts for the head), under a protocol with who writes it.

    They stand in the heading from the start, to be changed there: a paper without a signature is found out too late.
    """
    heads = (
        Position.objects.held_on(document.date)
        .filter(organization=document.authority)
        .filter(  # type: ignore[attr-defined]
            Q(is_head=True) | Q(acting=True)
        )
    )
    head = heads.select_related("person").heads_first().first()
    first = ParticipantRole.SIGNATORY if document.kind == DocumentKind.ORDER else ParticipantRole.CHAIR
    people = [(first, head.person, head.title)] if head else []
    if document.kind != DocumentKind.ORDER and by.person and not (head and head.person_id == by.person_id):
        people.append((ParticipantRole.SECRETARY, by.person, ""))
    Participation.objects.bulk_create(
        Participation(
            document=document,
            role=role,
            name=person.surname_first,
            post=post,
            person=person,
            organization=document.authority,
            position=position,
        )
        for position, (role, person, post) in enumerate(people)
    )


def _document(*, by: User, authority: Organization, read: dict[str, Any], entry: Entry, text: str) -> Document:
    day = _date(read.get("date"))
    return Document(
        authority=authority,
        kind=read["kind"],
        entry=entry,
        issuer=(read.get("authority") or "")[:500],
        meeting=(read.get("meeting") or "")[:500],
        title=read.get("title") or "",
        number=(read.get("number") or "")[:40],
        date=day,
        attendees_count=read.get("attendees_count"),
        attachments=read.get("attachments", []),
        warnings=read.get("warnings", []),
        span=read.get("span", []),
        created_by=by,
    )


def _part_kind(document: Document, read: dict[str, Any]) -> PartKind:
    """A first guess that the review asks to confirm: an annex; a higher one is of another issuer, or is what the first
    document says it carries out («Об исполнении протокола …», and the protocol names no issuer of its own)."""
    if read["kind"] == DocumentKind.ANNEX:
        return PartKind.ANNEX
    issuer = normalized(read.get("authority") or "")
    if issuer:
        return PartKind.OURS if issuer == normalized(document.issuer) else PartKind.HIGHER
    kind = DocumentKind(read["kind"]).label.casefold() if read["kind"] in DocumentKind.values else ""
    carried_out = re.search(rf"\bисполнени[еия]\s+{re.escape(kind)}", document.title.casefold())
    return PartKind.HIGHER if kind and carried_out else PartKind.OURS


def _fill(document: Document, read: dict[str, Any]) -> None:
    items = [
        AgendaItem.objects.create(document=document, number=point["number"], text=point["text"])
        for point in read.get("agenda", [])
    ]
    _people(document, read)
    _clauses(document, read.get("decisions", []), {item.number: item for item in items})
    resolve_groups(document)
    doubts.raise_questions(document, read)
    if _names_confidential_group(document) or _lists_low_schools(document):
        Document.objects.filter(pk=document.pk).update(circulation=Circulation.EXCERPT)
        document.circulation = Circulation.EXCERPT


_LOW = re.compile(r"\bнизк\w+\s+(?:образовательн\w+\s+)?результат|\bШН(?:ОР|РО)\b", re.IGNORECASE)


def _lists_low_schools(document: Document) -> bool:
    """A list of low-result schools (an order that gives them curators, a list that is taken note of): schools that are named
    but not asked for anything, under words about low results. Such a list is shown to no other school."""
    named = Addressee.objects.filter(
        clause__document=document,
        clause__nature=Nature.STATES,
        role=PartyRole.MENTION,
        organization__kind=OrganizationKind.SCHOOL,
    ).select_related("clause__parent__parent")
    for party in named:
        node: Clause | None = party.clause
        while node is not None:
            if _LOW.search(node.text):
                return True
            node = node.parent
    return False


def _names_confidential_group(document: Document) -> bool:
    return Addressee.objects.filter(clause__document=document, group__confidential=True).exists()


def _people(document: Document, read: dict[str, Any]) -> None:
    rows: list[tuple[str, str]] = []
    if read.get("chair"):
        role = ParticipantRole.SIGNATORY if read["kind"] == DocumentKind.ORDER else ParticipantRole.CHAIR
        rows.append((role, read["chair"]))
    if read.get("secretary"):
        rows.append((ParticipantRole.SECRETARY, read["secretary"]))
    named = {_surname(name) for _, name in rows}
    rows += [(ParticipantRole.PRESENT, name) for name in read.get("attendees", []) if _surname(name) not in named]
    Participation.objects.bulk_create(
        Participation(document=document, role=role, name=name[:200], position=position)
        for position, (role, name) in enumerate(rows)
    )


def _surname(name: str) -> str:
    return max(name.replace(".", " ").split(), key=len, default="").casefold()


def _clauses(document: Document, read: list[dict[str, Any]], agenda: dict[int, AgendaItem]) -> None:
    """Rows in document order; the parent is the clause whose path this one continues."""
    made: dict[str, Clause] = {}
    for index, one in enumerate(read):
        deadline = one.get("deadline") or {}
        inherited = deadline.get("inherited_from") is not None
        own = {} if inherited else deadline
        clause = Clause(
            document=document,
            parent=made.get(parent_path(one["path"], made) or ""),
            position=(index + 1) * 10,
            path=one["path"][:110],
            number=one["number"][:40],
            text=one["text"],
            nature=one.get("nature") or (Nature.HEADING if one.get("is_heading") else Nature.ORDERS),
            agenda_item=agenda.get(question_number(one["path"]) or 0),
            span=one.get("span", []),
            checker=document.created_by,
            answer_kind=answer_kind(one["text"]),
            deadline_kind=own.get("kind", "none"),
            deadline_start=_date(own.get("start")),
            deadline_due=_date(own.get("due")),
            deadline_text=(own.get("text") or "")[:300],
            deadline_rule=(own.get("rule") or "")[:200],
            deadline_rrule=(own.get("rrule") or "")[:200],
            deadline_days=own.get("days"),
            deadline_months=own.get("months"),
            deadline_unit=own.get("unit") or "",
            deadline_span=own.get("span", []),
        )
        if clause.nature in (Nature.STATES, Nature.HEADING):
            clause.control = Control.INFO
        clause.save()
        made[one["path"]] = clause
        _parties(clause, one)


def parent_path(path: str, known: dict[str, Any]) -> str | None:
    """The longest known path that this one continues: by a slash, or by a dot of its last number."""
    head, _, last = path.rpartition("/")
    while "." in last:
        last = last.rpartition(".")[0]
        candidate = f"{head}/{last}" if head else last
        if candidate in known:
            return candidate
    while head:
        if head in known:
            return head
        head = head.rpartition("/")[0]
    return None


def question_number(path: str) -> int | None:
    """`Q2/3.1` → 2."""
    first = path.partition("/")[0]
    return int(first[1:]) if first.startswith("Q") and first[1:].isdigit() else None


DOCUMENT_WORDS = ("приказ", "план", "программ", "отчет", "отчёт", "список", "справк", "анализ", "положени", "график")
VERBS_OF_HANDING_IN = ("представить", "предоставить", "направить", "сдать", "утвердить", "издать", "разработать")


def answer_kind(text: str) -> AnswerKind:
    """A guess of what counts as an answer, for the methodist to change: a paper, a page of the site, or words."""
    low = text.casefold()
    if "на сайт" in low and ("размест" in low or "опублик" in low):
        return AnswerKind.LINK
    if any(verb in low for verb in VERBS_OF_HANDING_IN) and any(word in low for word in DOCUMENT_WORDS):
        return AnswerKind.DOCUMENT
    return AnswerKind.TEXT


def _parties(clause: Clause, read: dict[str, Any]) -> None:
    rows = []
    known = _organizations(clause.document)
    for position, party in enumerate(read.get("addressees", [])):
        if party.get("inherited_from") is not None:
            continue
        rows.append(
            Addressee(
                clause=clause,
                role=PartyRole.RESPONSIBLE,
                type=party["type"],
                text=party["text"][:1000],
                organization_id=known.get(party.get("school") or ""),
                span=party.get("span", []),
                position=position,
            )
        )
    said = set()
    for position, other in enumerate(read.get("others", []), start=len(rows)):
        organization = known.get(other.get("school") or "")
        said.add(organization)
        rows.append(
            Addressee(
                clause=clause,
                role=other["role"],
                type="school" if other.get("school") else "org",
                text=other["text"][:1000],
                organization_id=organization,
                span=other.get("span", []),
                position=position,
            )
        )
    for position, mention in enumerate(read.get("mentioned", []), start=len(rows)):
        organization = known.get(mention["school"] or "")
        if organization is None or organization not in said:
            rows.append(
                Addressee(
                    clause=clause,
                    role=PartyRole.MENTION,
                    type="school",
                    text=mention["text"][:1000],
                    organization_id=organization,
                    span=mention["span"],
                    position=position,
                )
            )
    Addressee.objects.bulk_create(rows)


def _organizations(document: Document) -> dict[str, int]:
    """Canonical name → organisation of the document's authority; open ones win over closed. Remembered on the document."""
    known: dict[str, int] | None = document.__dict__.get("_known_organizations")
    if known is None:
        rows = Organization.objects.of_authority(document.authority).order_by("-closed").values_list("name", "pk")
        known = document.__dict__["_known_organizations"] = dict(rows)
    return known


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def load_items(document: Document) -> list[outline.Item]:
    """The outline of a document in four queries, however many clauses."""
    clauses = list(document.clauses.select_related("agenda_item", "checker__person").order_by("position", "pk"))
    by_id = {c.pk: c for c in clauses}
    for clause in clauses:
        clause.document = document
        if clause.parent_id:
            clause.parent = by_id.get(clause.parent_id)
    parties = Addressee.objects.filter(clause__document=document).select_related("organization", "group", "person")
    pairs = []
    for question in document.questions.prefetch_related("clauses"):
        pairs += [(clause.pk, question) for clause in question.clauses.all()]
    return outline.build(clauses, parties, pairs)
