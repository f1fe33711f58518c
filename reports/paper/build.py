"""From rows to a paper: what a protocol, an order, an excerpt and the two sheets say, as one person may see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from decisions import outline
from decisions.acknowledging import readers_of
from decisions.actions.intake import load_items
from decisions.actions.questions import family
from decisions.enums import MADE_ELSEWHERE, Circulation, DocumentKind, DocumentState, Nature, ParticipantRole, PartKind
from decisions.models import Assignment, Document
from reports.paper.model import Annex, Group, Line, Paper, Section, Sheet, Signature, Speech
from reports.paper.words import genitive, long_date, upper_first
from schools.models import Organization

TITLES = {
    DocumentKind.PROTOCOL: "ПРОТОКОЛ",
    DocumentKind.ORDER: "ПРИКАЗ",
    DocumentKind.ANNEX: "ПРИЛОЖЕНИЕ",
    DocumentKind.ROADMAP: "ДОРОЖНАЯ КАРТА",
    DocumentKind.VISIT: "ЗАПИСЬ О ВИЗИТЕ",
}
GENITIVES = {
    DocumentKind.PROTOCOL: "ПРОТОКОЛА",
    DocumentKind.ORDER: "ПРИКАЗА",
    DocumentKind.ANNEX: "ПРИЛОЖЕНИЯ",
    DocumentKind.ROADMAP: "ДОРОЖНОЙ КАРТЫ",
    DocumentKind.VISIT: "ЗАПИСИ О ВИЗИТЕ",
}
MANY_PRESENT = 15  # more are a list behind the protocol (domain.md, 6.1)
LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщэюя")


def paper_of(document: Document, *, short: bool = False) -> Paper:
    """The whole protocol or order, its annexes behind it. `short` leaves speeches out (domain.md, 6.1)."""
    items = load_items(document)
    people = list(document.participants.all())
    parts = [part for part in family(document)[1:] if part.part_kind != PartKind.HIGHER]
    return Paper(
        kind=document.kind,
        issuer=_issuer(document),
        title=TITLES[document.kind],
        heading=genitive(document.meeting) if document.kind == DocumentKind.PROTOCOL else document.title,
        date=long_date(document.date),
        place=document.place,
        number=document.number,
        groups=_groups(document, people),
        agenda=tuple(_agenda(document)),
        preamble=document.preamble,
        sections=tuple(_sections(document, items, short=short)),
        signatures=_signatures(document, people),
        annexes=tuple(_annex(document, part, index, len(parts)) for index, part in enumerate(parts, start=1))
        + _attendees(document, people),
        draft=document.state == DocumentState.DRAFT,
        file_title=document.long_title,
    )


def excerpt_of(document: Document, organization: Organization, *, verified_by: tuple[str, str]) -> Paper:
    """The clauses that gave this organisation its tasks, with the headings above them (domain.md, 6.1, «выписка»).

    Under restricted circulation the headings do not print the other schools.
    """
    mine = set(
        Assignment.objects.filter(document=document, organization=organization)
        .exclude(state="cancelled")
        .values_list("clause_id", flat=True)
    )
    sections: list[Section] = []
    for part in family(document):
        items = load_items(part)
        kept = _with_headings([item for item in items if item.clause.pk in mine])
        if kept:
            sections += _sections(part, kept, short=True, only_for=organization)
    restricted = document.circulation == Circulation.EXCERPT
    return Paper(
        kind="excerpt",
        issuer=_issuer(document),
        title=f"ВЫПИСКА ИЗ {GENITIVES[document.kind]}",
        heading=genitive(document.meeting) if document.kind == DocumentKind.PROTOCOL else document.title,
        date=long_date(document.date),
        place=document.place,
        number=document.number,
        groups=(Group("Для:", organization.full_name or organization.name),),
        sections=tuple(sections),
        signatures=_signatures(document, list(document.participants.all())),
        closing=("Верно", f"{verified_by[0]}\t{verified_by[1]}"),
        file_title=f"Выписка: {document.short_title}" + ("" if restricted else f", {organization}"),
    )


def _with_headings(items: Sequence[outline.Item]) -> list[outline.Item]:
    out: list[outline.Item] = []
    for item in items:
        above = []
        node = item.parent
        while node is not None:
            above.append(node)
            node = node.parent
        out += [one for one in reversed(above) if one not in out]
        if item not in out:
            out.append(item)
    return out


def acknowledgement_of(document: Document) -> Sheet:
    """«С приказом ознакомлены»: a line an organisation with its head or a named person; electronic marks stand in place of
    the signature."""
    zone = ZoneInfo(document.authority.zone or settings.TIME_ZONE)
    rows = []
    for number, one in enumerate(readers_of(document), start=1):
        signed, day = "", ""
        name = one.head
        if one.mark is not None and one.done:
            user = one.mark.user
            name = user.person.full_name if user.person else str(user)
            signed, day = "отмечено в программе", f"{one.mark.at.astimezone(zone):%d.%m.%Y}"
        rows.append((str(number), str(one.organization or "назван в документе"), name, signed, day))
    return Sheet(
        title="ЛИСТ ОЗНАКОМЛЕНИЯ",
        subtitle=f"{'с приказом' if document.kind == DocumentKind.ORDER else 'с протоколом'} "
        + " ".join(
            part
            for part in (f"№ {document.number}" if document.number else "", "от " + long_date(document.date))
            if part
        ),
        columns=("№", "Организация", "Фамилия, имя, отчество", "Подпись", "Дата"),
        rows=tuple(rows),
        widths=(6, 32, 30, 17, 15),
    )


def attendance_of(document: Document) -> Sheet:
    """The sheet to sign on arrival: every open school of the registry with its head."""
    from config import clock

    day = document.date or clock.today(document.authority.zone)
    rows = (
        Organization.objects.of_authority(document.authority)
        .schools()
        .open_on(day)
        .prefetch_related("positions__person")
    )
    return Sheet(
        title="ЛИСТ РЕГИСТРАЦИИ УЧАСТНИКОВ",
        subtitle=" ".join(part for part in (genitive(document.meeting), long_date(document.date)) if part),
        columns=("№", "Организация", "Фамилия, имя, отчество", "Должность", "Подпись"),
        rows=tuple((str(n), str(o), _head_of(o), _post_of(o), "") for n, o in enumerate(rows, start=1)),
        widths=(6, 32, 30, 16, 16),
    )


def _heads(organization: Organization) -> list[object]:
    return sorted(
        (p for p in organization.positions.all() if p.is_head or p.acting), key=lambda p: (not p.acting, p.pk)
    )


def _head_of(organization: Organization) -> str:
    heads = _heads(organization)
    return heads[0].person.full_name if heads else ""  # type: ignore[attr-defined]


def _post_of(organization: Organization) -> str:
    heads = _heads(organization)
    return heads[0].title if heads else ""  # type: ignore[attr-defined]


def _issuer(document: Document) -> tuple[str, ...]:
    office = getattr(document.authority, "office", None)
    own = office.blank_lines.strip() if office else ""
    text = document.issuer or own or document.authority.full_name or document.authority.name
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _groups(document: Document, people: Sequence[object]) -> tuple[Group, ...]:
    if document.kind == DocumentKind.ORDER:
        return ()
    out = []
    by_role: dict[str, list[str]] = {}
    for one in people:
        name = f"{one.name}, {one.post}" if one.post else one.name  # type: ignore[attr-defined]
        by_role.setdefault(one.role, []).append(name)  # type: ignore[attr-defined]
    for role, label in (("chair", "Председатель:"), ("secretary", "Секретарь:")):
        if by_role.get(role):
            out.append(Group(label, "; ".join(by_role[role])))
    present = _present(people)
    if len(present) > MANY_PRESENT:
        out.append(Group("Присутствовали:", f"{document.attendees_count or len(present)} чел. (список прилагается)"))
    elif present:
        out.append(Group("Присутствовали:", "; ".join(present)))
    elif document.attendees_count:
        out.append(Group("Присутствовали:", f"{document.attendees_count} чел."))
    if by_role.get("invited"):
        out.append(Group("Приглашённые:", "; ".join(by_role["invited"])))
    return tuple(out)


def _present(people: Sequence[object]) -> list[str]:
    """«Фамилия И.О., должность» of those who were there, by the alphabet."""
    return sorted(
        f"{one.name}, {one.post}" if one.post else one.name  # type: ignore[attr-defined]
        for one in people
        if one.role in (ParticipantRole.MEMBER, ParticipantRole.PRESENT)  # type: ignore[attr-defined]
    )


def _attendees(document: Document, people: Sequence[object]) -> tuple[Annex, ...]:
    """The list that «список прилагается» promises, behind everything else."""
    present = _present(people) if document.kind != DocumentKind.ORDER else []
    if len(present) <= MANY_PRESENT:
        return ()
    lines = tuple(Line(f"{n}.", 0, name) for n, name in enumerate(present, start=1))
    mark = f"Список\nк протоколу от {long_date(document.date)}" + (f" № {document.number}" if document.number else "")
    return (Annex(mark=mark, title="Список присутствовавших", sections=(Section(verb="", lines=lines),)),)


def _agenda(document: Document) -> list[str]:
    return [
        f"{item.text.rstrip('.')}." + (f" Докладчик: {item.speaker}." if item.speaker else "")
        for item in document.agenda.all()
    ]


def _sections(
    document: Document, items: Sequence[outline.Item], *, short: bool, only_for: Organization | None = None
) -> list[Section]:
    agenda = {item.pk: item for item in document.agenda.prefetch_related("speeches")}
    verb = "П Р И К А З Ы В А Ю:" if document.kind == DocumentKind.ORDER else "РЕШИЛИ:"
    if document.kind in MADE_ELSEWHERE:
        verb = ""  # an annex, a roadmap, a visit's record decide nothing: they list
    runs: list[tuple[int | None, list[outline.Item]]] = []
    for item in items:
        question = item.clause.agenda_item_id
        if not runs or (runs[-1][0] != question and item.level == 0):
            runs.append((question, []))
        runs[-1][1].append(item)
    out = []
    for question, rows in runs:
        point = agenda.get(question) if question else None
        speeches: tuple[Speech, ...] = ()
        title = ""
        if point is not None:
            title = f"{point.number}. {point.text.rstrip('.')}."
            if not short:
                speeches = tuple(
                    Speech(one.get_kind_display().upper(), " ".join(p for p in (one.speaker, one.text) if p))
                    for one in point.speeches.all()
                )
        lines = tuple(_line(item, only_for) for item in rows)
        out.append(Section(title, speeches, verb, lines))
    return out


def _line(item: outline.Item, only_for: Organization | None) -> Line:
    clause = item.clause
    text = clause.text
    if only_for is not None:
        text = _for_one(item, only_for)
    return Line(
        number=shown_number(clause.number, item.level),
        level=min(item.level, 4),
        text=text,
        notes=_notes(item) if only_for is None else _notes(item, parties=False),
        is_heading=clause.nature == Nature.HEADING,
    )


def shown_number(number: str, level: int) -> str:
    """«2.1» → «2.1.», «а» → «а)», unnumbered below another clause → «–»."""
    if number == "-":
        return "–" if level else ""
    if number.casefold() in LETTERS:
        return f"{number})"
    return f"{number}."


def _for_one(item: outline.Item, organization: Organization) -> str:
    """The clause's words with the list of other schools replaced by «вашей организации и ещё N»."""
    from decisions.excerpts import cut_for

    return cut_for(item, organization)


