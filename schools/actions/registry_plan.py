"""What taking a registry file would do: which rows are new, which differ and in what, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schools.enums import OrganizationKind
from schools.models import Organization, OrganizationCode, User
from schools.registry_format import AUTHORITY_WORDS, CODE_SYSTEMS, aliases_of, values_of, with_registry
from schools.registry_kinds import kind_of, refusal
from schools.registry_table import Problem, Table, TableRow
from schools.search import normalized

# What a row that describes the authority itself does not change: its place in the tree and the name it goes by.
NOT_OF_A_NODE = ("authority", "aliases", "kind", "parent", "canonical")


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """An authority that the file names and the tree has not: it will stand under the ministry."""

    name: str
    parent: Organization


@dataclass
class Entry:
    """One row of the file beside the organisation it means (None: a new one), and what differs."""

    row: TableRow
    authority_key: str
    organization: Organization | None = None
    is_authority: bool = False
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    new_aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.organization.name if self.organization else self.row.values.get("canonical", "")

    @property
    def differs(self) -> bool:
        return bool(self.after or self.new_aliases)


@dataclass
class Plan:
    table: Table
    refusal: str = ""
    choice: list[str] = field(default_factory=list)
    targets: dict[str, Organization | NewAuthority | None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[Entry]:
        return [one for one in self.entries if one.organization is None]

    @property
    def changed(self) -> list[Entry]:
        return [one for one in self.entries if one.organization is not None and one.differs]

    @property
    def same(self) -> int:
        return sum(1 for one in self.entries if one.organization is not None and not one.differs)

    def ordered(self) -> Iterator[Entry]:
        """What is to be written, parents before those below them."""
        waiting = {
            (one.authority_key, normalized(one.row.values["canonical"])): one for one in [*self.new, *self.changed]
        }

        def go(key: tuple[str, str]) -> Iterator[Entry]:
            one = waiting.pop(key, None)
            if one is not None:
                yield from go((one.authority_key, normalized(one.row.values.get("parent", ""))))
                yield one

        for key in list(waiting):
            yield from go(key)


def make_plan(*, by: User, home: Organization, table: Table, chosen: str) -> Plan:
    """Four queries whatever the file: authorities, organisations with their aliases and codes, codes of others."""
    plan = Plan(table=table, problems=list(table.problems))
    _aim(plan, by, home, chosen)
    if plan.choice:
        return plan
    kept = _Kept([t for t in plan.targets.values() if isinstance(t, Organization)])
    taken = _codes_of_others(table)
    seen: dict[int, TableRow] = {}
    for row in table.rows:
        key = normalized(row.values.get("authority", ""))
        target = plan.targets.get(key)
        if target is None or not row.values.get("canonical"):
            continue
        entry = Entry(row, key)
        if isinstance(target, Organization):
            entry.organization = kept.find(row, target, plan)
        entry.is_authority = row.values.get("kind", "").casefold() == AUTHORITY_WORDS and (
            entry.organization is None and isinstance(target, NewAuthority)
        )
        if entry.organization is not None:
            first = seen.setdefault(entry.organization.pk, row)
            if first is not row:
                plan.problems.append(
                    row.problem("canonical", f"это та же организация, что в строке {first.line}: «{entry.name}»")
                )
        _compare(entry, kept, target)
        _check_kind(entry, plan)
        _check_codes(entry, taken, plan)
        plan.entries.append(entry)
    _check_parents(plan, kept)
    plan.problems.sort(key=lambda one: (one.sheet, one.row))
    return plan


def _aim(plan: Plan, by: User, home: Organization, chosen: str) -> None:
    """Which authority the rows of each printed authority go to."""
    printed = {normalized(row.values.get("authority", "")): row.values.get("authority", "") for row in plan.table.rows}
    ministry = home.kind == OrganizationKind.MINISTRY
    reach = by.reach("registry.manage").authorities
    known: dict[str, Organization] = {}
    for node in Organization.objects.filter(pk__in=reach):
        known[normalized(node.name)] = node
        if node.full_name:
            known[normalized(node.full_name)] = node
    if not ministry and len(printed) <= 1:
        plan.targets = dict.fromkeys(printed, home)
        return
    for key, name in printed.items():
        if key in known:
            plan.targets[key] = known[key]
        elif chosen and key == normalized(chosen):
            plan.targets[key] = home
        elif ministry and name:
            plan.targets[key] = NewAuthority(name, home)
        elif not key:
            rows = [row for row in plan.table.rows if not row.values.get("authority")]
            plan.problems += [
                row.problem("authority", "укажите орган управления, к которому относится строка") for row in rows
            ]
            plan.targets[key] = None
        else:
            plan.targets[key] = None
    if not any(plan.targets.values()) and not plan.problems:
        plan.choice = sorted(name for name in printed.values() if name)
        return
    others = sorted(name for key, name in printed.items() if plan.targets[key] is None and name)
    if others and not ministry:
        plan.notes.append("Строки других органов управления не загружаются: " + "; ".join(others) + ".")


class _Kept:
    """The organisations kept already, found by name or by code."""

    def __init__(self, authorities: list[Organization]) -> None:
        rows = with_registry(Organization.objects.filter(authority__in=authorities))
        self.rows = list(rows.order_by("pk"))
        self.values = {row.pk: values_of(row) for row in self.rows}
        self.names: dict[tuple[int | None, str], Organization] = {}
        for row in sorted(self.rows, key=lambda one: one.closed is None):
            self.names[(row.authority_id, normalized(row.name))] = row
        self.codes = {
            (column, self.values[row.pk][column]): row
            for row in self.rows
            for column in CODE_SYSTEMS
            if self.values[row.pk][column]
        }

    def find(self, row: TableRow, authority: Organization, plan: Plan) -> Organization | None:
        by_name = self.names.get((authority.pk, normalized(row.values["canonical"])))
        for column in CODE_SYSTEMS:
            by_code = self.codes.get((column, row.values.get(column, "")))
            if by_code is None or by_code.authority_id != authority.pk:
                continue
            if by_name is not None and by_name.pk != by_code.pk:
                plan.problems.append(row.problem(column, f"код принадлежит другой организации: «{by_code.name}»"))
            return by_name or by_code
        if by_name is None and row.values.get("kind", "").casefold() == AUTHORITY_WORDS:
            return next((one for one in self.rows if one.pk == authority.pk), None)
        return by_name


def _compare(entry: Entry, kept: _Kept, target: Organization | NewAuthority | None) -> None:
    """What the file says otherwise than the row kept; the file's empty cells say nothing."""
    row, organization = entry.row, entry.organization
    aliases = row.aliases
    if organization is None:
        if entry.is_authority and target is not None:
            entry.after = {column: value for column, value in row.values.items() if column not in NOT_OF_A_NODE}
            if normalized(row.values["canonical"]) != normalized(target.name):
                aliases = (row.values["canonical"], *aliases)
        entry.new_aliases = _without_repeats(aliases, set())
        return
    now = kept.values[organization.pk]
    node = organization.kind == OrganizationKind.AUTHORITY
    for column, value in row.values.items():
        if column in ("authority", "aliases") or (node and column in NOT_OF_A_NODE):
            continue
        same = (
            normalized(value) == normalized(now[column])
            if column in ("canonical", "kind", "parent")
            else value == now[column]
        )
        if column == "parent" and not now["parent"] and normalized(value) in _names_of(organization.authority):
            same = True
        if not same:
            entry.before[column], entry.after[column] = now[column], value
    if node and normalized(row.values["canonical"]) not in _names_of(organization):
        aliases = (row.values["canonical"], *aliases)
    entry.new_aliases = _without_repeats(aliases, {normalized(alias.text) for alias in aliases_of(organization)})


