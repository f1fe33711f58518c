"""A DOCX made of raw OOXML, as Word writes it: for tests only, independent of the code that reads it.

`docx_of(text)` turns a printed protocol into what a methodist has: the numbers at the starts of the lines become
automatic ones (w:numPr), with restarts and overrides wherever the printed numbers ask for them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(body: str, *, numbering: str = "", styles: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a DOCX whose w:body, w:numbering and w:styles have these contents; `parts` go in as they are."""
    contents = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(
            {"rId1": ("numbering", "numbering.xml"), "rId2": ("styles", "styles.xml")}
        ),
        "word/document.xml": f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/numbering.xml": f"{_HEAD}<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
        "word/styles.xml": f"{_HEAD}<w:styles {_NAMESPACES}>{styles}</w:styles>",
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line breaks become w:tab and w:br."""
    pieces = "".join(
        "<w:tab/>"
        if piece == "\t"
        else "<w:br/>"
        if piece == "\n"
        else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{pieces}</w:r>"


def paragraph(
    content: str = "", *, num: int | None = None, level: int | None = None, style: str = "", mark: str = ""
) -> str:
    """A paragraph; `content` is XML when it starts with «<», else text. `mark` goes into the mark's own w:rPr."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None or level is not None:
        ilvl = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        numbered = "" if num is None else f'<w:numId w:val="{num}"/>'
        properties += f"<w:numPr>{ilvl}{numbered}</w:numPr>"
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    inner = content if content.startswith("<") else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def cell(*paragraphs: str, span: int = 1, merge: str | None = None) -> str:
    """A cell; `merge` is "restart" or "" for a vertical one."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge is not None:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    inner = "".join(p if p.startswith("<w:") else paragraph(p) for p in paragraphs) or paragraph()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: Iterable[str], properties: Mapping[int, str] | None = None) -> str:
    """A table of rows of cells (XML or text); `properties` are w:trPr contents by row index."""
    out = ""
    for index, row in enumerate(rows):
        extra = (properties or {}).get(index, "")
        cells = "".join(c if c.startswith("<w:") else cell(c) for c in row)
        out += f"<w:tr>{f'<w:trPr>{extra}</w:trPr>' if extra else ''}{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/>{out}</w:tbl>"


def abstract(key: int, levels: Iterable[str], extra: str = "") -> str:
    """A w:abstractNum of ready levels (see `level`)."""
    return f'<w:abstractNum w:abstractNumId="{key}">{extra}{"".join(levels)}</w:abstractNum>'


def level(index: int, text: str, *, fmt: str = "decimal", start: int | None = 1, extra: str = "") -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def num(key: int, abstract_key: int, starts: Mapping[int, int] | None = None, overrides: str = "") -> str:
    """A w:num; `starts` are w:startOverride by level."""
    restarts = "".join(
        f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for index, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{restarts}{overrides}</w:num>'


# The lists of `docx_of`: how the number looks, and the w:abstractNum that prints it so.
_LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_NUMBER = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?P<end>[.)])[ \t\u00a0]*(?=[^\W\d_]|[«(\"])")
_ROMAN = re.compile(r"(?P<n>[IVX]+)(?P<end>[.)])[ \t]+(?=[^\W\d_])")
_LETTER = re.compile(rf"(?P<n>[{_LETTERS}])(?P<end>\))[ \t]*(?=[^\W\d_])")
_BULLET = re.compile(r"[-–•][ \t]+(?=\S)")
_MARKUP = re.compile(r"\*\*|^#+ |\[bookmark: [^\]]*\]")


def plain(text: str) -> str:
    """The text without the marks of Markdown and bookmarks that a DOCX cannot have."""
    return "\n".join(_MARKUP.sub("", line) for line in text.split("\n"))


@dataclass
class _Lists:
    """What Word would print next in each list, and the w:num elements made so far."""

    nums: list[str] = field(default_factory=list)
    counters: dict[int, list[int]] = field(default_factory=dict)  # abstract list → values of its levels so far
    current: dict[int, int] = field(default_factory=dict)  # abstract list → its latest w:num

    def place(self, abstract_key: int, values: list[int]) -> tuple[int, int]:
        """(w:num, level) that prints these values, restarting the list where it would print others."""
        before = self.counters.get(abstract_key)
        deep = len(values) - 1
        if before is None or not self._follows(before, values):
            self.nums.append(num(len(self.nums) + 1, abstract_key, dict(enumerate(values))))
            self.current[abstract_key] = len(self.nums)
        self.counters[abstract_key] = values
        return self.current[abstract_key], deep

    @staticmethod
    def _follows(before: list[int], values: list[int]) -> bool:
        deep = len(values) - 1
        if len(before) <= deep:
            # Only one level deeper: what Word prints at a skipped level depends on its start.
            return len(before) == deep and values[:-1] == before and values[-1] == 1
        return values[:-1] == before[:deep] and values[-1] == before[deep] + 1


def docx_of(text: str) -> bytes:
    """A printed document as a DOCX with automatic numbering; a line is a paragraph, an empty one too.

    Reading it back gives `plain(text)` up to spaces. A restart begins a new w:num, whose deeper levels start at 1.
    """
    lists, body = _Lists(), []
    for line in plain(text).split("\n"):
        stripped = line.strip()
        placed = _placed(stripped, lists)
        if placed is None:
            body.append(paragraph(stripped))
        else:
            (list_num, deep), rest = placed
            body.append(paragraph(rest, num=list_num, level=deep))
    return package("".join(body), numbering=_ABSTRACTS + "".join(lists.nums))


def _placed(line: str, lists: _Lists) -> tuple[tuple[int, int], str] | None:
    if found := _NUMBER.match(line):
        values = [int(value) for value in found["n"].split(".")]
        if "00" not in found["n"] and str(values[0]) == found["n"].split(".")[0] and all(values):
            return lists.place(0 if found["end"] == "." else 1, values), line[found.end() :]
    if (found := _ROMAN.match(line)) and found["n"] in _ROMANS:
        return lists.place(2 if found["end"] == "." else 3, [_ROMANS.index(found["n"]) + 1]), line[found.end() :]
    if found := _LETTER.match(line):
        return lists.place(4, [_LETTERS.index(found["n"]) + 1]), line[found.end() :]
    if found := _BULLET.match(line):
        return lists.place(5, [1]), line[found.end() :]
    return None


def _dotted(key: int, end: str) -> str:
    texts = [".".join(f"%{n}" for n in range(1, depth + 2)) + end for depth in range(9)]
    return abstract(key, (level(index, text) for index, text in enumerate(texts)))


_ABSTRACTS = "".join(
    (
        _dotted(0, "."),
        _dotted(1, ")"),
        abstract(2, [level(0, "%1.", fmt="upperRoman")]),
        abstract(3, [level(0, "%1)", fmt="upperRoman")]),
        abstract(4, [level(0, "%1)", fmt="russianLower")]),
        abstract(5, [level(0, "\uf0b7", fmt="bullet")]),
    )
)
