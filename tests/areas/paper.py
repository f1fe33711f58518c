"""Issued papers, their check page, scans, acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schools.models import IssuedPaper

if TYPE_CHECKING:
    from tests.world import World

PUBLIC = frozenset({"schools:paper_find", "schools:paper_check"})

TABLE = {
    "schools:paper_pdf": "mho",
}


def build(world: World) -> None:
    paper = IssuedPaper.objects.of(world.document).get()
    world.ids |= {
        "schools:paper_check": {"code": paper.code},
        "schools:paper_pdf": {"pk": paper.pk},
    }
