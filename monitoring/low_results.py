"""Which schools have low results by a set of rules, why, and which stand one step from the list. Pure.

The rules are a setting of the authority (samples' README, section 7), never a law; a list made by them is a forecast of
our own. Shares are compared exactly, on people: `100·low ≥ threshold·participants`; rounding is only for showing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal, cast

from monitoring.reading.context import DEFAULT_MINIMUM, Minimum
from schools.search import sort_key

FORMS = ("fisoko_marks", "rcoi_table", "rcoi_protocol", "plain_table")
Low = Literal["mark_2", "below_minimum"]
NearCode = Literal["below_threshold", "few_participants", "levels_together", "one_procedure", "one_year"]
_YEAR = re.compile(r"(\d{4})/(\d{4})")


class RulesError(ValueError):
    """The rules cannot be used; `str()` is a Russian sentence: what is wrong and what is expected."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One procedure of the list; `levels` are summed first; `low` says which people are low."""

    procedure: str
    subject: str
    grade: int | None = None
    levels: tuple[str, ...] = ()
    low: Low = "mark_2"

    @property
    def title(self) -> str:
        return f"{self.procedure}, {self.subject[:1].lower()}{self.subject[1:]}" + (
            f", {self.grade} класс" if self.grade else ""
        )


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A procedure that was not held in a year: with `look_back` the year before stands for it."""

    school_year: str
    procedure: str
    subject: str | None = None
    grade: int | None = None


@dataclass(frozen=True)
class RuleSet:
    """A set of rules: every number a setting."""

    id: str
    school_years: tuple[str, ...]
    procedures: tuple[Rule, ...]
    threshold_percent: Decimal = Decimal(30)
    threshold_inclusive: bool = True
    min_procedures_per_year: int = 2
    min_participants: int = 5
    decimals: int = 2
    title: str = ""
    ege_minimum: tuple[Minimum, ...] = DEFAULT_MINIMUM
    exclude_kinds: tuple[str, ...] = ()
    not_held: tuple[NotHeld, ...] = ()
    look_back: bool = False

    def is_low(self, low: int, participants: int) -> bool:
        left, right = 100 * low, self.threshold_percent * participants
        return left >= right if self.threshold_inclusive else left > right

    def for_year(self, school_year: str) -> RuleSet:
        """The same rules with `school_year` as the latest of as many years."""
        last = _first_year(school_year)
        years = tuple(f"{last - back}/{last - back + 1}" for back in range(len(self.school_years) - 1, -1, -1))
        return replace(self, school_years=years)


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """A result as plain values; `low_2` are people with «2», `below` people below the minimum; None is «not known».

    This is the seam to wherever results live: files, rows of a database, a what-if.
    """

    school: str
    school_year: str
    procedure: str
    subject: str
    grade: int | None
    level: str | None
    participants: int | None
    low_2: int | None = None
    below: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (self.school, self.school_year, self.procedure, self.subject, self.grade, self.level)


@dataclass(frozen=True, slots=True)
class Reason:
    """One procedure of one year in figures. `why` is set for what nearly counted."""

    school_year: str
    procedure: str
    subject: str
    grade: int | None
    participants: int
    low: int
    share: Decimal
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    school: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class NearMiss:
    """A school one step from the list: which step, in words, and its figures."""

    school: str
    code: NearCode
    note: str
    low_procedures: tuple[Reason, ...]
    nearly: tuple[Reason, ...]


@dataclass(frozen=True)
class LowResults:
    rules: str
    school_years: tuple[str, ...]
    schools: tuple[Verdict, ...]
    near_misses: tuple[NearMiss, ...]
    conflicts: tuple[SchoolResult, ...] = ()
    district: str | None = None


def parse_rules(data: bytes | str) -> RuleSet:
    """Rules from JSON. Raises RulesError, which names the key."""
    try:
        values = json.loads(data)
    except ValueError as why:
        raise RulesError("Файл правил — не JSON. Возьмите за образец выгрузку набора правил из программы.") from why
    if not isinstance(values, dict):
        raise RulesError("В файле правил должен быть один объект JSON.")
    years = tuple(str(y) for y in _list(values, "school_years"))
    for year in years:
        _first_year(year)
    if not years or any(_first_year(a) >= _first_year(b) for a, b in zip(years, years[1:], strict=False)):
        raise RulesError("«school_years»: нужны учебные годы по порядку, например «2024/2025».")
    procedures = tuple(_rule(item) for item in _list(values, "procedures"))
    if not procedures:
        raise RulesError("«procedures»: список процедур пуст.")
    return RuleSet(
        id=str(values.get("id") or "rules"),
        title=str(values.get("title") or ""),
        school_years=years,
        procedures=procedures,
        threshold_percent=_decimal(values, "threshold_percent", Decimal(30), 0, 100),
        threshold_inclusive=bool(values.get("threshold_inclusive", True)),
        min_procedures_per_year=_whole(values, "min_procedures_per_year", 2, 1, 100),
        min_participants=_whole(values, "min_participants", 5, 1, 10_000),
        decimals=_whole(values.get("share") or {}, "decimals", 2, 0, 6),
        ege_minimum=tuple(_minimum(m) for m in values["ege_minimum"]) if values.get("ege_minimum") else DEFAULT_MINIMUM,
        exclude_kinds=tuple(str(k) for k in values.get("exclude_kinds") or ()),
        not_held=tuple(_not_held(item) for item in values.get("not_held") or ()),
        look_back=bool(values.get("look_back", False)),
    )


def _list(values: dict[str, Any], key: str) -> list[Any]:
    found = values.get(key)
    if not isinstance(found, list):
        raise RulesError(f"«{key}»: нужен список.")
    return found


def _first_year(year: str) -> int:
    found = _YEAR.fullmatch(year)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise RulesError(f"«{year}» — не учебный год. Напишите, например, «2025/2026».")
    return int(found[1])


def _rule(item: Any) -> Rule:
    if not isinstance(item, dict) or not item.get("procedure") or not item.get("subject"):
        raise RulesError("«procedures»: у каждой процедуры нужны «procedure» и «subject».")
    if item["procedure"] not in ("ВПР", "ОГЭ", "ЕГЭ", "КР"):
        raise RulesError(f"«procedures»: неизвестная процедура «{item['procedure']}» (есть ВПР, ОГЭ, ЕГЭ, КР).")
    low = item.get("low") or ("below_minimum" if item["procedure"] == "ЕГЭ" else "mark_2")
    if low not in ("mark_2", "below_minimum"):
        raise RulesError(f"«low»: «{low}» не бывает (mark_2 или below_minimum).")
    grade = item.get("grade")
    if grade is not None and (isinstance(grade, bool) or not isinstance(grade, int) or not 1 <= grade <= 12):
        raise RulesError(f"«grade»: «{grade}» — не класс.")
    return Rule(item["procedure"], item["subject"], grade, tuple(item.get("levels") or ()), cast(Low, low))


def _not_held(item: Any) -> NotHeld:
    if not isinstance(item, dict) or not item.get("school_year") or not item.get("procedure"):
        raise RulesError("«not_held»: нужны «school_year» и «procedure».")
    _first_year(str(item["school_year"]))
    return NotHeld(str(item["school_year"]), item["procedure"], item.get("subject"), item.get("grade"))


def _minimum(item: Any) -> Minimum:
    if (
        not isinstance(item, dict)
        or not item.get("subject")
        or (item.get("score") is None) == (item.get("mark") is None)
    ):
        raise RulesError("«ege_minimum»: нужны «subject» и одно из «score», «mark».")
    score = None if item.get("score") is None else _decimal(item, "score", Decimal(0), 0, 100)
    mark = None if item.get("mark") is None else _whole(item, "mark", 3, 2, 5)
    return Minimum(item["subject"], item.get("level"), score, mark)


def _decimal(values: dict[str, Any], key: str, default: Decimal, least: int, most: int) -> Decimal:
    raw = values.get(key, default)
    try:
        number = Decimal(str(raw)) if not isinstance(raw, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not least <= number <= most:
        raise RulesError(f"«{key}»: нужно число от {least} до {most}, а стоит «{raw}».")
    return number


def _whole(values: dict[str, Any], key: str, default: int, least: int, most: int) -> int:
    raw = values.get(key, default)
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise RulesError(f"«{key}»: нужно целое число от {least} до {most}, а стоит «{raw}».")
    return raw


def find_low_results(
    rules: RuleSet,
    results: Iterable[SchoolResult],
    *,
    kinds: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
    district: str | None = None,
) -> LowResults:
    """Verdicts and near misses for every school that has results. `kinds`: school → its kind, for `exclude_kinds`.

    A result loaded twice counts once; two results of one exam with different figures contradict each other and count
    neither way: they are `conflicts` for a person. Schools of the list are sorted by name, near misses as `order` says.
    """
    once, conflicts = _once(results)
    excluded = {s for s, kind in (kinds or {}).items() if kind in rules.exclude_kinds}
    by_school: dict[str, dict[tuple[object, ...], SchoolResult]] = {}
    for result in once:
        if result.school not in excluded:
            by_school.setdefault(result.school, {})[result.key[1:]] = result
    verdicts: list[Verdict] = []
    near: list[NearMiss] = []
    for school, own in by_school.items():
        outcome = _judge(rules, own)
        if all(len(low) >= rules.min_procedures_per_year for low in outcome.low.values()):
            verdicts.append(Verdict(school, outcome.all_low(rules)))
        else:
            miss = _near(rules, school, outcome)
            if miss is not None:
                near.append(miss)
    places = {name: i for i, name in enumerate(order)}
    verdicts.sort(key=lambda v: sort_key(v.school))
    near.sort(key=lambda m: (places.get(m.school, len(places)), sort_key(m.school)))
    return LowResults(rules.id, rules.school_years, tuple(verdicts), tuple(near), tuple(conflicts), district)


def _once(results: Iterable[SchoolResult]) -> tuple[list[SchoolResult], list[SchoolResult]]:
    first: dict[tuple[object, ...], SchoolResult] = {}
    broken: dict[tuple[object, ...], list[SchoolResult]] = {}
    for result in results:
        known = first.setdefault(result.key, result)
        if known != result:
            broken.setdefault(result.key, [known]).append(result)
    return [r for key, r in first.items() if key not in broken], [r for group in broken.values() for r in group]


@dataclass
class _Outcome:
    """What counts as low in each year, and what nearly does."""

    low: dict[str, list[Reason]] = field(default_factory=dict)
    nearly: dict[str, list[Reason]] = field(default_factory=dict)

    def all_low(self, rules: RuleSet) -> tuple[Reason, ...]:
        return tuple(reason for year in rules.school_years for reason in self.low[year])


def _judge(rules: RuleSet, own: dict[tuple[object, ...], SchoolResult]) -> _Outcome:
    out = _Outcome()
    for year in rules.school_years:
        out.low[year], out.nearly[year] = [], []
        for rule in rules.procedures:
            found = _found(rules, rule, own, year)
            if not found:
                continue
            participants = sum(p for p, _ in found)
            low = sum(n for _, n in found)
            reason = Reason(
                year, rule.procedure, rule.subject, rule.grade, participants, low, share(rules, low, participants)
            )
            counted = participants >= rules.min_participants
            if counted and rules.is_low(low, participants):
                out.low[year].append(reason)
            elif rules.is_low(low, participants):
                out.nearly[year].append(replace(reason, why="few_participants"))
            elif len(found) > 1 and any(p >= rules.min_participants and rules.is_low(n, p) for p, n in found):
                out.nearly[year].append(replace(reason, why="levels_together"))
            elif counted and rules.is_low(low + 1, participants):
                out.nearly[year].append(replace(reason, why="below_threshold"))
    return out


def _found(rules: RuleSet, rule: Rule, own: dict[tuple[object, ...], SchoolResult], year: str) -> list[tuple[int, int]]:
    """Participants and low of each level that has figures."""
    if rules.look_back and any(
        n.school_year == year
        and n.procedure == rule.procedure
        and n.subject in (None, rule.subject)
        and n.grade in (None, rule.grade)
        for n in rules.not_held
    ):
        first = _first_year(year) - 1
        year = f"{first}/{first + 1}"
    out = []
    for level in rule.levels or (None,):
        result = own.get((year, rule.procedure, rule.subject, rule.grade, level))
        if result is None or not result.participants:
            continue
        low = result.low_2 if rule.low == "mark_2" else result.below
        if low is not None:
            out.append((result.participants, low))
    return out


def share(rules: RuleSet, low: int, participants: int) -> Decimal:
    """Per cent for showing, half up."""
    exact = Decimal(100 * low) / Decimal(participants)
    return exact.quantize(Decimal(1).scaleb(-rules.decimals), ROUND_HALF_UP)


_WORDS = {
    "below_threshold": "ниже порога на одного человека",
    "few_participants": "участников меньше наименьшего числа, не считается",
    "levels_together": "уровни экзамена вместе ниже порога, хотя один из них выше",
}


def _near(rules: RuleSet, school: str, outcome: _Outcome) -> NearMiss | None:
    """The one step that would bring the school on the list, or None when it is farther away."""
    need = rules.min_procedures_per_year
    counts = {year: len(low) for year, low in outcome.low.items()}
    low = outcome.all_low(rules)
    missing = {year: need - n for year, n in counts.items() if n < need}
    if len(missing) == 1 and list(missing.values()) == [1]:
        year = next(iter(missing))
        for code in ("levels_together", "few_participants", "below_threshold"):
            nearly = tuple(r for r in outcome.nearly[year] if r.why == code)
            if nearly:
                said = "; ".join(
                    f"{r.procedure}, {r.subject}: {r.low} из {r.participants} ({_comma(r.share)} %)" for r in nearly
                )
                return NearMiss(school, code, f"{year}: {said} — {_WORDS[code]}", low, nearly)
    if all(n >= need - 1 for n in counts.values()) and need > 1:
        said = "; ".join(f"{year}: процедур {n} из {need}" for year, n in counts.items())
        return NearMiss(school, "one_procedure", said, low, ())
    if len(counts) > 1 and list(counts.values()).count(0) == 1 and len(missing) == 1:
        said = "; ".join(f"{year}: процедур {n}" for year, n in counts.items())
        return NearMiss(school, "one_year", said, low, ())
    return None


def _comma(value: Decimal) -> str:
    return str(value).replace(".", ",")


def results_of(reading: Mapping[str, Any]) -> list[SchoolResult]:
    """The usable results of one reading (`reading.model.to_json`): known school, known figures, forms of results."""
    out = []
    for table in reading["tables"]:
        if table["form"] not in FORMS or not (table["procedure"] and table["school_year"] and table["subject"]):
            continue
        for row in table["rows"]:
            if row["group"] != "school" or row["school"] is None or row["participants"] is None:
                continue
            out.append(
                SchoolResult(
                    row["school"],
                    table["school_year"],
                    table["procedure"],
                    table["subject"],
                    table["grade"],
                    table["level"],
                    row["participants"],
                    (row["counts"] or {}).get("2"),
                    row["below_minimum"],
                )
            )
    return out


def to_json(found: LowResults, *, near_misses: bool = False) -> dict[str, Any]:
    """The object of the README, section 7."""
    out: dict[str, Any] = {
        "district": found.district,
        "rules": found.rules,
        "school_years": list(found.school_years),
        "schools": [{"school": v.school, "reasons": [_reason(r) for r in v.reasons]} for v in found.schools],
    }
    if found.conflicts:
        out["conflicts"] = [
            {
                "school": r.school,
                "school_year": r.school_year,
                "procedure": r.procedure,
                "subject": r.subject,
                "grade": r.grade,
                "level": r.level,
                "participants": r.participants,
            }
            for r in found.conflicts
        ]
    if near_misses:
        out["near_misses"] = [
            {
                "school": m.school,
                "code": m.code,
                "note": m.note,
                "low_procedures": [_reason(r) for r in m.low_procedures],
                "nearly": [_reason(r) | {"why": r.why} for r in m.nearly],
            }
            for m in found.near_misses
        ]
    return out


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "school_year": reason.school_year,
        "procedure": reason.procedure,
        "subject": reason.subject,
        "grade": reason.grade,
        "participants": reason.participants,
        "low": reason.low,
        "share": float(reason.share),
    }
