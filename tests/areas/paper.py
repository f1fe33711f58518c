"""Issued papers, their check page, scans, acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decisions.actions.intake import store_source
from decisions.models import Document, Scan
from schools.models import IssuedPaper

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.world import World

PUBLIC = frozenset({"schools:paper_find", "schools:paper_check"})

TABLE = {
    "schools:paper_pdf": "mho",
    "decisions:scan_create": "mhs",
    "decisions:scan_confirm": "mh",
    "decisions:scan_page": "mho",
    "decisions:scan_file": "mho",
    "decisions:scan_drop": "mh",
    "decisions:document_acknowledge": "dn",
    "decisions:acknowledgement_list": "mho",
    "decisions:acknowledgement_remind": "mh",
}

LISTS = {
    ("methodist", "decisions:acknowledgement_list"): 13,
    ("methodist", "decisions:scan_create"): 7,
}


def scan_of(cast: Cast, document: Document | None, name: str) -> Scan:
    """A scan somebody uploaded and nobody confirmed."""
    file = store_source(
        by=cast.methodist, authority=cast.authority, name=name, content=name.encode(), content_type="application/pdf"
    )
    page = store_source(
        by=cast.methodist, authority=cast.authority, name="1.jpg", content=b"\xff\xd8\xff", content_type="image/jpeg"
    )
    return Scan.objects.create(
        authority=cast.authority, document=document, file=file, preview=page, pages=1, created_by=cast.methodist
    )


def grow(cast: Cast, document: Document, rows: int) -> None:
    for number in range(rows):
        scan_of(cast, document, f"Скан {number}.pdf")


def build(world: World) -> None:
    paper = IssuedPaper.objects.of(world.document).get()
    world.ids |= {
        "schools:paper_check": {"code": paper.code},
        "schools:paper_pdf": {"pk": paper.pk},
        "decisions:scan_": {"pk": scan_of(world.cast, world.document, "Скан.pdf").pk},
        "decisions:document_acknowledge": {"pk": world.document.pk},
        "decisions:acknowledgement_": {"pk": world.document.pk},
    }
