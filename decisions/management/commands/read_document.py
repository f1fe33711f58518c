"""`manage.py read_document FILE [--registry CSV] --json`: reads a document without a database.

The output is that of the gold README (schema, conventions, extra keys). Errors are a Russian sentence and exit code 1.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from decisions.reading.containers import Unreadable
from schools.registry import Registry
from schools.registry_file import RegistryFileError, read_registry


class Command(BaseCommand):
    help = "Читает документ (DOCX, ODT, RTF, PDF, TXT, DOC) и печатает пункты, сроки и исполнителей. База не нужна."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="файл документа")
        parser.add_argument("--registry", type=Path, help="реестр организаций, CSV")
        parser.add_argument("--json", action="store_true", help="напечатать всё прочитанное в JSON")

    def handle(self, *args: object, file: Path, registry: Path | None, json: bool, **options: object) -> None:
        from decisions.reading.child import read_file

        try:
            known = read_registry(registry.read_bytes()) if registry else Registry.of([])
            reading, loaded = read_file(file.read_bytes(), file.name, registry=known, **settings.READING_LIMITS)
        except OSError as why:
            raise CommandError(f"Файл не открывается: {why.filename}. Проверьте путь.") from None
        except (Unreadable, RegistryFileError) as why:
            raise CommandError(str(why)) from None
        if loaded.scan:
            raise CommandError(
                "В файле нет текста: это скан. Сохраните его как подписанный экземпляр, а текст вставьте или загрузите из Word."
            )
        print_json(reading) if json else print_short(reading)


def print_json(reading: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(reading, ensure_ascii=False, indent=2) + "\n")


def print_short(reading: dict[str, Any]) -> None:
    """What a person wants to see at a glance."""
    out = sys.stdout.write
    out(
        f"{reading['kind']} № {reading['number']} от {reading['date']}: {reading['meeting'] or reading['title'] or ''}\n\n"
    )
    for clause in reading["decisions"]:
        who = ", ".join(a["text"] for a in clause["addressees"]) or "—"
        term = clause["deadline"]["due"] or clause["deadline"]["text"] or clause["deadline"]["kind"]
        out(f"{clause['path']:<8} {clause['text']}\n{'':<8} кому: {who}; срок: {term}\n")
        for question in clause["ask"]:
            out(f"{'':<8} ? {question if isinstance(question, str) else question.get('text', question)}\n")
