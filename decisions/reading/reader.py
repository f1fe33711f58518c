"""Reading a document: from its text to clauses with parties, deadlines, doubts (gold README). Pure.

The path of a text: source → clean lines → documents of the file → heading and decisions → each clause's own words →
what it inherits → nature → warnings. The registry says which schools there are; nothing else is known beforehand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from decisions.deadlines import CONVENTION, DeadlineReading, WorkingCalendar, read_deadline
from decisions.deadlines.words import MONTH
from decisions.reading import nature as natures
from decisions.reading.cleaning import clean_lines
from decisions.reading.containers.loaded import Unreadable
from decisions.reading.grammar import WORD, is_infinitive, tags
from decisions.reading.header import Header, read_header
from decisions.reading.model import (
    NO_DEADLINE,
    Addressee,
    Ask,
    Clause,
    Deadline,
    Nature,
    Other,
    ReadDocument,
    Reading,
    Spans,
)
from decisions.reading.parties import Parties, read_parties
from decisions.reading.parts import Part, split_parts
from decisions.reading.raw import RawClause, Structure
from decisions.reading.structure import read_structure
from decisions.reading.text import Healed, joined, normal_source
from decisions.reading.warnings import Read, warnings_of
from schools.authorities import for_authority
from schools.names import AuthorityRegistry
from schools.registry import Registry

MAX_CLAUSES = 3_000
MAX_LINES = 20_000  # about four hundred pages
LONGEST = re.compile(r"[^\W\d_]{10001}")


def read_text(
    text: str,
    *,
    registry: Registry | None,
    notes: Sequence[str] = (),
    calendar: WorkingCalendar = CONVENTION,
) -> Reading:
    """Everything a careful reader makes of the text. Spans index `Reading.source_text` (NFC, LF). Raises `Unreadable` with a
    Russian sentence where the text is too much for a protocol or an order."""
    source = normal_source(text)
    if LONGEST.search(source):
        raise Unreadable(
            "В тексте есть «слово» длиннее десяти тысяч букв: это не текст документа, файл повреждён. "
            "Откройте его в Word и сохраните заново или вставьте текст документа."
        )
    lines = clean_lines(source)
    if len(lines) > MAX_LINES:
        raise Unreadable(_too_much(f"больше {MAX_LINES} строк"))
    parts = split_parts(lines)
    documents: list[ReadDocument] = []
    clauses, said = 0, list(notes)
    first: Header | None = None
    context = ""
    for index, part in enumerate(parts):
        structure = read_structure(part.lines, annex=part.kind == "annex")
        clauses += len(structure.clauses)
        if clauses > MAX_CLAUSES:
            raise Unreadable(_too_much(f"больше {MAX_CLAUSES} пунктов"))
        said += _nothing_decided(structure)
        header = read_header(part.lines, structure, part.kind)
        day = header.date or (first.date if first and part.kind == "annex" else None)
        printed_authority = header.authority or (first.authority if first else None)
        context = context or _context(part, structure)
        known = for_authority(registry, (first.authority if first else None) or header.authority, context)
        if part.kind != "annex" and index and registry is not None:
            own = for_authority(registry, printed_authority, _context(part, structure))
            known = own if own.known else known
        documents.append(_Document(part, structure, header, known, day, calendar, registry is not None).read())
        first = first or header
    top = replace(documents[0], parts=tuple(documents[1:])) if documents else ReadDocument(kind="protocol")
    return Reading(source_text=source, document=top, notes=tuple(said))


def _nothing_decided(structure: Structure) -> list[str]:
    """A mark of decisions with no clause below it: what stood there may have been taken for something else."""
    found = {c.question for c in structure.clauses}
    lost = [q for q in dict.fromkeys(structure.opened) if q not in found]
    if not structure.clauses or not lost or len(set(structure.opened)) < 2:
        return []
    which = ", ".join(str(q) for q in lost)
    return [f"По вопросу {which} решения не найдены, хотя слово «РЕШИЛИ» напечатано. Сверьте с документом."]


def _too_much(found: str) -> str:
    return f"В тексте {found}: это не один протокол или приказ. Оставьте в нём только сам документ или загрузите его частями."


def _context(part: Part, structure: Structure) -> str:
    """The heading and the signature: where a paper says whose it is."""
    return " ".join(line.text for line in [*structure.heading[:14], *structure.signature[:6]])


# «24 директора школ»: some of those present are counted and not named.
_NAMELESS = re.compile(
    r"из\s+\d+|\d+\s+(?:руководител|директор|заместител|представител)|(?:руководител|директор|заместител|представител)[а-яё]+[^.;\n]{0,40}[–—-]\s*\d",
    re.I,
)


# «1–4 классы – март, 5–9 классы – апрель»: a month behind a dash, and another.
_MONTHS_APART = re.compile(rf"[–—-]\s*{MONTH}[^.;]*?[,;].{{1,80}}?[–—-]\s*{MONTH}")
_HEAD_ALONE = re.compile(r"(?:директор|руководител|заведующ)[а-яё]{0,3}", re.I)
# A day with a preposition of a term at the very end of a clause.
_LAST_DAY = re.compile(r"(?<![а-яё])(?:до|не\s+позд?нее|ко?)\s+\d[^,;()]{3,24}$")


class _Document:
    """One document being read: its raw clauses become clauses one after another, parents first."""

    def __init__(
        self,
        part: Part,
        structure: Structure,
        header: Header,
        registry: AuthorityRegistry,
        day: dt.date | None,
        calendar: WorkingCalendar,
        has_registry: bool,
    ) -> None:
        self.part, self.structure, self.header = part, structure, header
        self.registry, self.day, self.calendar = registry, day, calendar
        self.has_registry = has_registry
        self.made: dict[int, Clause] = {}
        self.by_path: dict[str, Clause] = {}
        self.rows: list[Read] = []
        self.below: dict[int, list[RawClause]] = {}
        for raw in structure.clauses:
            if raw.parent is not None:
                self.below.setdefault(id(raw.parent), []).append(raw)

    def read(self) -> ReadDocument:
        header = self.header
        for raw in self.structure.clauses:
            self._clause(raw)
        clauses = tuple(row.clause for row in self.rows)
        named = len(header.attendees) if header.attendees_count is not None else 0
        codes = warnings_of(
            self.rows,
            structure=self.structure,
            agenda=header.agenda,
            date=self.day,
            attendees_count=header.attendees_count,
            attendees=self._listed_attendees() if named else 0,
            registry_known=self.has_registry and self.registry.known,
        )
        questions_only = self.part.kind == "annex" and bool(header.agenda)
        lines = self.part.lines
        span = ((lines[0].start, lines[-1].body.origin[-1] + 1),) if lines else ()
        return ReadDocument(
            kind=self.part.kind,
            number=header.number,
            date=header.date,
            authority=header.authority,
            meeting=header.meeting,
            title=header.title,
            chair=header.chair,
            secretary=header.secretary,
            attendees_count=header.attendees_count,
            attendees=tuple(header.attendees),
            agenda=tuple(header.agenda),
            decisions=() if questions_only else clauses,
            warnings=() if questions_only else codes,
            attachments=self._attachments(clauses),
            span=span,
        )

    def _listed_attendees(self) -> int:
        """Names right behind the printed count; 0 when the line names nobody."""
        from decisions.reading.grammar import PERSON
        from decisions.reading.marks import AGENDA, ATTENDANCE

        total, counting, before = 0, False, ""
        for line in self.structure.heading:
            if AGENDA.match(line.text.strip()):
                counting = False
                continue
            found = ATTENDANCE.match(line.text.strip())
            if found:
                counting = found["role"].lower().startswith(("присутств", "на ", "участник"))
            if counting and _NAMELESS.search(line.text):
                return 0
            if counting and line.blank_before and not found and not before.endswith((":", ",")):
                break
            if re.search(r"в\s+том\s+числе", line.text, re.I) and counting:
                return 0
            before = line.text.rstrip()
            if counting:
                total += len(PERSON.findall(line.text))
        return total

    # --- one clause ---

    def _clause(self, raw: RawClause) -> None:
        body = raw.body
        parent = self.made.get(id(raw.parent)) if raw.parent is not None else None
        under_appointment = raw.parent is not None and (
            natures.appoints(raw.parent.text) or natures.composes(raw.parent.text)
        )
        commanded = self._commanded(raw)
        states = natures.states_only(body.text, commanded=commanded) or (
            parent is not None and parent.nature == "states" and not raw.parent.row and self._noun_phrase(raw, parent)  # type: ignore[union-attr]
        )
        if raw.row is not None and raw.row.appointment:
            under_appointment = True
        parties = read_parties(
            body.text,
            registry=self.registry,
            states=states,
            appointment=under_appointment,
            beside_column=raw.row is not None and raw.row.beside_who,
        )
        deadline = self._own_deadline(raw, body, states, commanded)
        addressees = self._own_parties(raw, parties, body)
        asks = [*parties.asks]
        unknown = list(parties.unknown)
        beside: list[Other] = []
        if raw.row is not None and raw.row.who is not None:
            column = read_parties(raw.row.who.text, registry=self.registry, in_column=True)
            known = {(a.type, a.school or a.text.casefold()) for a in addressees}
            addressees += [
                replace(a, span=_at(raw.row.who, a.span))
                for a in column.addressees
                if (a.type, a.school or a.text.casefold()) not in known
            ]
            asks += column.asks
            beside += [replace(o, span=_at(raw.row.who, o.span)) for o in column.others if o.role == "co_executor"]
            unknown += column.unknown
            if raw.row.who.text.strip(" -–—") and not column.addressees:
                asks.append(Ask("addressees", f"Не понятно, кто исполняет: «{raw.row.who.text[:120]}»."))
        is_heading = (
            parties.names_only
            and not states
            and raw.row is None
            and (raw.children > 0 or body.text.rstrip().endswith(":") or deadline.deadline.kind == "none")
        )
        if is_heading and raw.children == 0 and not body.text.rstrip().endswith(":"):
            asks.append(Ask("text", "Пункт только называет исполнителей. Не потерялись ли его подпункты?"))
        if self.has_registry and not self.registry.known and (parties.unknown or parties.mentions):
            asks.append(Ask("addressees", "Орган управления документа не найден в реестре: школы не определены."))
        inherited = self._inherited_parties(raw) if not addressees and not states else ()
        if not addressees and not inherited and parties.places and not states:
            addressees = [replace(p, span=_at(body, p.span)) for p in parties.places]
            asks.append(Ask("addressees", "Школы названы как место работы. Они ли исполняют пункт?"))
        if not inherited and not states and not any(ask.field == "addressees" for ask in asks):
            part = {o.school for o in parties.others}
            free = [m for m in parties.mentions if m not in part]
            if free and not addressees:
                asks.append(Ask("addressees", "Исполнитель не назван. Исполняют ли пункт названные в нём школы?"))
            elif free and all(a.type == "role" and _HEAD_ALONE.fullmatch(a.text) for a in addressees):
                asks.append(Ask("addressees", f"«{addressees[0].text}»: какой школы?"))
        if inherited:
            asks += self._doubts_above(inherited[0].inherited_from)
        taken = {a.school for a in addressees if a.school}
        term = deadline.deadline
        if term.kind == "none" and not natures.settles(body.text, commanded=commanded):
            term = self._inherited_deadline(raw)
        asks += [Ask("deadline", doubt) for doubt in deadline.doubts]
        above: Nature | None = parent.nature if parent is not None else None
        if parent is not None and natures.recommends(parent.text):
            above = "recommends"
        nature = natures.nature_of(body.text, is_heading=is_heading, above=above, commanded=commanded)
        own_inherited = inherited if not natures.settles(body.text, commanded=commanded) or under_appointment else ()
        clause = Clause(
            path=raw.path,
            number=raw.number,
            text=body.text,
            is_heading=is_heading,
            addressees=tuple(addressees) or own_inherited,
            mentions=tuple(m for m in parties.mentions if m not in taken),
            mentioned=tuple(replace(m, span=_at(body, m.span)) for m in parties.mentioned),
            deadline=term,
            others=(*(self._placed_other(o, body) for o in parties.others), *beside),
            ask=tuple(dict.fromkeys(asks)),
            nature=nature,
            span=body.spans(0, len(body.text)),
        )
        self.made[id(raw)] = self.by_path[clause.path] = clause
        if self._titles(raw, clause):
            return
        self.rows.append(Read(clause, raw, tuple(dict.fromkeys(unknown))))

    def _titles(self, raw: RawClause, clause: Clause) -> bool:
        """«1. Качество образования» above 1.1: the title of a section names nobody and orders nothing."""
        if raw.kind != "number" or raw.children == 0 or raw.row is not None or raw.leads_in:
            return False
        if clause.addressees or clause.mentions or clause.others or clause.ask or clause.deadline.kind != "none":
            return False
        words = WORD.findall(clause.text)
        below = self.below.get(id(raw), [])
        return (
            0 < len(words) <= 14
            and all(c.kind == "number" and c.number.startswith(f"{raw.number}.") for c in below)
            and not any(is_infinitive(w) or tags(w)[0].startswith(("VERB", "PRTS")) for w in words)
            and not clause.text.rstrip().endswith((";", ","))
        )

    def _noun_phrase(self, raw: RawClause, parent: Clause) -> bool:
        """A bullet under a statement that only lists what is stated."""
        words = WORD.findall(raw.text)
        kinds = ("bullet", "plain", "letter", *(("number",) if parent.text.rstrip().endswith(":") else ()))
        return raw.kind in kinds and not (words and is_infinitive(words[0]))

    def _term_of_statement(self, text: str) -> tuple[str, ...]:
        """«Согласовать график каникул до 20.03.2026.»: what only settles has no term, but a day at its end may be one."""
        end = _LAST_DAY.search(text)
        if end is None:
            return ()
        found = read_deadline(text, document_date=self.day, calendar=self.calendar).deadline
        if found.kind != "date" or not found.text or found.text not in end.group():
            return ()
        return (f"«{found.text}» — это срок исполнения?",)

    def _own_deadline(self, raw: RawClause, body: Healed, states: bool, commanded: bool) -> DeadlineReading:
        if raw.row is not None and raw.row.term is not None and raw.row.term.text.strip(" -–—"):
            cell = joined([raw.row.term])
            found = read_deadline(cell.text, document_date=self.day, calendar=self.calendar, labelled=True)
            if found.deadline.kind == "none":
                return DeadlineReading(
                    doubts=(f"Срок «{cell.text[:80]}» не удалось прочитать. Какой срок установить?",)
                )
            return replace(found, deadline=replace(found.deadline, span=_at(cell, found.deadline.span)))
        if states or (natures.settles(body.text, commanded=commanded) and not re.search(r"срок", body.text, re.I)):
            return DeadlineReading(doubts=self._term_of_statement(body.text))
        found = read_deadline(body.text, document_date=self.day, calendar=self.calendar)
        if found.deadline.kind in ("none", "month") and not found.doubts and _MONTHS_APART.search(body.text):
            return replace(found, doubts=("Месяцы названы для разного. Какой срок установить?",))
        return replace(found, deadline=replace(found.deadline, span=_at(body, found.deadline.span)))

    def _own_parties(self, raw: RawClause, parties: Parties, body: Healed) -> list[Addressee]:
        rows = []
        for party in parties.addressees:
            if parties.self_control and party.text.endswith("за собой"):
                party = replace(party, text=self.header.head or party.text)
            rows.append(replace(party, span=_at(body, party.span)))
        return rows

    def _placed_other(self, other: Other, body: Healed) -> Other:
        return replace(other, span=_at(body, other.span))

    # --- what stands above ---

    def _commanded(self, raw: RawClause) -> bool:
        """Whether a heading above says who must act."""
        node = raw.parent
        while node is not None:
            clause = self.made[id(node)]
            leads = clause.is_heading or clause.text.rstrip().endswith(":")
            if leads and any(a.inherited_from is None for a in clause.addressees):
                return not natures.appoints(clause.text)
            node = node.parent
        return False

    def _inherited_parties(self, raw: RawClause) -> tuple[Addressee, ...]:
        """From the nearest ancestor that names somebody itself."""
        node = raw.parent
        while node is not None:
            clause = self.made[id(node)]
            own = tuple(a for a in clause.addressees if a.inherited_from is None)
            if own:
                if natures.appoints(clause.text) and not clause.is_heading:
                    return ()
                return tuple(replace(a, inherited_from=clause.path) for a in own)
            node = node.parent
        return ()

    def _doubts_above(self, path: str | None) -> list[Ask]:
        """What is doubted of inherited parties is doubted here too; a program asks it once, at the heading."""
        source = self.by_path.get(path or "")
        if source is None:
            return []
        return [
            Ask("addressees", f"Исполнители взяты из пункта {source.number}: {ask.reason}")
            for ask in source.ask
            if ask.field == "addressees"
        ][:1]

    def _inherited_deadline(self, raw: RawClause) -> Deadline:
        node = raw.parent
        while node is not None:
            clause = self.made[id(node)]
            term = clause.deadline
            if term.kind != "none" and term.inherited_from is None:
                return replace(term, inherited_from=clause.path)
            node = node.parent
        return NO_DEADLINE

    def _attachments(self, clauses: Sequence[Clause]) -> tuple[str, ...]:
        """Annexes the text refers to: their printed words, without repetition."""
        text = " ".join([*(line.text for line in self.structure.hearing), *(c.text for c in clauses)])
        found = re.findall(r"приложени[а-я]*\s*№?\s*\d+(?:\s*[-–—]\s*[а-яё ]{4,40}(?=\)))?", text, re.I)
        bare = re.findall(r"\(\s*(приложени[ея])\s*\)", " ".join(c.text for c in clauses), re.I)
        return tuple(dict.fromkeys(" ".join(f.split()) for f in [*found, *bare]))


def _at(body: Healed, span: Spans) -> Spans:
    """Places in the source of stretches of a healed text."""
    out: list[tuple[int, int]] = []
    for start, end in span:
        out += body.spans(start, end)
    return tuple(out)