def _without_repeats(aliases: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    new = {}
    for text in aliases:
        if normalized(text) not in known:
            new.setdefault(normalized(text), text)
    return tuple(new.values())


def _names_of(node: Organization | None) -> set[str]:
    return {normalized(node.name), normalized(node.full_name)} - {""} if node else set()


def _codes_of_others(table: Table) -> dict[tuple[str, str], Organization]:
    wanted = {row.values[column] for row in table.rows for column in CODE_SYSTEMS if column in row.values}
    rows = OrganizationCode.objects.filter(code__in=wanted).exclude(system="other").select_related("organization")
    columns = {system: column for column, system in CODE_SYSTEMS.items()}
    return {(columns[row.system], row.code): row.organization for row in rows if row.system in columns}


def _check_kind(entry: Entry, plan: Plan) -> None:
    """A kind that is new to us and says nothing known is asked about; what is kept already is not doubted again."""
    words = entry.row.values.get("kind", "")
    if words.casefold() == AUTHORITY_WORDS or (entry.organization is not None and "kind" not in entry.after):
        return
    if kind_of(words, under_school=False) is None:
        plan.problems.append(entry.row.problem("kind", refusal(words)))


def _check_codes(entry: Entry, taken: dict[tuple[str, str], Organization], plan: Plan) -> None:
    for column in CODE_SYSTEMS:
        owner = taken.get((column, entry.row.values.get(column, "")))
        if owner is None or (entry.organization is not None and owner.pk == entry.organization.pk):
            continue
        reason = "код принадлежит другой организации"
        if not any(one.row == entry.row.line and one.column == column for one in plan.problems):
            plan.problems.append(entry.row.problem(column, reason))


def _check_parents(plan: Plan, kept: _Kept) -> None:
    """Every parent is a row of the file or kept already, and nobody stands under oneself."""
    in_file = {(one.authority_key, normalized(one.row.values["canonical"])): one for one in plan.entries}
    for one in plan.entries:
        wanted = normalized(one.row.values.get("parent", ""))
        if not wanted:
            continue
        target = plan.targets[one.authority_key]
        authority = target if isinstance(target, Organization) else None
        names = _names_of(authority) if authority else {normalized(target.name)} if target else set()
        if wanted in names:
            continue
        if (one.authority_key, wanted) not in in_file and not (authority and (authority.pk, wanted) in kept.names):
            plan.problems.append(one.row.problem("parent", "такой организации нет ни в файле, ни в реестре"))
            continue
        trail = {normalized(one.row.values["canonical"])}
        while wanted:
            if wanted in trail:
                plan.problems.append(one.row.problem("parent", "организация не может подчиняться сама себе"))
                break
            trail.add(wanted)
            above = in_file.get((one.authority_key, wanted))
            wanted = normalized(above.row.values.get("parent", "")) if above else ""
            if wanted in names:
                break
