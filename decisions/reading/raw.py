"""Clauses while they are being found: the tree, and the path each gets when all are known. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from decisions.reading.tables import TableRow
from decisions.reading.text import Healed, Joining, Line


@dataclass
class RawClause:
    """A clause before its words are understood. `kind`: number, letter, bullet, plain, roman, row."""

    number: str
    kind: str
    pieces: list[Healed] = field(default_factory=list)
    parent: RawClause | None = None
    question: int | None = None
    section: str = ""
    row: TableRow | None = None
    children: int = 0
    heads: bool = False  # names the executor of what stands below without a colon
    mark: str = ""  # what stands behind the number: a dot or a bracket
    path: str = ""
    _joining: Joining = field(default_factory=Joining, repr=False, compare=False)
    _joined: list[Healed] = field(default_factory=list, repr=False, compare=False)
    _body: Healed | None = field(default=None, repr=False, compare=False)

    @property
    def body(self) -> Healed:
        """The pieces as one text; asked after every line of a long clause, so only what is new is joined."""
        done = self._joined
        if len(done) > len(self.pieces) or any(a is not b for a, b in zip(done, self.pieces, strict=False)):
            self._joining, self._joined, self._body = Joining(), [], None  # a piece was changed or taken away
        fresh = self.pieces[len(self._joined) :]
        if fresh or self._body is None:
            for piece in fresh:
                self._joining.add(piece)
            self._joined += fresh
            self._body = self._joining.whole
        return self._body

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def leads_in(self) -> bool:
        return self.heads or self.text.rstrip().endswith(":")


@dataclass
class Structure:
    """What the walk found: clauses in order, where the heading ends, what follows the signature, questions gone through."""

    clauses: list[RawClause] = field(default_factory=list)
    heading: list[Line] = field(default_factory=list)
    hearing: list[Line] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)  # questions under which a mark of decisions stands
    numbered_questions: bool = False
    decided: int = 0


def give_paths(clauses: list[RawClause], grouped: bool) -> None:
    counters: dict[str, int] = {}
    rows: dict[str, int] = {}
    taken: dict[str, int] = {}
    for clause in clauses:
        base = clause.parent.path if clause.parent is not None else ""
        if clause.parent is None:
            if grouped and clause.question:
                base = f"Q{clause.question}"
            if clause.section and clause.kind != "roman":
                base = f"{base}/{clause.section}" if base else clause.section
        number = clause.number
        if clause.kind == "row" and number == "-":
            rows[base] = rows.get(base, 0) + 1
            own = str(rows[base])
        elif number == "-":
            counters[base] = counters.get(base, 0) + 1
            own = f"-{counters[base]}"
        else:
            own = number
        parent = clause.parent
        if (
            parent is not None
            and clause.kind == "number"
            and parent.kind == "number"
            and own.startswith(parent.number + ".")
        ):
            head = base.rpartition("/")[0]
            path = f"{head}/{own}" if head else own
        elif parent is not None and clause.kind == "number" and parent.kind == "plain" and parent.parent is None:
            head = base.rpartition("/")[0]  # numbers go on under headings that have none
            path = f"{head}/{own}" if head else own
            path = f"{base}/{own}" if path in taken else path
        else:
            path = f"{base}/{own}" if base else own
        taken[path] = taken.get(path, 0) + 1
        clause.path = path if taken[path] == 1 else f"{path}~{taken[path]}"
