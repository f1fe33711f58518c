"""The registry from a file and to a file: checked first, all problems at once, nothing half done, the export comes back."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from schools.actions import groups, registry_import
from schools.errors import Refused
from schools.models import Organization, UploadCheck, User
from tests.cast import Cast
from tests.office import office_from

GOOD = """canonical,kind,settlement,number,inn,aliases
СОШ № 10,СОШ,г. Заречный,10,1234567890,МБОУ СОШ №10 | школа №10
ООШ с. Лесное,ООШ,с. Лесное,,,
"""
BAD = """canonical,kind,number,inn,opened
СОШ № 10,СОШ,10,12,01.09.2001
,СОШ,11,,
СОШ № 12,СОШ,12,,когда-то
Школа № 13,не пойму,13,,
"""


def checked(cast: Cast, text: str) -> UploadCheck:
    return registry_import.check(
        by=cast.admin, home=cast.authority, name="реестр.csv", content=text.encode(), content_type="text/csv"
    )


def test_every_problem_is_told_at_once_with_its_place_and_nothing_is_written(cast: Cast) -> None:
    before = Organization.objects.count()
    upload = checked(cast, BAD)
    problems = upload.report["problems"]
    assert {one["row"] for one in problems} == {2, 3, 4, 5}
    assert all(one["column"] and one["reason"] for one in problems)
    assert any("когда-то" in str(one["value"]) for one in problems)
    with pytest.raises(Refused):
        registry_import.apply(by=cast.admin, upload=upload)
    assert Organization.objects.count() == before


def test_a_good_file_is_written_and_the_same_file_again_changes_nothing(cast: Cast) -> None:
    assert registry_import.apply(by=cast.admin, upload=checked(cast, GOOD)) == 2
    school = Organization.objects.get(authority=cast.authority, name="СОШ № 10")
    assert set(school.aliases.values_list("text", flat=True)) == {"МБОУ СОШ №10", "школа №10"}
    again = checked(cast, GOOD)
    assert again.report["new_count"] == again.report["changed_count"] == 0
    assert registry_import.apply(by=cast.admin, upload=again) == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_comes_back_without_a_change(cast: Cast, as_user: Callable[[User], Client], kind: str) -> None:
    registry_import.apply(by=cast.admin, upload=checked(cast, GOOD))
    answer = as_user(cast.admin).get(reverse(f"schools:registry_export_{kind}"))
    upload = registry_import.check(
        by=cast.admin,
        home=cast.authority,
        name=f"registry.{kind}",
        content=answer.content,
        content_type=answer["Content-Type"],
    )
    assert upload.report["problems"] == []
    assert upload.report["new_count"] == upload.report["changed_count"] == 0


def test_the_registry_beside_the_real_documents_is_valid(gold: Path, db: None) -> None:
    with (gold / "registry.csv").open(encoding="utf-8-sig") as stream:
        largest, _ = Counter(row["authority"] for row in csv.DictReader(stream)).most_common(1)[0]
    office = office_from(gold / "registry.csv", largest)
    assert Organization.objects.filter(authority=office.authority, kind="school").count() > 10


def test_the_pages_lead_from_the_file_to_the_registry(cast: Cast, as_user: Callable[[User], Client]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_user(cast.admin)
    file = SimpleUploadedFile("реестр.csv", GOOD.encode(), content_type="text/csv")
    page = client.post(reverse("schools:registry_import_create"), {"file": file}, follow=True)
    assert "Записать в реестр" in page.content.decode()
    upload = UploadCheck.objects.get()
    done = client.post(reverse("schools:registry_import_apply", args=[upload.pk]), follow=True)
    assert "Реестр загружен" in done.content.decode()
    assert Organization.objects.filter(authority=cast.authority, name="ООШ с. Лесное").exists()


def test_the_first_schools_of_an_office_bring_the_group_that_every_protocol_addresses(cast: Cast) -> None:
    home = cast.other_authority
    home.groups.all().delete()
    text = GOOD.replace("1234567890", "")
    upload = registry_import.check(
        by=cast.admin, home=home, name="р.csv", content=text.encode(), content_type="text/csv"
    )
    registry_import.apply(by=cast.admin, upload=upload)
    group = home.groups.get()
    assert "руководители общеобразовательных организаций" in group.wordings
    groups.delete_group(by=cast.admin, group=group)
    more = (text + "СОШ № 77,СОШ,,77,,\n").encode()
    upload = registry_import.check(by=cast.admin, home=home, name="р.csv", content=more, content_type="text/csv")
    registry_import.apply(by=cast.admin, upload=upload)
    assert not home.groups.exists()
