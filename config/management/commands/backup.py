"""`manage.py backup FILE.tar.gz`: database and files of one moment."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import backup


class Command(BaseCommand):
    help = "Сохраняет базу и файлы в один архив. Его же берёт restore, и в PostgreSQL, и в SQLite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="куда записать, например copy.tar.gz")

    def handle(self, *args: object, target: Path, **options: object) -> None:
        if target.exists():
            raise CommandError(f"{target} уже есть. Укажите другое имя: прежняя копия не перезаписывается.")
        manifest = backup(target, Path(settings.DATA_DIR) / "files")
        self.stdout.write(f"Готово: {target}. Строк {sum(manifest['rows'].values())}, файлов {len(manifest['files'])}.")
