"""People with low results of every school, kept as arrays: found once in the database, judged many times.

Judging a country again by another threshold touches only these arrays. They are kept for the process and hold while the data
version of their offices (`models.DataVersion`) stands still. The judgement itself is that of `low_results` (proven by tests on the same
data); reasons and near misses of shown schools are always worked out there, from `Sums.results`.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from django.db import DataError, connection, transaction
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from monitoring.low_results import NotHeld, RuleSet, SchoolResult
from monitoring.models import Assessment, DataVersion, Result

Slot = tuple[int, str, str, int | None, str | None]  # school year (it ends in), procedure, subject, grade, level
# Of several terms of one exam the first that has figures counts: the main one, then the earlier of the others.
WAVES = ("", "spring", "autumn", "early", "extra")
KEPT = 4  # sums kept for a process
_SIGNATURE = 19  # bytes of the head of a binary COPY


@dataclass
class Sums:
    """`participants[school, slot]` and `low[school, slot]`, people; 0 participants where there is no figure.

    `clashes` are (place of the school, place of the slot, participants, low): figures that contradict what stands.
    """

    organizations: NDArray[np.int64]
    slots: tuple[Slot, ...]
    participants: NDArray[np.int32]
    low: NDArray[np.int32]
    clashes: list[tuple[int, int, int, int]] = field(default_factory=list)
    as_of: dt.datetime | None = None  # when these figures were last written

    def results(self, organizations: Iterable[int] | None = None) -> list[SchoolResult]:
        """Plain values for `low_results`; a school is its id as text. Clashing figures come both, as a conflict."""
        wanted = None if organizations is None else set(organizations)
        out = []
        for place in range(len(self.organizations)):
            pk = int(self.organizations[place])
            if wanted is None or pk in wanted:
                for at in np.flatnonzero(self.participants[place]):
                    out.append(self._result(pk, int(at), int(self.participants[place, at]), int(self.low[place, at])))
        for place, at, participants, low in self.clashes:
            pk = int(self.organizations[place])
            if wanted is None or pk in wanted:
                out.append(self._result(pk, at, participants, low))
        return out

    def _result(self, pk: int, at: int, participants: int, low: int) -> SchoolResult:
        year, procedure, subject, grade, level = self.slots[at]
        return SchoolResult(str(pk), f"{year - 1}/{year}", procedure, subject, grade, level, participants, low, low)


def identify(rules: RuleSet, sums: Sums, *, excluded: Iterable[int] = ()) -> NDArray[np.int64]:
    """Ids of the schools the rules find, in order: the same as `find_low_results` on the same figures."""
    places = {slot: place for place, slot in enumerate(sums.slots)}
    participants, low = sums.participants, sums.low
    if sums.clashes:
        participants = participants.copy()
        for place, at, _, _ in sums.clashes:
            participants[place, at] = 0
    # 100·low ≥ threshold·participants in whole numbers: thresholds may be 33.3
    threshold = Fraction(rules.threshold_percent) / 100
    top, bottom = threshold.numerator, threshold.denominator
    kind = np.int32 if max(top, bottom) * 100_000 < 2**31 and _small(participants) else np.int64
    found = np.ones(len(sums.organizations), dtype=bool)
    for year in rules.school_years:
        counted = np.zeros(len(found), dtype=np.int16)
        for rule in rules.procedures:
            held = year_held(rules, rule.procedure, rule.subject, rule.grade, _ends(year))
            at = [
                places[slot]
                for level in rule.levels or (None,)
                if (slot := (held, rule.procedure, rule.subject, rule.grade, level)) in places
            ]
            if not at:
                continue
            people = participants[:, at[0]] if len(at) == 1 else participants[:, at].sum(axis=1)
            few = low[:, at[0]] if len(at) == 1 else np.where(participants[:, at] > 0, low[:, at], 0).sum(axis=1)
            people, few = people.astype(kind, copy=False), few.astype(kind, copy=False)
            is_low = few * bottom >= people * top if rules.threshold_inclusive else few * bottom > people * top
            counted += is_low & (people >= rules.min_participants)
        found &= counted >= rules.min_procedures_per_year
    ids = sums.organizations[found]
    gone = np.fromiter(excluded, dtype=np.int64)
    return ids[~np.isin(ids, gone)] if len(gone) else ids


def _small(people: NDArray[np.int32]) -> bool:
    return not people.size or int(people.max()) < 100_000


def _ends(year: str) -> int:
    return int(year.rpartition("/")[2])


def year_held(rules: RuleSet, procedure: str, subject: str, grade: int | None, year: int) -> int:
    """The year whose figures stand for this one: with looking back, the year before where the procedure was not held."""
    name = f"{year - 1}/{year}"
    away = any(
        one.school_year == name
        and one.procedure == procedure
        and one.subject in (None, subject)
        and one.grade in (None, grade)
        for one in rules.not_held
    )
    return year - 1 if rules.look_back and away else year


def slots_of(rules: RuleSet) -> tuple[Slot, ...]:
    """Every cell the rules may ask for; with looking back also those of the years before."""
    years = {_ends(year) for year in rules.school_years}
    if rules.look_back:
        years |= {year - 1 for year in years}
    return tuple(
        (year, rule.procedure, rule.subject, rule.grade, level)
        for year in sorted(years)
        for rule in rules.procedures
        for level in rule.levels or (None,)
    )


_shelf: OrderedDict[tuple[Any, ...], Sums] = OrderedDict()
_lock = threading.Lock()


def sums_for(rules: RuleSet, *, authorities: Sequence[int] | None = None) -> Sums:
    """Sums of these offices (None: of the whole country), from the shelf when nothing was written since.

    The version is read before the figures: what is written meanwhile makes a newer version and is read next time.
    """
    scope = None if authorities is None else tuple(sorted(authorities))
    versions = DataVersion.objects.all() if scope is None else DataVersion.objects.filter(pk__in=scope)
    state = versions.aggregate(rows=Count("pk"), steps=Sum("number"), last=Max("changed_at"))
    slots = slots_of(rules)
    key = (connection.settings_dict["NAME"], scope, slots, state["rows"], state["steps"])
    with _lock:
        if key in _shelf:
            _shelf.move_to_end(key)
            return _shelf[key]
    sums = load(slots, authorities=scope)
    sums.as_of = state["last"]
    with _lock:
        for old in [one for one in _shelf if one[:3] == key[:3]]:
            del _shelf[old]
        _shelf[key] = sums
        while len(_shelf) > KEPT:
            _shelf.popitem(last=False)
    return sums


def forget() -> None:
    """Empties the shelf (measurements, tests)."""
    with _lock:
        _shelf.clear()


def load(slots: Sequence[Slot], *, authorities: Sequence[int] | None = None) -> Sums:
    """Reads the figures of these cells: one query for assessments, one for results."""
    homes = _assessments(slots, authorities)
    ids, assessments, participants, low = _rows(sorted(homes), authorities)
    organizations, places = _places(ids)
    shape = (len(organizations), len(slots))
    out = Sums(organizations, tuple(slots), np.zeros(shape, np.int32), np.zeros(shape, np.int32))
    if not len(ids):
        return out
    people, few = out.participants.reshape(-1), out.low.reshape(-1)
    last = max(homes)
    slot_of, layer_of = np.zeros(last + 1, np.int64), np.zeros(last + 1, np.int16)
    for pk, (slot, _, layer) in homes.items():
        slot_of[pk], layer_of[pk] = slot, layer
    at = places * len(slots) + slot_of[assessments]
    layers = {layer for _, _, layer in homes.values()}
    if len(layers) == 1:
        people[at], few[at] = participants, low
        return out
    # Several assessments of one cell: the best term is written last; equal terms that differ contradict each other.
    ranks = np.full(len(people), -1, np.int16)
    rank_of = {layer: rank for _, rank, layer in homes.values()}
    row_layers = layer_of[assessments]
    for layer in sorted(layers):
        chosen = np.flatnonzero(row_layers == layer)
        cells, rank = at[chosen], rank_of[layer]
        second = (ranks[cells] == rank) & ((people[cells] != participants[chosen]) | (few[cells] != low[chosen]))
        for cell, row in zip(cells[second], chosen[second], strict=True):
            place, slot = divmod(int(cell), len(slots))
            out.clashes.append((place, slot, int(participants[row]), int(low[row])))
        fresh = ranks[cells] != rank
        # a better term takes the cell and whatever contradicted there before
        better = set(cells[fresh & (ranks[cells] >= 0)].tolist())
        if better and out.clashes:
            out.clashes = [one for one in out.clashes if one[0] * len(slots) + one[1] not in better]
        people[cells[fresh]], few[cells[fresh]] = participants[chosen[fresh]], low[chosen[fresh]]
        ranks[cells] = rank
    return out


def _assessments(slots: Sequence[Slot], authorities: Sequence[int] | None) -> dict[int, tuple[int, int, int]]:
    """Assessment id → (slot, rank of its term, layer); layers are written in order, the best term last."""
    places = {slot: place for place, slot in enumerate(slots)}
    rows = Assessment.objects.filter(
        school_year__in={slot[0] for slot in slots},
        procedure__in={slot[1] for slot in slots},
        subject__in={slot[2] for slot in slots},
    )
    if authorities is not None:
        rows = rows.filter(authority__isnull=True) | rows.filter(authority__in=authorities)
    found: dict[tuple[int, int], list[int]] = {}
    for one in rows.order_by("pk"):
        slot = (one.school_year, one.procedure, one.subject, one.grade or None, one.level or None)
        if slot in places:
            rank = len(WAVES) - WAVES.index(one.wave)
            found.setdefault((places[slot], rank), []).append(one.pk)
    steps = sorted({(rank, n) for (_, rank), pks in found.items() for n in range(len(pks))})
    layers = {step: layer for layer, step in enumerate(steps)}
    single = all(len(pks) == 1 for pks in found.values()) and len(found) == len({slot for slot, _ in found})
    return {
        pk: (slot, rank, 0 if single else layers[rank, n])
        for (slot, rank), pks in found.items()
        for n, pk in enumerate(pks)
    }


Rows = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]


def _rows(assessments: Sequence[int], authorities: Sequence[int] | None) -> Rows:
    """Organisation, assessment, participants and low of every usable result."""
    if not assessments:
        return _nothing()
    if connection.vendor == "postgresql":
        return _copied(assessments, authorities)
    rows = Result.objects.filter(assessment__in=assessments, low__isnull=False, participants__gt=0)
    if authorities is not None:
        rows = rows.filter(authority__in=authorities)
    table = np.array(
        list(rows.values_list("organization_id", "assessment_id", "participants", "low")), dtype=np.int64
    ).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def _copied(assessments: Sequence[int], authorities: Sequence[int] | None) -> Rows:
    """By binary COPY, one row an assessment with all its schools as one run of bytes: a million results without a million
    Python objects or calls.

    A school, its participants and the low ones among them fit into one number of 8 bytes; where a figure is too large for
    that, PostgreSQL says so, and each gets two.
    """
    try:
        runs = _runs(_SHORT, assessments, authorities)
        parts = [(pk, run >> 32, (run >> 16) & 0xFFFF, run & 0xFFFF) for pk, run in runs]
    except DataError:
        runs = _runs(_LONG, assessments, authorities)
        parts = [(pk, run[::2], run[1::2] >> 32, run[1::2] & 0xFFFFFFFF) for pk, run in runs]
    if not parts:
        return _nothing()
    return (
        np.concatenate([schools for _, schools, _, _ in parts]),
        np.repeat([pk for pk, *_ in parts], [len(schools) for _, schools, _, _ in parts]),
        np.concatenate([people for _, _, people, _ in parts]).astype(np.int32),
        np.concatenate([low for _, _, _, low in parts]).astype(np.int32),
    )


# Multiplied, not shifted: a figure that does not fit makes PostgreSQL refuse.
_SHORT = "int8send(organization_id * 4294967296 + participants * 65536 + low)"
_LONG = "int8send(organization_id) || int8send(participants * 4294967296 + low)"


def _runs(
    packed: str, assessments: Sequence[int], authorities: Sequence[int] | None
) -> list[tuple[int, NDArray[np.int64]]]:
    """Assessment and its results, each `packed` into whole numbers. Only whole numbers go into the statement.

    For more than one office the assessments are read in two parts: PostgreSQL gives each part of such a union to a process of
    its own, while within one part it cannot share the making of runs.
    """
    of = ""
    if authorities is not None:
        of = f" AND authority_id IN ({', '.join(str(int(pk)) for pk in authorities) or 'NULL'})"
    wide = authorities is None or len(authorities) > 1
    middle = (len(assessments) + 1) // 2 if wide else len(assessments)
    parts = [part for part in (assessments[:middle], assessments[middle:]) if part]
    union = " UNION ALL ".join(
        f"SELECT assessment_id, string_agg({packed}, ''::bytea) FROM monitoring_result "
        f"WHERE assessment_id IN ({', '.join(str(int(pk)) for pk in part)}){of} "
        "AND low IS NOT NULL AND participants > 0 GROUP BY assessment_id"
        for part in parts
    )
    held = io.BytesIO()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")  # the runs stay in memory, the larger ones too
        if len(parts) > 1:  # the parts side by side, not the lines of one part
            cursor.execute("SET LOCAL parallel_setup_cost = 0")
            cursor.execute("SET LOCAL parallel_tuple_cost = 0")
            cursor.execute("SET LOCAL min_parallel_table_scan_size = '1TB'")
        with connection.wrap_database_errors:
            cursor.copy_expert(  # type: ignore[attr-defined]
                f"COPY (SELECT * FROM ({union}) AS parts) TO STDOUT (FORMAT binary)", held
            )
    data = held.getbuffer()
    at, runs = _SIGNATURE, []
    while struct.unpack_from(">h", data, at)[0] != -1:
        _, _, assessment, size = struct.unpack_from(">hiqi", data, at)
        at += struct.calcsize(">hiqi")
        runs.append((assessment, np.frombuffer(data[at : at + size], dtype=">i8").astype(np.int64)))
        at += size
    return runs


def _nothing() -> Rows:
    empty = np.zeros(0, np.int64)
    return empty, empty, empty, empty


def _places(ids: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different ids in order, and the place of each row's id among them."""
    if len(ids) and int(ids.max()) < max(4_000_000, 4 * len(ids)):
        there = np.zeros(int(ids.max()) + 1, dtype=bool)
        there[ids] = True
        known = np.flatnonzero(there)
        place = np.cumsum(there) - 1
        return known, place[ids]
    known, inverse = np.unique(ids, return_inverse=True)
    return known.astype(np.int64), inverse


def with_not_held(rules: RuleSet, more: Iterable[NotHeld]) -> tuple[NotHeld, ...]:
    """What the rules say was not held and what the office marked, once each."""
    return tuple(dict.fromkeys((*rules.not_held, *more)))


__all__ = ["Slot", "Sums", "forget", "identify", "load", "slots_of", "sums_for", "with_not_held", "year_held"]
