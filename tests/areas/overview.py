"""Where execution stands: the board, the list of tasks, discipline."""

from __future__ import annotations

from typing import Any

TABLE = {
    "reports:board": "mhos",
    "reports:discipline": "mhos",
    "reports:discipline_xlsx": "mhos",
    "reports:discipline_pdf": "mhos",
    "reports:progress_detail": "mho",
    "reports:progress_pdf": "mho",
    "reports:progress_docx": "mho",
    "decisions:matrix_print": "mho",
    "decisions:control_list": "mhos",
    "decisions:control_xlsx": "mhos",
}

LISTS = {
    ("methodist", "reports:board"): 12,
    ("observer", "reports:board"): 10,
    ("methodist", "reports:discipline"): 11,
    ("observer", "reports:discipline"): 11,
    ("methodist", "decisions:control_list"): 11,
    ("observer", "decisions:control_list"): 11,
    ("methodist", "decisions:control_xlsx"): 8,
}


def build(world: Any) -> None:
    """The protocol of the world is what its pages show."""
    world.ids |= {"reports:progress_": {"pk": world.document.pk}}
