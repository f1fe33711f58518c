"""The outline of a document: what holds for each clause once headings are taken into account.

A clause without parties of its own takes those of the nearest ancestor that names somebody; so with a term (gold README, sections 4
and 6). Values are stored once, on the ancestor; this module works out what a clause has, from rows already in memory.
Pure on its inputs: it reads attributes of rows and asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decisions.enums import Control, DeadlineKind, Nature, PartyRole

if TYPE_CHECKING:
    from decisions.models import Addressee, Clause, Question


@dataclass(slots=True)
class Item:
    """One clause with what holds for it. `deadline_from` and `parties_from` are the clauses the values stand on."""

    clause: Clause
    level: int
    parent: Item | None
    own_parties: list[Addressee]
    children: list[Item] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def responsible_own(self) -> list[Addressee]:
        return [p for p in self.own_parties if p.role == PartyRole.RESPONSIBLE]

    @property
    def others(self) -> list[Addressee]:
        return [p for p in self.own_parties if p.role != PartyRole.RESPONSIBLE]

    @property
    def parties_from(self) -> Item | None:
        """Where the responsible parties stand: this clause, the nearest ancestor that names somebody, or nowhere.

        Stating clauses name nobody and inherit nothing.
        """
        if self.clause.nature == Nature.STATES and not self.responsible_own:
            return None
        node: Item | None = self
        while node is not None:
            if node.responsible_own:
                return node
            node = node.parent
        return None

    @property
    def responsible(self) -> list[Addressee]:
        source = self.parties_from
        return source.responsible_own if source else []

    @property
    def excluded(self) -> list[Addressee]:
        """«Кроме …»: of this clause and of the heading its parties stand on."""
        source = self.parties_from
        rows = [p for p in self.own_parties if p.role == PartyRole.EXCLUDED]
        if source is not None and source is not self:
            rows += [p for p in source.own_parties if p.role == PartyRole.EXCLUDED]
        return rows

    @property
    def deadline_from(self) -> Item | None:
        node: Item | None = self
        while node is not None:
            if node.clause.deadline_kind != DeadlineKind.NONE:
                return node
            node = node.parent
        return None

    @property
    def said_of_quality(self) -> bool | None:
        """What a person said of the clause or of the nearest heading above it: whether curators see it; None: nothing."""
        node: Item | None = self
        while node is not None:
            if node.clause.about_quality is not None:
                return node.clause.about_quality
            node = node.parent
        return None

    @property
    def words_above(self) -> list[str]:
        """The words of the clause, of the headings above it and of its question of the agenda."""
        words, node = [], self
        while node is not None:
            words.append(node.clause.text)
            if node.clause.agenda_item is not None:
                words.append(node.clause.agenda_item.text)
            node = node.parent  # type: ignore[assignment]
        return words

    @property
    def deadline_clause(self) -> Clause:
        """The clause whose deadline columns hold for this one (itself when nobody prints a term)."""
        source = self.deadline_from
        return source.clause if source else self.clause

    @property
    def is_lead_in(self) -> bool:
        """A clause whose sub-clauses carry the content: it creates no task of its own."""
        return bool(self.children) and self.clause.text.rstrip().endswith(":")

    @property
    def orders(self) -> bool:
        """Whether the clause asks somebody to do something by itself."""
        return self.clause.nature in (Nature.ORDERS, Nature.RECOMMENDS) and not self.is_lead_in

    @property
    def makes_tasks(self) -> bool:
        return self.orders and self.clause.control != Control.INFO

    @property
    def lacks_addressee(self) -> bool:
        return self.orders and not self.responsible

    @property
    def lacks_deadline(self) -> bool:
        return self.orders and self.deadline_clause.deadline_kind == DeadlineKind.NONE


def build(
    clauses: Sequence[Clause], parties: Iterable[Addressee], questions: Iterable[tuple[int, Question]] = ()
) -> list[Item]:
    """Items in document order from rows; `questions` are pairs (clause id, question)."""
    by_clause: dict[int, list[Addressee]] = {}
    for party in parties:
        by_clause.setdefault(party.clause_id, []).append(party)
    items: dict[int, Item] = {}
    for clause in clauses:
        parent = items.get(clause.parent_id) if clause.parent_id else None
        item = Item(clause, parent.level + 1 if parent else 0, parent, by_clause.get(clause.pk, []))
        items[clause.pk] = item
        if parent:
            parent.children.append(item)
    for clause_id, question in questions:
        if clause_id in items:
            items[clause_id].questions.append(question)
    return list(items.values())


def paths(clauses: Sequence[Clause]) -> dict[int, str]:
    """A unique path for each clause, by the convention of the labels (gold README, section 3).

    A dotted number that continues its parent's keeps its own level (`2.1` below `2`); anything else hangs below by a
    slash; unnumbered items are counted `-1`, `-2`; questions of an agenda give `Q1/`. What would repeat gets `~2`.
    """
    by_id = {c.pk: c for c in clauses}
    out: dict[int, str] = {}
    counters: dict[str, int] = {}
    taken: set[str] = set()
    for clause in clauses:
        parent = by_id.get(clause.parent_id) if clause.parent_id else None
        if parent is not None and parent.pk in out:
            base = out[parent.pk]
        else:
            base = f"Q{clause.agenda_item.number}" if clause.agenda_item_id and clause.agenda_item else ""
        number = clause.number.replace(" ", "") or "-"
        if number == "-":
            counters[base] = counters.get(base, 0) + 1
            number = f"-{counters[base]}"
        if parent is not None and number.startswith(parent.number + ".") and parent.number != "-":
            head, _, _ = base.rpartition("/")
            path = f"{head}/{number}" if head else number
        else:
            path = f"{base}/{number}" if base else number
        unique, copy = path[:110], 1
        while unique in taken:
            copy += 1
            unique = f"{path[:110]}~{copy}"
        taken.add(unique)
        out[clause.pk] = unique
    return out
