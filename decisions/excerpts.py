"""A clause's words for one school: the names of other schools cut out by their spans (architecture, section 3).

Under restricted circulation a school sees «вашей организации и ещё 11» in place of the list. Pure but for the rows it is
given: texts, spans, organisations.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from decisions import outline
from decisions.enums import Circulation, PartyRole
from decisions.models import Addressee
from schools.models import Organization

_GLUE = re.compile(r"^[\s,;«»\"№()и]*$")


def cut_for(item: outline.Item, organization: Organization) -> str:
    """The clause's text with other organisations' names replaced; own name stays.

    Names are found as printed (an addressee's `text`); a run of names joined only by commas and «и» is replaced once.
    """
    return cut_words(item.clause.text, item.own_parties, {organization.pk})


def with_words(tasks: Iterable[Any], *, office: Collection[int], own: Collection[int] | None = None) -> list[Any]:
    """The tasks with `words`: the clause's text as the person may read it; whole for authorities in `office`.

    `own`: whose names stay, by default the responsible organisation of each task (a co-executor names its own here).
    """
    rows = list(tasks)
    cut = [
        row
        for row in rows
        if row.document.circulation == Circulation.EXCERPT and row.document.authority_id not in office
    ]
    parties: dict[int, list[Any]] = {}
    if cut:
        found: Iterable[Any] = Addressee.objects.filter(clause__in={row.clause_id for row in cut}).select_related(
            "organization"
        )
        for party in found:
            parties.setdefault(party.clause_id, []).append(party)
    hidden = {row.pk for row in cut}
    for row in rows:
        text = row.clause.text
        kept = own if own is not None else {row.organization_id}
        row.words = cut_words(text, parties.get(row.clause_id, []), kept) if row.pk in hidden else text
    return rows


def cut_words(text: str, parties: Sequence[Any], own: Collection[int]) -> str:
    """`text` without the names by which organisations other than `own` (ids) are printed in it."""
    names = [
        party.text
        for party in parties
        if party.type in ("school", "org", "person")
        and party.organization_id not in own
        # Where to send it: a centre or an office is no school, and without it the task cannot be done.
        and not (party.role == PartyRole.RECIPIENT and party.organization and not party.organization.is_school)
    ]
    hidden = sum(
        1
        for party in parties
        if party.role == PartyRole.RESPONSIBLE and party.organization_id not in own and party.type == "school"
    )
    is_here = any(p.organization_id in own for p in parties)
    doers = [
        p.text
        for p in parties
        if p.organization_id in own and p.role == PartyRole.RESPONSIBLE and p.type in ("school", "org")
    ]
    return hide_names(text, names, hidden=hidden, own=is_here, doers=doers)


@dataclass
class _Run:
    """Names joined only by commas and «и», as one stretch of the text."""

    start: int
    end: int
    foreign: bool
    own: bool


def hide_names(text: str, names: Sequence[str], *, hidden: int, own: bool, doers: Sequence[str] = ()) -> str:
    """`text` without `names`.

    The list that also names the reader's own organisation (`doers`), or else the first hidden one, becomes «вашей организации
    и ещё N»; the others become «(названия других организаций скрыты)». An own name outside such a list stays.
    """
    runs = _runs(text, names, doers)
    if not any(run.foreign for run in runs):
        return text
    tell = next((run for run in runs if run.own and run.foreign), None) or next(run for run in runs if run.foreign)
    out, last = [], 0
    for run in runs:
        if not run.foreign:
            continue
        out.append(text[last : run.start])
        if run is tell and own and hidden:
            out.append(f"вашей организации и ещё {hidden}")
        else:
            out.append("(названия других организаций скрыты)")
        last = run.end
    out.append(text[last:])
    return re.sub(r"\s+([,.;:])", r"\1", "".join(out))


def _runs(text: str, names: Sequence[str], doers: Sequence[str]) -> list[_Run]:
    spots: list[tuple[int, int, bool]] = []
    foreign = {name.strip() for name in names}
    for name in sorted({n.strip() for n in (*names, *doers)} - {""}, key=len, reverse=True):
        pattern = re.escape(name).replace(r"\ ", r"\s+")
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            if not any(a < found.end() and found.start() < b for a, b, _ in spots):
                spots.append((*found.span(), name in foreign))
    runs: list[_Run] = []
    for start, end, is_foreign in sorted(spots):
        if runs and _GLUE.match(text[runs[-1].end : start]):
            last = runs[-1]
            last.end, last.foreign, last.own = end, last.foreign or is_foreign, last.own or not is_foreign
        else:
            runs.append(_Run(start, end, is_foreign, not is_foreign))
    return runs
