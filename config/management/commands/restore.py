"""`manage.py restore FILE.tar.gz`: into an empty, migrated place."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import BadBackup, restore


class Command(BaseCommand):
    help = "Восстанавливает архив, сделанный backup, в пустую базу (сначала выполните migrate)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="архив")

    def handle(self, *args: object, source: Path, **options: object) -> None:
        try:
            manifest = restore(source, Path(settings.DATA_DIR) / "files")
        except BadBackup as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"Восстановлено: строк {sum(manifest['rows'].values())}, файлов {len(manifest['files'])}.")
