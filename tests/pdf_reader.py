"""A small careful reader of the structure of a PDF: every object, those in compressed object streams too. For tests only."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any


class Name(str):
    """/Name"""


@dataclass(frozen=True)
class Ref:
    number: int


@dataclass
class Stream:
    values: dict[str, Any]
    raw: bytes

    @property
    def content(self) -> bytes:
        filters = self.values.get("Filter")
        names = filters if isinstance(filters, list) else [filters] if filters else []
        data = self.raw
        for one in names:
            assert one == "FlateDecode", f"фильтр {one}"
            data = zlib.decompressobj().decompress(data)
        return data


TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*[\r\n]\s*)*"
    rb"(?:(?P<open><<)|(?P<close>>>)|(?P<array>\[)|(?P<end>\])|(?P<name>/[^\s()<>\[\]{}/%]*)|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<ref>\d+\s+\d+\s+R\b)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))|(?P<word>true|false|null)|(?P<string>\())"
)
WORDS = {b"true": True, b"false": False, b"null": None}


def value_at(data: bytes, at: int) -> tuple[Any, int]:
    """One object beginning at `at` and where it ended."""
    found = TOKEN.match(data, at)
    assert found, f"не объект PDF: {data[at : at + 40]!r}"
    kind, at = found.lastgroup, found.end()
    words = found[kind] if kind else b""
    if kind == "open":
        values: dict[str, Any] = {}
        while True:
            token = TOKEN.match(data, at)
            assert token
            if token.lastgroup == "close":
                return values, token.end()
            assert token.lastgroup == "name", data[at : at + 40]
            values[token["name"][1:].decode()], at = value_at(data, token.end())
    if kind == "array":
        items = []
        while True:
            token = TOKEN.match(data, at)
            assert token
            if token.lastgroup == "end":
                return items, token.end()
            item, at = value_at(data, at)
            items.append(item)
    if kind == "string":
        return _string(data, at)
    if kind == "name":
        return Name(words[1:].decode()), at
    if kind == "hex":
        digits = re.sub(rb"\s", b"", words)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), at
    if kind == "ref":
        return Ref(int(words.split()[0])), at
    if kind == "word":
        return WORDS[words], at
    return float(words), at


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    out, depth = bytearray(), 1
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    while True:
        sign = data[at : at + 1]
        at += 1
        if sign == b"\\":
            code = re.compile(rb"[0-7]{1,3}").match(data, at)
            if code:
                out.append(int(code[0], 8) & 255)
                at = code.end()
            else:
                out += escapes.get(data[at : at + 1], data[at : at + 1])
                at += 1
            continue
        depth += (sign == b"(") - (sign == b")")
        if not depth:
            return bytes(out), at
        out += sign


@dataclass
class Pdf:
    data: bytes
    objects: dict[int, Any] = field(default_factory=dict)
    trailer: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = 0
        head = re.compile(rb"(?<![\d.])(\d+)\s+\d+\s+obj\b")
        while found := head.search(self.data, at):
            value, at = value_at(self.data, found.end())
            stream = re.compile(rb"\s*stream\r?\n").match(self.data, at)
            if stream:
                length = value["Length"]
                assert isinstance(length, float), "длина потока ссылкой не ожидается"
                value = Stream(value, self.data[stream.end() : stream.end() + int(length)])
                at = stream.end() + int(length)
            self.objects[int(found[1])] = value
        for one in list(self.objects.values()):
            if isinstance(one, Stream) and one.values.get("Type") == "ObjStm":
                self._unpack(one)
            if isinstance(one, Stream) and one.values.get("Type") == "XRef":
                self.trailer |= one.values
        plain = re.search(rb"\btrailer\b", self.data)
        if plain:
            self.trailer |= value_at(self.data, plain.end())[0]

    def _unpack(self, stream: Stream) -> None:
        content, first = stream.content, int(stream.values["First"])
        pairs = [int(n) for n in content[:first].split()]
        for number, offset in zip(pairs[::2], pairs[1::2], strict=True):
            self.objects[number] = value_at(content, first + offset)[0]

    def get(self, value: Any) -> Any:
        """The object a reference names; a stream's dictionary is its `values`."""
        while isinstance(value, Ref):
            value = self.objects[value.number]
        return value

    @property
    def root(self) -> dict[str, Any]:
        root: dict[str, Any] = self.get(self.trailer["Root"])
        return root

    def dictionaries(self) -> list[dict[str, Any]]:
        """Every dictionary anywhere in the file, nested ones too."""
        found: list[dict[str, Any]] = []

        def walk(value: Any) -> None:
            if isinstance(value, Stream):
                value = value.values
            if isinstance(value, dict):
                found.append(value)
                for one in value.values():
                    walk(one)
            elif isinstance(value, list):
                for one in value:
                    walk(one)

        for one in self.objects.values():
            walk(one)
        return found


def words(value: Any) -> str:
    """A text string: UTF-16 with its mark, or plain letters."""
    assert isinstance(value, bytes)
    return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode("utf-8")
