"""Clauses of a draft that ask nearly the same of the same schools as an open clause of another document.

Bounded: four queries, at most `MOST` open clauses (the newest) are compared, and none the person may not see.
"""

from __future__ import annotations

from dataclasses import dataclass

from decisions.actions.plan import Plan
from decisions.models import Addressee, Assignment, Clause
from decisions.models.documents import whole_papers
from decisions.similarity import nearest, words_of
from schools.models import User

MOST = 1500


@dataclass(frozen=True)
class Double:
    """A clause of the draft, the open one it repeats, how many organisations owe both, how alike they are (0–100)."""

    clause: Clause
    other: Clause
    organizations: int
    score: float


def doubles_of(plan: Plan, user: User) -> list[Double]:
    """The likest open clause for each clause of the plan, if any, in the order of the draft."""
    asked: dict[int, set[int]] = {}
    clauses: dict[int, Clause] = {}
    for task in plan.tasks:
        asked.setdefault(task.item.clause.pk, set()).add(task.organization.pk)
        clauses[task.item.clause.pk] = task.item.clause
    if not asked:
        return []
    everyone = set().union(*asked.values())
    ids = list(
        Clause.objects.visible_to(user)
        .filter(document__authority=plan.document.authority_id, document__state="sent")
        .filter(pk__in=Assignment.objects.unfinished().filter(organization__in=everyone).values("clause"))
        .exclude(document__in={clause.document_id for clause in clauses.values()})
        .order_by("-pk")
        .values_list("pk", flat=True)[:MOST]
    )
    found = Clause.objects.filter(pk__in=ids).select_related("document__part_of").order_by("-pk")
    others = list(found.defer(*whole_papers("document", "document__part_of")))
    owing: dict[int, set[int]] = {}
    pairs = Assignment.objects.unfinished().filter(clause__in=ids, organization__in=everyone)
    for clause_id, organization_id in pairs.values_list("clause_id", "organization_id"):
        owing.setdefault(clause_id, set()).add(organization_id)
    printed: dict[int, list[str]] = {}
    for clause_id, text in Addressee.objects.filter(clause__in=ids).values_list("clause_id", "text"):
        printed.setdefault(clause_id, []).append(text)
    own = {task.item.clause.pk: [party.text for party in task.item.own_parties] for task in plan.tasks}
    ready = [words_of(_without(other.text, printed.get(other.pk, []))) for other in others]
    out = []
    for pk, clause in clauses.items():
        for index, score in nearest(words_of(_without(clause.text, own[pk])), ready):
            common = len(asked[pk] & owing.get(others[index].pk, set()))
            if common:
                out.append(Double(clause, others[index], common, score))
                break
    return out


def _without(text: str, names: list[str]) -> str:
    """What is asked, without those it is asked of: the same demand to other schools is the same demand."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text
