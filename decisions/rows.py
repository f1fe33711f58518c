"""Clauses as rows of a page: short names of parties, the working day of a term, open questions with their answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from config.ui.words import counted
from decisions import outline
from decisions.enums import PartyRole, QuestionState
from decisions.models import Addressee, Question
from schools.models import Organization


@dataclass(slots=True)
class Ask:
    """An open question with what its buttons need."""

    question: Question
    days: list[dt.date] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.question.pk

    @property
    def field(self) -> str:
        return self.question.field

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def also(self) -> str:
        """The further clauses of a name that is asked about once («пп. 4, 5»); a block names its clauses itself."""
        rest = [clause.called for clause in self.question.clauses.all()][1:]
        if not rest or self.question.data.get("kind") not in ("party", "group"):
            return ""
        shown = ", ".join(rest[:8]) + (f" и ещё {len(rest) - 8}" if len(rest) > 8 else "")
        return f"{'пп.' if len(rest) > 1 else 'п.'} {shown}"


@dataclass(slots=True)
class Row:
    """One clause of the review or of a document's page."""

    item: outline.Item
    asks: list[Ask]
    open_questions: bool
    effective_day: dt.date | None = None
    notes: list[str] = field(default_factory=list)  # what other documents did to this clause, or it to them
    words: str = ""  # the clause's text with other schools cut out, where circulation is restricted
    form_pk: int | None = None  # the form of collecting on the clause, for the office

    def __getattr__(self, name: str) -> Any:
        return getattr(self.item, name)

    @property
    def party_names(self) -> str:
        return ", ".join(_name(p) for p in self.item.responsible)

    @property
    def party_summary(self) -> str:
        """«12 школ», one name, or «3 организации»: what fits a chip."""
        rows = self.item.responsible
        if len(rows) == 1:
            return _name(rows[0])
        schools = sum(1 for p in rows if p.type == "school")
        if schools == len(rows):
            return counted(schools, "школа", "школы", "школ")
        groups = [p for p in rows if p.type in ("group", "role")]
        if len(groups) == 1 and schools == len(rows) - 1:
            return f"{_name(groups[0])}: {counted(schools, 'школа', 'школы', 'школ')}"
        if len(rows) == 2:
            return ", ".join(_name(p) for p in rows)
        return counted(len(rows), "исполнитель", "исполнителя", "исполнителей")

    @property
    def other_schools(self) -> str:
        """Schools the clause names in another part: whose experience, on whose base."""
        words = {
            PartyRole.DONOR: "опыт",
            PartyRole.BASE: "на базе",
            PartyRole.RECIPIENT: "кому",
            PartyRole.MENTION: "упомянуты",
        }
        by_role: dict[str, list[str]] = {}
        for party in self.item.others:
            if party.role in words:
                by_role.setdefault(words[PartyRole(party.role)], []).append(_name(party))
        return "; ".join(f"{role}: {', '.join(names)}" for role, names in by_role.items())


def rows_for(
    items: Iterable[outline.Item],
    *,
    effective: dict[int, dt.date] | None = None,
    organizations: dict[int, Organization] | None = None,
) -> list[Row]:
    """Rows in order; a question about several clauses stands once, at its first clause."""
    told: set[int] = set()
    out = []
    for item in items:
        waiting = [q for q in item.questions if q.state == QuestionState.OPEN]
        asks = []
        for question in waiting:
            if question.pk in told:
                continue
            told.add(question.pk)
            asks.append(_ask(question, organizations or {}))
        out.append(Row(item, asks, bool(waiting), (effective or {}).get(item.deadline_clause.pk)))
    return out


def _ask(question: Question, organizations: dict[int, Organization]) -> Ask:
    days = [dt.date.fromisoformat(d) for d in question.data.get("suggestions", [])]
    named = [organizations[pk] for pk in question.data.get("candidates", []) if pk in organizations]
    return Ask(question, days, named)


def candidates_of(questions: Iterable[Question]) -> set[int]:
    """Ids of organisations that open questions offer as answers."""
    return {pk for q in questions if q.state == QuestionState.OPEN for pk in q.data.get("candidates", [])}


def _name(party: Addressee) -> str:
    if party.type == "person":
        return party.text
    return str(party.organization or party.group or party.text)
