"""RTF: words by striprtf; the numbers Word wrote beside list items are kept, rows of tables become lines with tabs."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from .loaded import Loaded, tidy

NOTE = "Файл RTF прочитан без оформления: проверьте нумерацию и таблицы."

# «{\listtext\pard\plain 1.1.\tab}» holds the printed number of an automatic list: the braces are opened so that it stays.
_LISTTEXT = re.compile(rb"\{\\(?:\*\\)?(?:listtext|pntext)(?P<inside>(?:[^{}]|\{[^{}]*\})*)\}")
_TAB = re.compile(rb"\\tab(?![a-z])")
_BULLETS = re.compile(r"^[ \t]*[\u00b7\u2022\uf0b7\uf02d\u25cf\u25aa\u2013]\s+", re.MULTILINE)
_CELL_END = re.compile(r"\|(?=\n|$)")


def load_rtf(data: bytes) -> Loaded:
    """The text of an RTF file; letters by the code page it names."""
    opened = _LISTTEXT.sub(lambda found: _TAB.sub(b"", found["inside"]) + b" ", data)
    encoding = _code_page(data)
    text = rtf_to_text(opened.decode("latin-1"), encoding=encoding, errors="ignore")
    lines = [_row(line) for line in re.sub(r"^(\s*\S{1,8}) {2,}", r"\1 ", text, flags=re.MULTILINE).split("\n")]
    return Loaded(text=tidy(_BULLETS.sub("- ", "\n".join(lines))), kind="rtf", notes=(NOTE,), preview_needed=False)


def _code_page(data: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d{3,5})", data[:4000])
    name = f"cp{found[1].decode()}" if found else "cp1251"
    try:
        "".encode(name)
    except LookupError:
        return "cp1251"
    return "cp1251" if name == "cp1252" and b"\\'" in data else name


def _row(line: str) -> str:
    """striprtf separates cells by «|» and ends a row with one."""
    if line.count("|") >= 2 and line.rstrip().endswith("|"):
        return "\t".join(" ".join(cell.split()) for cell in line.rstrip()[:-1].split("|"))
    return line
