"""`manage.py read_results FILE [--registry CSV] [--rules rules.json] --json`: reads a file of results without a database.

The output is that of the samples' README (schema, codes, section 9). A file that cannot be read is an answer too: exit
code 0, form «unreadable» and the reason. Exit code 1 only for a path or a registry that cannot be used.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitoring.low_results import RulesError, parse_rules
from monitoring.reading.context import DEFAULT_MINIMUM
from schools.registry import Registry
from schools.registry_file import RegistryFileError, read_registry


class Command(BaseCommand):
    help = "Читает файл результатов (XLSX, XLS, ODS, CSV, XML, HTML) и печатает, что понято. База не нужна."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="файл результатов")
        parser.add_argument("--registry", type=Path, help="реестр школ, CSV")
        parser.add_argument("--rules", type=Path, help="набор правил с минимальными баллами ЕГЭ, JSON")
        parser.add_argument("--json", action="store_true", help="напечатать всё прочитанное в JSON")

    def handle(
        self, *args: object, file: Path, registry: Path | None, rules: Path | None, json: bool, **options: object
    ) -> None:
        from monitoring.reading.child import read_file

        try:
            known = read_registry(registry.read_bytes()) if registry else Registry.of([])
            minimum = parse_rules(rules.read_bytes()).ege_minimum if rules else DEFAULT_MINIMUM
            data = file.read_bytes()
        except OSError as why:
            raise CommandError(f"Файл не открывается: {why.filename}. Проверьте путь.") from None
        except (RegistryFileError, RulesError) as why:
            raise CommandError(str(why)) from None
        reading = read_file(data, file.name, registry=known.entries, minimum=minimum, **settings.READING_LIMITS)
        print_json(reading) if json else print_short(reading)


def print_json(reading: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(reading, ensure_ascii=False, indent=1) + "\n")


def print_short(reading: dict[str, Any]) -> None:
    """What a person wants to see at a glance."""
    out = sys.stdout.write
    for table in reading["tables"]:
        facts = [table[k] for k in ("procedure", "school_year", "subject", "grade", "level", "date") if table[k]]
        out(
            f"{table['form']}: {', '.join(map(str, facts)) or 'о чём таблица, не сказано'}; строк {len(table['rows'])}\n"
        )
    for problem in reading["problems"]:
        out(f"  {problem['severity']}: {problem['where'] or 'файл'}: {problem['message']}\n")
