"""`manage.py demo --once`: loads the invented district into an empty database and writes its accounts to DATA_DIR."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from reports.demo import (
    chains,
    collecting,
    cycle,
    district,
    documents,
    life,
    lists,
    mentoring,
    paper,
    reminders,
    results,
)
from schools.models import Organization


class Command(BaseCommand):
    help = "Загружает демонстрационный округ: школы, сотрудники, протоколы. Только в пустую базу."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="ничего не делать, если база не пуста")

    def handle(self, *args: object, once: bool = False, **options: object) -> None:
        if Organization.objects.exists():
            if once:
                return
            raise CommandError("База не пуста: демонстрационный округ загружается только в пустую.")
        path = settings.DATA_DIR / "accounts.txt"
        with transaction.atomic():
            made = district.build()
            documents.build(made)
            paper.build(made)
            chains.build(made)
            reminders.build(made)
            life.build(made)
            collecting.build(made)
            results.build(made)
            lists.build(made)
            mentoring.build(made)
            cycle.build(made)
            lines = [f"{a.login:<20} {a.password:<20} {a.who}" for a in made.accounts]
            path.write_text("\n".join([f"{'логин':<20} {'пароль':<20} кто это", *lines]) + "\n", encoding="utf-8")
            path.chmod(0o600)
        self.stdout.write(f"Демонстрационный округ загружен. Учётные записи: {path}")
