"""A fresh installation: one command opens the office, and its administrator does the rest on the pages."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from schools.models import Organization

pytestmark = pytest.mark.django_db
NEW = "новый-надёжный-пароль-7"


def opened(*words: str) -> str:
    out = StringIO()
    call_command("open_office", *words, stdout=out)
    return out.getvalue()


def test_the_administrator_of_an_empty_installation_comes_in_by_the_printed_link_and_adds_a_school() -> None:
    said = opened("Управление образования Лесного округа", "--admin", "Жуков Илья Романович", "--above", "Министерство")
    client = Client()
    path = re.search(r"/invitations/\S+/", said)
    assert path is not None
    home = client.post(path.group(), {"new_password1": NEW, "new_password2": NEW}, follow=True).content.decode()
    assert "Школ в реестре пока нет" in home
    assert "Методиста пока нет" in home
    page = client.get(reverse("schools:organization_create"))
    assert page.status_code == 200
    assert page.context["authority"].name == "Управление образования Лесного округа"
    assert client.get(reverse("schools:person_create")).status_code == 200


def test_a_second_office_stands_under_the_same_ministry_and_one_office_gets_no_second_administrator_so() -> None:
    opened("Управление образования Лесного округа", "--admin", "Жуков Илья", "--above", "Министерство")
    opened("Управление образования Степного округа", "--admin", "Жуков Илья", "--above", "Министерство")
    assert Organization.objects.filter(parent__name="Министерство").count() == 2
    with pytest.raises(CommandError, match="уже есть"):
        opened("Управление образования Степного округа", "--admin", "Другой Иван")
    assert Organization.objects.count() == 3
