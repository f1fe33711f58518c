"""Questions of the program to the methodist: raised when a document comes in, answered or left as is before it goes on.

A question that concerns a block is asked once for the block: all clauses with one doubtful name or unknown group, a run of sibling clauses
that name nobody. `Question.data["kind"]` chooses the buttons:

    party      the printed name of a school is doubtful; `candidates` are organisation ids
    group      a class of people that no group of the office matches; `printed`
    nobody     a block of clauses without a responsible party
    deadline   a term that contradicts the document or cannot be understood; `suggestions` are ISO days
    part       what a further document of the file is
    other      anything else the reader doubts: the number, the text
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from decisions.enums import Nature, PartKind, PartyRole, PartyType, QuestionField
from decisions.models import Clause, Document, Question
from schools.models import Organization

QUOTED = re.compile(r"«([^»]{1,200})»")


def raise_questions(document: Document, read: dict[str, Any]) -> None:
    """Writes the open questions of a fresh draft, in the order of the document."""
    from decisions.actions.intake import load_items

    items = load_items(document)
    by_path = {item.clause.path: item for item in items}
    asked: dict[tuple[Any, ...], Question] = {}
    for one in read.get("decisions", []):
        item = by_path.get(one["path"][:110])
        if item is None:
            continue
        inherited = any(a.get("inherited_from") for a in one.get("addressees", []))
        for ask in one.get("ask", []):
            if inherited and ask["field"] == QuestionField.ADDRESSEES:
                continue  # asked once, where the parties are printed
            data = _data_for(document, item.clause, one, ask)
            same = (ask["reason"], data.get("printed", ""), *data.get("candidates", []))
            if data["kind"] == "party" and data.get("party") and same in asked:
                asked[same].clauses.add(item.clause)  # the same name in the same doubt: one answer for all its places
            else:
                asked[same] = _ask(document, ask["field"], ask["reason"], [item.clause], data)
    _ask_about_groups(document, items)
    _ask_about_nobody(document, items)
    if document.part_of_id:
        _ask_about_part(document)


def _ask(document: Document, field: str, text: str, clauses: list[Clause], data: dict[str, Any]) -> Question:
    position = clauses[0].position if clauses else 0
    question = Question.objects.create(document=document, field=field, text=text[:500], position=position, data=data)
    question.clauses.set(clauses)
    return question


def _data_for(document: Document, clause: Clause, one: dict[str, Any], ask: dict[str, str]) -> dict[str, Any]:
    if ask["field"] == QuestionField.DEADLINE:
        deadline = one.get("deadline") or {}
        return {
            "kind": "deadline",
            "printed": deadline.get("text") or "",
            "suggestions": [d.isoformat() for d in suggested_days(deadline, document.date)],
        }
    if ask["field"] == QuestionField.ADDRESSEES:
        return {"kind": "party", **_party_in_doubt(clause, ask["reason"])}
    return {"kind": "other"}


def _party_in_doubt(clause: Clause, reason: str) -> dict[str, Any]:
    """The party the reason quotes, with the organisations it may be: what the reader took, or others it names."""
    quoted = [q.strip() for q in QUOTED.findall(reason)]
    parties = list(clause.parties.all())
    for party in parties:
        if any(party.text.strip() == q or q in party.text for q in quoted):
            names = [q for q in quoted if q != party.text]
            candidates = list(
                Organization.objects.of_authority(clause.document.authority)
                .filter(name__in=names)
                .values_list("pk", flat=True)[:5]
            )
            if party.organization_id and party.organization_id not in candidates:
                candidates.insert(0, party.organization_id)
            return {"party": party.pk, "printed": party.text, "candidates": candidates}
    return {"printed": quoted[0] if quoted else "", "candidates": []}


def suggested_days(deadline: dict[str, Any], document_date: dt.date | None) -> list[dt.date]:
    """Days a person may have meant by a term that lies before the document or does not exist.

    The same day of the first year that is not before the document; for «0.09.2021» or «31.09.2021» the last day of that
    month. Suggestions are buttons: nothing is taken without a click.
    """
    if deadline.get("due") and document_date:
        due = dt.date.fromisoformat(deadline["due"])
        year = document_date.year + (due.replace(year=2000) < document_date.replace(year=2000))
        last = calendar.monthrange(year, due.month)[1]
        moved = due.replace(year=year, day=min(due.day, last))
        return [moved] if moved != due and moved >= document_date else []
    found = re.search(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})", deadline.get("text") or "")
    if deadline.get("kind") == "invalid" and found:
        month, year = int(found[2]), int(found[3])
        if 1 <= month <= 12 and 2000 <= year <= 2100:
            last = calendar.monthrange(year, month)[1]
            day = int(found[1])
            days = [dt.date(year, month, 1), dt.date(year, month, last)] if day == 0 else [dt.date(year, month, last)]
            return [d for d in days if document_date is None or d >= document_date]
    return []


def _ask_about_groups(document: Document, items: list[Any]) -> None:
    """One question for each unknown wording, wherever it stands."""
    unknown: dict[tuple[str, str], list[Clause]] = {}
    for item in items:
        for party in item.responsible_own:
            if party.type in (PartyType.GROUP, PartyType.ROLE) and not party.group_id and not party.organization_id:
                if item.clause.nature != Nature.STATES:
                    unknown.setdefault((party.type, party.text), []).append(item.clause)
    for (_, printed), clauses in unknown.items():
        schools_too = any(
            p.organization_id for c in clauses for p in c.parties.all() if p.role == PartyRole.RESPONSIBLE
        )
        if schools_too:
            continue  # «заместителям директоров … СОШ № 2, № 5»: the schools are the tasks, the post says who in them
        _ask(
            document,
            QuestionField.ADDRESSEES,
            f"Кому поручено: «{printed}»? Выберите группу школ или организации.",
            clauses,
            {"kind": "group", "printed": printed},
        )


def _ask_about_nobody(document: Document, items: list[Any]) -> None:
    """A run of siblings that name nobody and inherit nobody is one question."""
    block: list[Any] = []

    def close() -> None:
        if block:
            first, last = block[0].clause, block[-1].clause
            where = f"В пункте {first.called}" if len(block) == 1 else f"В пунктах {first.called} – {last.called}"
            _ask(
                document,
                QuestionField.ADDRESSEES,
                f"{where} не сказано, кто исполняет. Кому поручить?",
                [one.clause for one in block],
                {"kind": "nobody"},
            )
        block.clear()

    for item in items:
        if not item.lacks_addressee:
            if item.orders:
                close()
            continue
        if block and item.clause.parent_id != block[-1].clause.parent_id:
            close()
        if block and item.clause.agenda_item_id != block[-1].clause.agenda_item_id:
            close()
        block.append(item)
    close()


def _ask_about_part(document: Document) -> None:
    guess = PartKind(document.part_kind).label
    name = document.long_title if document.kind != "annex" else "Вторая часть файла"
    _ask(
        document,
        QuestionField.PART,
        f"{name[:300]} — это {guess}?",
        [],
        {"kind": "part", "guess": document.part_kind},
    )
