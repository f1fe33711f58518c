"""Who must do what a clause says, and who is only named in it (gold README, sections 4 and 5). Pure.

One clause at a time: headings above it and inheritance are the reader's business. Named schools and bodies are found
first; then the places where a responsible party may stand are looked at (`party_places`): a head in the dative,
«Ответственный: …», brackets, «Контроль … возложить на …», an appointment. What is left is a mention, or plays another part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.reading.grammar import WORD, is_infinitive
from decisions.reading.model import Addressee, Ask, Other, OtherRole
from decisions.reading.nature import appoints
from decisions.reading.party_labels import sentence_end
from decisions.reading.party_lists import PartyList
from decisions.reading.party_marks import (
    APPOINT,
    BASE,
    CO_EXECUTOR,
    CONTROL,
    CONTROL_LABEL,
    DONOR,
    EXCEPT,
    IN,
    SELF_CONTROL,
    TO,
    WITH,
)
from decisions.reading.party_places import PartyPlaces
from decisions.reading.school_lists import Named
from decisions.reading.strays import stray_names
from schools.names import AuthorityRegistry


@dataclass(frozen=True, slots=True)
class Parties:
    """What one clause's own words say. `places` are named schools as the place of the work: responsible only when nobody
    else is named or inherited. `names_only`: the clause does nothing but name parties. `unknown`: schools not in the
    registry, as printed. `self_control`: «контроль оставляю за собой»."""

    addressees: tuple[Addressee, ...] = ()
    others: tuple[Other, ...] = ()
    mentions: tuple[str, ...] = ()
    mentioned: tuple[Addressee, ...] = ()
    asks: tuple[Ask, ...] = ()
    names_only: bool = False
    unknown: tuple[str, ...] = ()
    places: tuple[Addressee, ...] = ()
    self_control: bool = False


def read_parties(
    text: str,
    *,
    registry: AuthorityRegistry,
    in_column: bool = False,
    states: bool = False,
    appointment: bool = False,
    beside_column: bool = False,
) -> Parties:
    """Parties of one clause's own words; spans are code points of `text`.

    `in_column`: the text is a cell «Ответственные». `states`: the clause only states something. `appointment`: the
    clause stands under «Назначить кураторами …». `beside_column`: the row has a cell of its own for who is responsible,
    so that names at the end of this one, or a class at its beginning without an order, are what the work is about.
    """
    return _Reading(text, registry).read(
        in_column=in_column, states=states, appointment=appointment, beside_column=beside_column
    )


class _Reading(PartyPlaces):
    """The order in which places are looked at, and what comes of it."""

    def read(self, *, in_column: bool, states: bool, appointment: bool, beside_column: bool = False) -> Parties:
        names_only = self_control = False
        if in_column:
            self.take(0, len(self.text))
            return self._done(places=False)
        control = SELF_CONTROL.search(self.text)
        if control:
            self_control = True
            self.out.append(
                Addressee("person", control.group(1) + " за собой", span=((control.start(1), control.end()),))
            )
        elif (found := CONTROL.search(self.text) or CONTROL_LABEL.match(self.text)) is not None:
            self.take(found.end(), sentence_end(self.text, found.end()), limit=3)
        elif appointment or APPOINT.search(self.text) or appoints(self.text):
            self.appointed(appointment)
        elif states:
            pass
        elif not beside_column or any(is_infinitive(w) for w in WORD.findall(self.text)):
            names_only = self.head()
        self.labels()
        if not self.out and not states and not in_column:
            self.sentence() or self.own_terms() or not beside_column and (self.behind_dash() or self.subject())
        if not states:
            self.later_sentences()
            self.ask_of_own_terms()
        opening = WORD.search(self.text)
        places = not self.out and not states and opening is not None and is_infinitive(opening.group())
        return self._done(places=places, names_only=names_only, self_control=self_control)

    def _done(self, *, places: bool, names_only: bool = False, self_control: bool = False) -> Parties:
        rows = _once(self.out)
        taken = {a.school for a in rows if a.school}
        others: list[Other] = []
        mentions: list[str] = []
        mentioned: list[Addressee] = []
        place_rows: list[Addressee] = []
        place_of: set[int] = set()
        doubtful = {(n.start, n.end) for n in self.named if n.match.candidates}
        unknown = [a.text for a in rows if a.type == "school" and a.school is None and a.span[0] not in doubtful]
        role_of: dict[int, OtherRole | None] = {}
        for index, named in enumerate(self.named):
            if index in self.used:
                continue
            role = self._role(named)
            before = self.named[index - 1] if index and index - 1 in role_of else None
            if role is None and before and self.chained(before, named) and not self.bracket_closes(before, named):
                role = role_of[index - 1]
            role_of[index] = role
            if role:
                others.append(Other(role, named.text, named.canonical, ((named.start, named.end),)))
            name = named.canonical or named.text
            if name not in taken:
                mentioned.append(self.row(named))
            if named.is_school and name not in taken and name not in mentions:
                mentions.append(name)
                if named.canonical is None and not named.match.candidates:
                    unknown.append(named.text)
            if named.match.reason and named.is_school:
                self.asks.append(Ask("addressees", named.match.reason))
            elif named.match.entry is None and named.is_school:
                self.asks.append(Ask("addressees", f"«{named.text}» нет в реестре. Какая это организация?"))
            if (
                places
                and role is None
                and named.is_school
                and (
                    self.stands_behind(named, IN)
                    or (index - 1 in place_of and self.chained(self.named[index - 1], named))
                )
            ):
                place_of.add(index)
                place_rows.append(self.row(named))
        others += self._co_executors()
        for stray in stray_names(self.text, self.named, self.registry):
            self.asks.append(Ask("addressees", f"Похоже на название школы, но не понято: «…{stray}…»."))
            break
        asks = tuple(dict.fromkeys(self.asks))
        return Parties(
            tuple(rows),
            tuple(others),
            tuple(mentions),
            tuple(mentioned),
            asks,
            names_only,
            tuple(dict.fromkeys(unknown)),
            tuple(place_rows),
            self_control,
        )

    def _role(self, named: Named) -> OtherRole | None:
        if self.helps(named.start):
            return "co_executor"
        for pattern, role in (
            (EXCEPT, "excluded"),
            (BASE, "base"),
            (DONOR, "donor"),
            (WITH, "co_executor"),
            (TO, "recipient"),
        ):
            if self.stands_behind(named, pattern):
                return role  # type: ignore[return-value]
        return None

    def _co_executors(self) -> Iterator[Other]:
        """Those of a label «Соисполнители: …» that are no named school or body: persons, classes, capitals."""
        named = [n.start for n in self.named]
        for start, end in self.beside:
            label = CO_EXECUTOR.match(self.text, start)
            left = label.end() if label else start
            inner = PartyList(self.text[left:end].rstrip(), self.registry)
            inner.take(0, len(inner.text))
            for row in inner.out:
                at = row.span[0][0] + left if row.span else left
                if at not in named:
                    yield Other("co_executor", row.text, row.school, ((at, at + len(row.text)),))


def _once(rows: list[Addressee]) -> list[Addressee]:
    """A party named twice is one party, in the form printed first."""
    out: list[Addressee] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (
            row.type,
            row.school if row.type in ("school", "org") and row.school else " ".join(row.text.split()).casefold(),
        )
        if key not in seen:
            seen.add(key)
            out.append(replace(row, text=" ".join(row.text.split())))
    return out
