"""`manage.py open_office "НАЗВАНИЕ" --admin "Фамилия Имя Отчество"`: the first step of a fresh installation."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from schools.actions.offices import open_office
from schools.errors import Refused


class Command(BaseCommand):
    help = "Заводит орган управления образованием и его администратора; печатает ссылку, по которой тот задаст пароль."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="краткое название, например «Управление образования Заречного округа»")
        parser.add_argument("--admin", required=True, help="фамилия, имя и отчество администратора")
        parser.add_argument("--full-name", default="", help="полное название, как в шапке документов")
        parser.add_argument("--above", default="", help="министерство, которому орган подчинён")
        parser.add_argument("--email", default="", help="почта администратора")
        parser.add_argument("--login", default="", help="имя для входа; иначе — фамилия латиницей")

    def handle(self, *args: object, name: str, admin: str, email: str, login: str, **options: str) -> None:
        if not name.strip() or not admin.strip():
            raise CommandError("Напишите название органа управления и, после --admin, фамилию администратора.")
        try:
            if email:
                validate_email(email)
            office, user, path = open_office(
                name=name,
                administrator=admin,
                full_name=options["full_name"],
                above=options["above"],
                email=email,
                login=login,
            )
        except ValidationError:
            raise CommandError(f"«{email}» — не адрес почты.") from None
        except Refused as why:
            raise CommandError(str(why)) from None
        self.stdout.write(
            f"«{office}» готов. Администратор — {user}, имя для входа: {user.username}.\n"
            f"Пароль он задаст по ссылке (действует 14 дней): {settings.SITE_URL.rstrip('/')}{path}\n"
            "Дальше на сайте: загрузить реестр школ, добавить сотрудников, напечатать директорам коды для входа."
        )
