"""Low-result lists: a forecast kept as a draft, approving that freezes it, lists from above, episodes of schools."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction

from config import clock
from monitoring import episodes
from monitoring.enums import ListKind, ListLevel, ListState, Trajectory
from monitoring.forecast import Forecast, forecast_of, ready_for, reasons_json, rules_of
from monitoring.low_results import RuleSet as Rules
from monitoring.models import DataLock, LowResultsEntry, LowResultsEpisode, LowResultsList, RuleSet
from schools.actions.groups import save_group, set_members
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, SchoolGroup, User

ENTRY_WORDS = ("cluster_code", "cluster_name", "project_500", "trajectory_text", "note")


def years_of(rules: Rules) -> list[int]:
    return [int(year.rpartition("/")[2]) for year in rules.school_years]


@transaction.atomic
def save_forecast(*, by: User, authority: Organization, rule_set: RuleSet, school_year: int) -> LowResultsList:
    """The forecast of today as a draft that can be looked at, mended by hand and approved."""
    row = LowResultsList.objects.create(
        authority=authority,
        kind=ListKind.FORECAST,
        level=ListLevel.MUNICIPAL,
        school_year=school_year,
        rule_set=rule_set,
        created_by=by,
    )
    _put(row, _forecast(row))
    record(by=by, action="list.drafted", row=row, authority=authority, summary=str(row))
    return row


@transaction.atomic
def recompute(*, by: User, listing: LowResultsList) -> LowResultsList:
    """The draft again by the figures of now; schools put in by hand stay."""
    row = _draft(listing)
    if row.kind != ListKind.FORECAST:
        raise Refused("Полученный перечень не рассчитывается: в нём стоит то, что прислали.")
    row.entries.filter(added_by_hand=False).delete()
    _put(row, _forecast(row))
    record(by=by, action="list.recomputed", row=row, authority=row.authority_id, summary=str(row))
    return row


def _forecast(row: LowResultsList) -> Forecast:
    assert row.rule_set is not None
    return forecast_of(row.authority, ready_for(rules_of(row.rule_set), row.authority, row.school_year))


def _put(row: LowResultsList, found: Forecast) -> None:
    by_hand = set(row.entries.values_list("organization_id", flat=True))
    LowResultsEntry.objects.bulk_create(
        LowResultsEntry(listing=row, organization=one.organization, reasons=reasons_json(one.reasons))
        for one in found.listed
        if one.organization.pk not in by_hand and str(one.organization.pk) not in row.taken_out
    )
    row.data_date = found.data_date or clock.today(row.authority.time_zone)
    row.save(update_fields=["data_date"])


def stale(row: LowResultsList) -> bool:
    """Whether figures changed after the draft was computed, so that it would be another list today."""
    if row.kind != ListKind.FORECAST or not row.is_draft:
        return False
    kept = {one.organization_id: one.reasons for one in row.entries.filter(added_by_hand=False)}
    by_hand = set(row.entries.filter(added_by_hand=True).values_list("organization_id", flat=True))
    fresh = {
        one.organization.pk: reasons_json(one.reasons)
        for one in _forecast(row).listed
        if one.organization.pk not in by_hand and str(one.organization.pk) not in row.taken_out
    }
    return kept != fresh


@transaction.atomic
def start_received(
    *, by: User, authority: Organization, school_year: int, level: str, letter: str, letter_date: dt.date | None
) -> LowResultsList:
    """An empty list received from above, to be filled by hand or from a file."""
    row = LowResultsList(
        authority=authority,
        kind=ListKind.RECEIVED,
        level=level,
        school_year=school_year,
        letter=" ".join(letter.split())[:300],
        letter_date=letter_date,
        created_by=by,
    )
    if not row.letter:
        raise Refused("Для полученного перечня укажите письмо или приказ.")
    row.save()
    record(by=by, action="list.received", row=row, authority=authority, summary=f"{row}: {row.letter}")
    return row


@transaction.atomic
def put_school(*, by: User, listing: LowResultsList, organization: Organization, words: dict[str, Any]) -> None:
    """A school put into a draft by hand, or its words changed. `words` are those of `ENTRY_WORDS`."""
    row = _draft(listing)
    if organization.authority_id != row.authority_id:
        raise Refused(f"«{organization}» не относится к этому органу управления.")
    if row.kind == ListKind.FORECAST and not words.get("note"):
        raise Refused("Школа вносится в прогноз вручную: укажите в примечании, почему.")
    entry = row.entries.filter(organization=organization).first() or LowResultsEntry(
        listing=row, organization=organization, added_by_hand=row.kind == ListKind.FORECAST
    )
    before = {name: getattr(entry, name) for name in ENTRY_WORDS} if entry.pk else None
    for name in ENTRY_WORDS:
        if name in words:
            setattr(entry, name, words[name])
    entry.trajectory = episodes.trajectory_of(entry.trajectory_text, row.school_year)
    entry.save()
    if row.taken_out.pop(str(organization.pk), None) is not None:
        row.save(update_fields=["taken_out"])
    record(
        by=by,
        action="list.school_put",
        row=row,
        authority=row.authority_id,
        summary=f"{row}: {organization}",
        before=before,
        after={name: getattr(entry, name) for name in ENTRY_WORDS},
    )


@transaction.atomic
def take_out(*, by: User, entry: LowResultsEntry, reason: str) -> None:
    """A school taken out of a draft, with the reason: the forecast proposes, the office decides."""
    row = _draft(entry.listing)
    if not reason.strip():
        raise Refused("Укажите, почему школа убирается из перечня.")
    record(
        by=by,
        action="list.school_out",
        row=row,
        authority=row.authority_id,
        summary=f"{row}: {entry.organization}",
        before={"reasons": entry.reasons},
        reason=reason.strip()[:500],
    )
    if row.kind == ListKind.FORECAST and not entry.added_by_hand:
        row.taken_out[str(entry.organization_id)] = reason.strip()[:500]
        row.save(update_fields=["taken_out"])
    entry.delete()


@transaction.atomic
def withdraw(*, by: User, listing: LowResultsList, reason: str) -> None:
    """A draft nobody needs; an approved list stays."""
    row = _draft(listing)
    if not reason.strip():
        raise Refused("Укажите, почему перечень отозван.")
    row.state, row.withdrawn_reason = ListState.WITHDRAWN, reason.strip()[:500]
    row.save(update_fields=["state", "withdrawn_reason"])
    record(
        by=by,
        action="list.withdrawn",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        reason=row.withdrawn_reason,
    )


@transaction.atomic
def approve(*, by: User, listing: LowResultsList) -> LowResultsList:
    """Freezes the list: its figures are kept, the data under a forecast are locked, the group of its schools is renewed from
    today, episodes are told again. Schools of a group are told nothing by this."""
    row = _draft(listing)
    if stale(row):
        raise Refused("Результаты изменились после расчёта. Нажмите «Пересчитать», посмотрите и утвердите ещё раз.")
    if not row.entries.exists() and row.kind == ListKind.RECEIVED:
        raise Refused("В перечне нет ни одной школы: внесите их или загрузите файл.")
    same = LowResultsList.objects.in_force().filter(
        authority=row.authority, kind=row.kind, level=row.level, school_year=row.school_year
    )
    if same.exists():
        raise Refused(
            f"{row.title} за {row.year_name} уже утверждён. Второго за тот же год быть не может: отзовите этот проект."
        )
    today = clock.today(row.authority.time_zone)
    row.state, row.approved_by, row.approved_at = ListState.APPROVED, by, clock.now()
    row.group = _group(row, by=by, day=today)
    row.save()
    if row.kind == ListKind.FORECAST:
        assert row.rule_set is not None
        for year in years_of(ready_for(rules_of(row.rule_set), row.authority, row.school_year)):
            DataLock.objects.get_or_create(
                authority=row.authority,
                school_year=year,
                object_type="monitoring.lowresultslist",
                object_id=row.pk,
                defaults={"reason": f"перечень «{row}», утверждён {today:%d.%m.%Y}"},
            )
    tell_episodes(row.authority, row.kind, row.level)
    record(
        by=by,
        action="list.approved",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"schools": sorted(row.entries.values_list("organization_id", flat=True))},
    )
    return row


def _draft(listing: LowResultsList) -> LowResultsList:
    row = (
        LowResultsList.objects.select_for_update(of=("self",))
        .select_related("authority", "rule_set")
        .get(pk=listing.pk)
    )
    if not row.is_draft:
        raise Refused(f"Перечень уже {row.get_state_display()}: изменить его нельзя.")
    return row


def _group(row: LowResultsList, *, by: User, day: dt.date) -> SchoolGroup | None:
    """The confidential group of the newest list of its kind; members of former lists stay members of the days before."""
    rows = LowResultsList.objects.in_force().filter(authority=row.authority, kind=row.kind, level=row.level)
    if rows.filter(school_year__gt=row.school_year).exists():
        return None
    former = rows.exclude(group=None).order_by("-school_year").first()
    group = former.group if former else None
    if group is None:
        group = SchoolGroup(authority=row.authority, name=_free_name(row), confidential=True, wordings="")
        group = save_group(by=by, row=group)
    schools = [one.organization for one in row.entries.members().select_related("organization")]
    set_members(by=by, group=group, organizations=schools, day=day)
    return group


def _free_name(row: LowResultsList) -> str:
    name, number = f"ШНОР: {row.title[0].lower()}{row.title[1:]}", 1
    taken = set(SchoolGroup.objects.filter(authority=row.authority).values_list("name", flat=True))
    while name in taken:
        number += 1
        name = f"ШНОР: {row.title[0].lower()}{row.title[1:]} ({number})"
    return name


def tell_episodes(authority: Organization, kind: str, level: str) -> None:
    """Episodes of every school of the office again from its approved lists of one kind, and from what their wordings say of
    years before («В списках 2019 и 2021 гг»)."""
    lists = LowResultsList.objects.in_force().filter(authority=authority, kind=kind, level=level)
    published: set[int] = set()
    listed: dict[int, set[int]] = defaultdict(set)
    where: dict[tuple[int, int], list[LowResultsList]] = defaultdict(list)
    for one in lists:
        published.add(one.school_year)
        for entry in one.entries.all():
            said = set(episodes.years_said(entry.trajectory_text)) if entry.trajectory else set()
            published |= {year for year in said if year <= one.school_year}
            listed[entry.organization_id] |= {year for year in said if year <= one.school_year}
            if entry.trajectory != Trajectory.LEFT:
                listed[entry.organization_id].add(one.school_year)
                where[entry.organization_id, one.school_year].append(one)
    LowResultsEpisode.objects.filter(authority=authority, kind=kind, level=level).delete()
    for organization, years in listed.items():
        for stay in episodes.stays(years, published):
            episode = LowResultsEpisode.objects.create(
                authority=authority,
                organization_id=organization,
                kind=kind,
                level=level,
                first_year=stay.first,
                last_year=stay.last,
                left_year=stay.left,
            )
            episode.lists.set({one for year in stay.years for one in where.get((organization, year), ())})