def _notes(item: outline.Item, *, parties: bool = True) -> tuple[str, ...]:
    """«Срок: …», «Ответственные: …» where a person set them and the clause's words do not say them already."""
    clause = item.clause
    low = clause.text.casefold()
    out = []
    if clause.deadline_text and clause.deadline_text.casefold() not in low:
        out.append(f"Срок: {clause.deadline_text}.")
    own = [p for p in item.responsible_own if p.text.casefold() not in low and not p.span]
    if parties and own and clause.nature != Nature.HEADING:
        out.append("Ответственные: " + ", ".join(str(p.organization or p.group or p.text) for p in own) + ".")
    return tuple(out)


def _signatures(document: Document, people: Sequence[object]) -> tuple[Signature, ...]:
    out = []
    for role, post in (
        (ParticipantRole.CHAIR, "Председатель"),
        (ParticipantRole.SIGNATORY, ""),
        (ParticipantRole.SECRETARY, "Секретарь"),
    ):
        for one in people:
            if one.role == role:  # type: ignore[attr-defined]
                shown = post or upper_first(one.post) or "Начальник"  # type: ignore[attr-defined]
                out.append(Signature(shown, in_signature(one.name)))  # type: ignore[attr-defined]
    return tuple(out)


_SURNAME_FIRST = re.compile(
    r"^([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ])(?:\.|[а-яё]+)\s*(?:([А-ЯЁ])(?:\.|[а-яё]+))?$"
)


def in_signature(name: str) -> str:
    """«Орлова Н.П.», «Орлова Надежда Павловна» → «Н.П. Орлова», as the end of a paper is signed; other names as they are."""
    found = _SURNAME_FIRST.match(name.strip())
    if found is None:
        return name
    surname, *initials = found.groups()
    return "".join(f"{one}." for one in initials if one) + f" {surname}"


def _annex(document: Document, part: Document, index: int, total: int) -> Annex:
    kind = "приказу" if document.kind == DocumentKind.ORDER else "протоколу"
    number = f" № {index}" if total > 1 else ""
    of = f"к {kind} от {long_date(document.date)}" + (f" № {document.number}" if document.number else "")
    title = part.long_title if part.kind != DocumentKind.ANNEX else (part.title or "")
    return Annex(
        mark=f"Приложение{number}\n{of}",
        title=title,
        sections=tuple(_sections(part, load_items(part), short=True)),
        agenda=tuple(f"{item.number}. {item.text}" for item in part.agenda.all()) if not part.clauses.exists() else (),
    )
