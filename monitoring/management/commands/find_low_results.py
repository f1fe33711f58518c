"""`manage.py find_low_results`: the forecast on the database, or (with files and a registry) a what-if that stores nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitoring.low_results import LowResults, RulesError, find_low_results, parse_rules, results_of, to_json
from schools.registry_file import RegistryFileError, read_registry

if TYPE_CHECKING:
    from schools.models import Organization


class Command(BaseCommand):
    help = "Школы с низкими результатами по набору правил: прогноз по базе или по файлам, ничего не сохраняет."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="файлы результатов; без них — по базе")
        parser.add_argument("--authority", help="орган управления: название или номер, если их несколько")
        parser.add_argument("--registry", type=Path, help="реестр школ, CSV")
        parser.add_argument("--rules", type=Path, help="набор правил, JSON")
        parser.add_argument("--school-year", help="последний из учебных лет, например 2025/2026")
        parser.add_argument("--near-misses", action="store_true", help="показать и тех, кому остался шаг до перечня")
        parser.add_argument("--json", action="store_true", help="напечатать в JSON")

    def handle(self, *args: object, **options: Any) -> None:
        if options["files"]:
            found = from_files(options["files"], options["registry"], options["rules"], options["school_year"])
        else:
            found = from_database(options["authority"], options["rules"], options["school_year"])
        if options["json"]:
            said = to_json(found, near_misses=options["near_misses"])
            sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        else:
            print_short(found, near_misses=options["near_misses"])


def from_database(words: str | None, file: Path | None, school_year: str | None) -> LowResults:
    """The forecast of one office by its newest rules, the default ones or those of `file`. Raises CommandError."""
    from monitoring.forecast import as_low_results, forecast_of, ready_for, rules_in_force

    authority = authority_of(words)
    try:
        rules = parse_rules(file.read_bytes()) if file else rules_in_force(authority)[0]
        rules = ready_for(rules.for_year(school_year) if school_year else rules, authority)
    except OSError as why:
        raise CommandError(f"Файл не открывается: {why.filename}. Проверьте путь.") from None
    except RulesError as why:
        raise CommandError(str(why)) from None
    return as_low_results(forecast_of(authority, rules), authority)


def authority_of(words: str | None) -> Organization:
    """The office named by its id or a part of its name; without words, the only one. Raises CommandError."""
    from schools.enums import OrganizationKind
    from schools.models import Organization

    rows = Organization.objects.filter(kind=OrganizationKind.AUTHORITY).order_by("sort_key", "pk")
    if words and words.isdecimal() and len(words) < 10:
        rows = rows.filter(pk=int(words))
    elif words:
        rows = rows.found_by(words)
    found = list(rows[:11])
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"Органа управления «{words}» нет." if words else "В базе нет ни одного органа управления.")
    names = "; ".join(f"{one.pk} — {one.name}" for one in found[:10])
    raise CommandError(f"Органов управления несколько, укажите --authority: {names}.")


def from_files(files: list[Path], registry: Path | None, rules: Path | None, school_year: str | None) -> LowResults:
    """Reads the files and applies the rules. What could not be read is told on standard error. Raises CommandError."""
    from monitoring.reading.child import read_file

    if registry is None or rules is None:
        raise CommandError("Для расчёта по файлам укажите --registry и --rules.")
    try:
        known = read_registry(registry.read_bytes()).entries
        chosen = parse_rules(rules.read_bytes())
        chosen = chosen.for_year(school_year) if school_year else chosen
        contents = [(file.name, file.read_bytes()) for file in files]
    except OSError as why:
        raise CommandError(f"Файл не открывается: {why.filename}. Проверьте путь.") from None
    except (RegistryFileError, RulesError) as why:
        raise CommandError(str(why)) from None
    results, district = [], None
    for name, data in contents:
        reading = read_file(data, name, registry=known, minimum=chosen.ege_minimum, **settings.READING_LIMITS)
        results += results_of(reading)
        district = district or reading.get("district")
        for problem in reading["problems"]:
            if problem["severity"] == "error":
                sys.stderr.write(f"{name}: {problem['where'] or 'файл'}: {problem['message']}\n")
    kinds = {entry.canonical: entry.kind for entry in known}
    order = [entry.canonical for entry in known]
    return find_low_results(chosen, results, kinds=kinds, order=order, district=district)


def print_short(found: LowResults, *, near_misses: bool) -> None:
    out = sys.stdout.write
    out(f"Прогноз по правилам «{found.rules}», {', '.join(found.school_years)}. Школ: {len(found.schools)}.\n")
    for verdict in found.schools:
        out(f"{verdict.school}\n")
        for r in verdict.reasons:
            grade = f", {r.grade} класс" if r.grade else ""
            share = str(r.share).replace(".", ",")
            out(f"    {r.school_year}: {r.procedure}, {r.subject}{grade} — {r.low} из {r.participants} ({share} %)\n")
    if near_misses:
        for miss in found.near_misses:
            out(f"ещё не: {miss.school} — {miss.note}\n")
    if found.conflicts:
        out("Разные числа об одном и том же (не учтены):\n")
        for r in found.conflicts:
            out(f"    {r.school}: {r.school_year}, {r.procedure}, {r.subject}\n")
