"""What every page of results begins with: whose office, which year, which assessments have results here, which schools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import content_disposition_header

from config import clock, sheets
from config.numbers import is_number
from monitoring.filters import AssessmentFilter, SchoolFilter
from monitoring.heat import THRESHOLD
from monitoring.models import Assessment, Holding, MonitoringSettings, ReferenceShare, Result
from schools.models import Organization, User
from schools.views.gate import authorities_to_choose


@dataclass(frozen=True)
class Chosen:
    """The filters of a page with what they found. `year` is None while the office has no results at all."""

    office: Organization
    offices: list[Organization]
    year: int | None
    years: list[int]
    assessments: list[Assessment]
    schools: list[Organization]
    by_assessment: AssessmentFilter
    by_school: SchoolFilter
    smallest: int
    outside: bool
    query: str

    @property
    def narrowed(self) -> bool:
        return any(self.by_school.data.get(name) for name in ("group", "type", "rural"))


def choose(request: HttpRequest, office: Organization, user: User, *, every_year: bool = False) -> Chosen:
    """Reads the filters from the address: assessments with results (or said not to be held) here, schools open now."""
    here = with_results(user, office)
    kinds = list(here.order_by().values_list("school_year", "subject").distinct())
    years = sorted({year for year, _ in kinds}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if is_number(asked) and int(asked) in years else (years[0] if years else None)
    data: QueryDict | dict[str, Any] = request.GET.copy()
    data["year"] = "" if every_year or year is None else str(year)
    subjects = sorted({subject for _, subject in kinds})
    by_assessment = AssessmentFilter(data, queryset=here, years=years, subjects=subjects)
    by_assessment.filters["year"].extra["required"] = False
    open_now = Organization.objects.below(office).schools().open_on(clock.today(user.zone)).order_by("sort_key", "pk")
    every = list(open_now.select_related("school"))
    types = sorted({row.type_name for row in every if row.type_name})
    by_school = SchoolFilter(request.GET, queryset=open_now.select_related("school"), office=office, types=types)
    narrowed = any(request.GET.get(name) for name in ("group", "type", "rural"))
    return Chosen(
        office=office,
        offices=authorities_to_choose(user, "results.view"),
        year=year,
        years=years,
        assessments=list(by_assessment.qs) if by_assessment.is_valid() else list(here.filter(school_year=year)),
        schools=list(by_school.qs) if narrowed and by_school.is_valid() else every,
        by_assessment=by_assessment,
        by_school=by_school,
        smallest=smallest_of(office),
        outside=request.GET.get("outside") == "on",
        query=request.GET.urlencode(),
    )


def with_results(user: User, office: Organization) -> Any:
    """Assessments that have something to show in an office."""
    mine = Result.objects.filter(assessment=OuterRef("pk"), authority=office)
    held = Holding.objects.filter(assessment=OuterRef("pk")).filter(
        Q(organization=office) | Q(organization__authority=office)
    )
    return Assessment.objects.visible_to(user).filter(Exists(mine) | Exists(held))


def smallest_of(office: Organization) -> int:
    row = MonitoringSettings.objects.filter(pk=office.pk).values_list("small_group", flat=True).first()
    return row or 5


def threshold_of(request: HttpRequest) -> Decimal:
    """The share of low results from which a cell is marked, per cent; 30 unless the address says otherwise."""
    asked = request.GET.get("threshold", "")
    return Decimal(asked) if is_number(asked) and 1 <= int(asked) <= 99 else THRESHOLD


@dataclass(frozen=True)
class Total:
    """A district in an assessment, by people. `counts` is None where marks are not known; `judged` people have a known `low`."""

    schools: int
    participants: int
    low: int | None
    judged: int
    counts: dict[str, int] | None
    mean: Decimal | None


def totals(office: int, assessments: Iterable[Assessment]) -> dict[int, Total]:
    """Sums of an office by assessment, added up by the database: one query."""
    rows = Result.objects.filter(
        authority_id=office, assessment__in=[one.pk for one in assessments], participants__gt=0
    )
    weighed = ExpressionWrapper(F("mean_score") * F("participants"), DecimalField(max_digits=16, decimal_places=4))
    found = (
        rows.order_by()
        .values("assessment_id")
        .annotate(
            schools=Count("pk"),
            people=Sum("participants"),
            lows=Sum("low"),
            judged=Sum("participants", filter=Q(low__isnull=False)),
            marked=Sum("participants", filter=Q(n2__isnull=False)),
            s2=Sum("n2"),
            s3=Sum("n3"),
            s4=Sum("n4"),
            s5=Sum("n5"),
            scored=Sum("participants", filter=Q(mean_score__isnull=False)),
            score=Sum(weighed),
        )
    )
    return {
        one["assessment_id"]: Total(
            one["schools"],
            one["people"],
            one["lows"],
            one["judged"] or 0,
            {"2": one["s2"], "3": one["s3"], "4": one["s4"], "5": one["s5"]} if one["marked"] else None,
            Decimal(one["score"]) / one["scored"] if one["scored"] else None,
        )
        for one in found
    }


@dataclass
class Sums:
    """The same added up from rows that a page reads anyway."""

    schools: int = 0
    participants: int = 0
    low: int | None = None
    judged: int = 0
    score: Decimal = Decimal(0)
    scored: int = 0

    def add(self, people: int | None, low: int | None, mean: Decimal | None = None) -> None:
        if not people:
            return
        self.schools += 1
        self.participants += people
        if low is not None:
            self.low, self.judged = (self.low or 0) + low, self.judged + people
        if mean is not None:
            self.score, self.scored = self.score + mean * people, self.scored + people

    @property
    def mean(self) -> Decimal | None:
        return self.score / self.scored if self.scored else None


def references(
    office: Organization, assessments: Iterable[Assessment], facet: str
) -> dict[int, dict[str, ReferenceShare]]:
    """Region and whole sample by assessment. Where files named several regions, the one that this office or its ministry loaded."""
    near = {office.pk, office.parent_id}
    found: dict[int, dict[str, ReferenceShare]] = {}
    rows = ReferenceShare.objects.filter(
        assessment__in=[one.pk for one in assessments], facet=facet, scope__in=["region", "all"]
    ).select_related("batch")
    for row in rows:
        kept = found.setdefault(row.assessment_id, {}).get(row.scope)
        mine = row.batch is None or row.batch.authority_id in near
        if kept is None or (mine and row.batch is not None):
            found[row.assessment_id][row.scope] = row
    return found


def xlsx(name: str, book: Iterable[sheets.Sheet]) -> HttpResponse:
    """A workbook to save."""
    response = HttpResponse(sheets.workbook(book), content_type=sheets.MEDIA)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx".replace("/", "-")) or ""
    return response


def selection_url() -> str:
    """Where «В решение» sends the ticked schools."""
    return reverse("monitoring:result_selection")
