"""Where a school's pupils cope with a task worse than the district or the region: what a curator prepares a visit by.

Tasks stand for the skills they check. Figures of the district are shown only where they do not give away another school's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from monitoring import suppression
from monitoring.models import TaskShares
from monitoring.pages.assessment import GAP, by_people
from monitoring.pages.frame import references, smallest_of
from schools.models import Organization, User


@dataclass(frozen=True, slots=True)
class Skill:
    """One task: the school's per cent of the maximum beside the district's or the region's."""

    assessment: str
    task: str
    share: Decimal
    other: Decimal
    whose: str

    @property
    def lag(self) -> Decimal:
        return self.other - self.share


def weak_skills(school: Organization, user: User, *, most: int = 12) -> list[Skill]:
    """Tasks of the newest school year, the widest lag first; four queries whatever the number of procedures."""
    assert school.authority is not None
    mine = (
        TaskShares.objects.visible_to(user)
        .filter(organization=school)
        .select_related("assessment")
        .order_by("-assessment__school_year", "assessment__subject", "assessment__grade", "pk")
    )
    own = list(mine[:60])
    if not own:
        return []
    own = [row for row in own if row.assessment.school_year == own[0].assessment.school_year]
    exams = [row.assessment for row in own]
    everybody: dict[int, list[TaskShares]] = defaultdict(list)
    for row in TaskShares.objects.filter(assessment__in=exams, authority=school.authority):
        everybody[row.assessment_id].append(row)
    beside = references(school.authority, exams, "tasks")
    smallest = smallest_of(school.authority)
    found = []
    for row in own:
        people = [one.participants for one in everybody[row.assessment_id] if one.participants]
        seen = suppression.totals_shown({0: row.participants}, {0: (len(people), sum(people))}, smallest)
        district = by_people(everybody[row.assessment_id]) if seen else {}
        region = beside.get(row.assessment_id, {}).get("region")
        for task, share in by_people([row]).items():
            other, whose = district.get(task), "по округу"
            if other is None:
                other, whose = (region.share(task) if region else None), "по региону"
            if other is not None and other - share >= GAP:
                found.append(Skill(row.assessment.short_name, task, share, other, whose))
    return sorted(found, key=lambda one: -one.lag)[:most]
