"""What a file gives before it is read as a document, and the refusal to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FileKind = Literal["docx", "odt", "rtf", "pdf", "txt", "html", "doc", "scan"]

MAX_BYTES = 20 * 1024 * 1024

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile(r"[ ]+$", re.MULTILINE)
_GAP = re.compile(r"\n{4,}")


class Unreadable(Exception):
    """The file cannot be read. The message is a Russian sentence or two: what happened and what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file, one paragraph per line.

    A table row is one line with its cells separated by tabs; the number of a list stands at the start of its line.
    `notes` are Russian sentences about the file itself. `preview_needed` asks for a look before trusting the text;
    `scan` says that the file holds pictures of pages only (`text` is then empty).
    """

    text: str
    notes: tuple[str, ...] = ()
    kind: FileKind = "txt"
    preview_needed: bool = False
    scan: bool = False


def without_control(text: str) -> str:
    """The text with LF line ends and without characters that no database or page takes (NUL, lone surrogates)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _CONTROL.sub("", text)


def tidy(text: str) -> str:
    """The text of a word processor as plain text: no invisible characters, plain spaces, no trailing ones."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", without_control(text)))
    return _GAP.sub("\n\n\n", _TRAILING.sub("", text.replace("\v", "\n").replace("\f", "\n"))).strip("\n")
