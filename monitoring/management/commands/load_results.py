"""`manage.py load_results FILE… --by LOGIN [--accept-warnings]`: checks files and loads them, as the page does."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from monitoring.actions import imports, uploads
from schools.errors import Refused
from schools.models import User


class Command(BaseCommand):
    help = "Проверяет файлы результатов и загружает их в базу от имени сотрудника. С ошибкой ничего не загружается."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="файлы результатов")
        parser.add_argument(
            "--by", help="имя для входа сотрудника, который загружает; можно не указывать, если орган один"
        )
        parser.add_argument("--accept-warnings", action="store_true", help="загрузить, несмотря на предупреждения")

    def handle(
        self, *args: object, files: list[Path], by: str | None, accept_warnings: bool, **options: object
    ) -> None:
        user = _user(by)
        office = user.office
        if office is None or not user.can("results.import", at=office):
            raise CommandError(f"{user}: загружать результаты может методист или начальник управления.")
        try:
            sent = [(path.name, path.read_bytes()) for path in files]
        except OSError as why:
            raise CommandError(f"Файл не открывается: {why.filename}. Проверьте путь.") from None
        batch = uploads.begin(by=user, authority=office)
        for said in uploads.add_files(by=user, batch=batch, files=sent):
            if isinstance(said, Refused):
                self.stderr.write(str(said))
        batch = imports.check(batch=batch)
        for one in batch.report["problems"]:
            said = "ошибка" if one["severity"] == "error" else "предупреждение"
            self.stderr.write(f"{one['file']}: {one['where'] or 'файл'}: {said}: {one['name']} {one['text']}")
        counts = batch.report
        self.stdout.write(
            f"новых {counts['new']}, изменится {counts['changed']}, без изменений {counts['same']}, "
            f"расхождений {counts['conflicts']}, ошибок {batch.errors}"
        )
        try:
            imports.load(by=user, batch=batch, accept_warnings=accept_warnings)
        except Refused as why:
            raise CommandError(str(why)) from None
        self.stdout.write("Загружено.")


def _user(login: str | None) -> User:
    rows = User.objects.filter(is_active=True)
    if login:
        found = rows.filter(username=login.casefold()).first()
        if found is None:
            raise CommandError(f"Сотрудника с именем для входа «{login}» нет.")
        return found
    offices = list(rows.filter(memberships__role__in=["methodist", "head"]).distinct())
    if len({user.office for user in offices}) != 1:
        raise CommandError("Укажите, от чьего имени загружать: --by ИМЯ_ДЛЯ_ВХОДА.")
    return offices[0]
