"""Loading results: batches, files, answers to what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.actions import imports, uploads
from monitoring.models import ImportBatch, ImportFile
from tests.monitoring.readings import problem, put, reading, row, table

if TYPE_CHECKING:
    from decisions.models import Document
    from tests.cast import Cast
    from tests.world import World

TABLE = {
    "monitoring:import_list": "mhs",
    "monitoring:import_create": "mhs",
    "monitoring:import_start": "mhs",
    "monitoring:import_detail": "mh",
    "monitoring:import_file_add": "mh",
    "monitoring:import_more": "mh",
    "monitoring:import_check": "mh",
    "monitoring:import_load": "mh",
    "monitoring:import_undo": "mh",
    "monitoring:import_drop": "mh",
    "monitoring:import_conflict": "mh",
    "monitoring:import_file": "mh",
    "monitoring:import_school": "mh",
    "monitoring:import_skip": "mh",
    "monitoring:import_facts": "mh",
    "monitoring:import_file_remove": "mh",
}
LISTS = {("methodist", "monitoring:import_list"): 8}


def build(world: World) -> None:
    from tests.world import stored

    cast = world.cast
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    said = reading(
        table(row(cast.school, (3, 5, 8, 4)), row(None, (1, 2, 3, 4), line=10, name="Первая")),
        table(row(cast.school, (3, 5, 8, 4)), school_year=None, form="plain_table"),
        problems=(problem("unknown_school", 10),),
    )
    file = put(batch, said)
    ImportFile.objects.filter(pk=file.pk).update(stored=stored(cast, "Отметки.xlsx"))
    imports.check(batch=batch)
    world.ids |= {
        "monitoring:import_": {"pk": batch.pk},
        **{f"monitoring:import_{name}": {"pk": file.pk} for name in ("skip", "facts", "file_remove")},
        "monitoring:import_file": {"pk": file.pk},
        "monitoring:import_file_add": {"pk": batch.pk},
    }
    world.posts |= {
        "monitoring:import_school": {"organization": cast.school.pk, "printed": "Первая"},
        "monitoring:import_skip": {"row": "Лист1:10"},
        "monitoring:import_facts": {"table": 0, "school_year": "2024/2025"},
        "monitoring:import_conflict": {"take": "old"},
    }


def grow(cast: Cast, document: Document, rows: int) -> None:
    for _ in range(rows):
        ImportBatch.objects.create(authority=cast.authority, created_by=cast.methodist)
