"""Which school of the registry a row names: by login, by code, by name. Never by likeness (README, section 4 «school»)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from schools.registry import RegistryEntry

# Letters after case is dropped: look-alikes, ё, dashes; quotes become blanks, invisible letters nothing.
_LETTERS: dict[int, int | str | None] = {
    **str.maketrans("abcehkmoptxyё‐‑‒–—−", "авсенкмортхуе------"),
    **dict.fromkeys(map(ord, "«»\"“”„‟'’‘`‹›"), " "),
    **dict.fromkeys((0xAD, 0x200B, 0xFEFF), None),
}
# A legal form at the beginning of a name, short or written out; the inner words «общеобразовательная школа» stay.
_LEGAL = re.compile(
    r"(?<![а-я])(?:м[бка]?оу|моау|мобу|моку|гбоу|гкоу|гаоу|гоу|маноу|мбноу|чоу|ноу|аноо|мкуо|фгкоу|обоу|огбоу|кгбоу|краоу|гбуо)(?![а-я])\.?"
    r"|(?:муниципальн|государственн|областн|краев|частн|федеральн)\w+\s+(?:государственн\w+\s+)?"
    r"(?:(?:бюджетн|казенн|автономн|некоммерческ)\w+\s+)?(?:не\s?типов\w+\s+)?(?:обще)?образовательн\w+\s+(?:учрежден|организаци)\w+"
)
LOGIN = re.compile(r"\(?\s*((?:edu|sch)\s?\d{3,})\s*\)?", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"\(?\s*(\d{3,8})\s*\)?\s*(?:[-–—:.;,|/]\s*|\s)(\D.*)", re.DOTALL)
MUNICIPAL_CODE = re.compile(r"\(?\s*(reg\s?\d+\s?_\s?m\s?\d+)\s*\)?", re.IGNORECASE)


def name_key(name: str) -> str:
    """The form in which names are equal: case, ё, look-alikes, quotes, blanks, № and the legal form do not matter."""
    key = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    key = _LEGAL.sub(" ", " ".join(key.split()))
    if "№" in key:
        key = key.replace("№", " № ")
    return " ".join(key.split()).strip(" .,;")


@dataclass(frozen=True, slots=True)
class Found:
    """The row of the registry, or why there is none: a Russian sentence for a person."""

    entry: RegistryEntry | None
    reason: str = ""
    by_name: bool = False  # the name alone says so: no login and no code of the registry stands in the row


class Schools:
    """The registry as three dictionaries; a name, login or code of two schools names neither."""

    def __init__(self, entries: Iterable[RegistryEntry]) -> None:
        self._names: dict[str, set[int]] = {}
        self._full: dict[str, set[int]] = {}
        self._logins: dict[str, set[int]] = {}
        self._codes: dict[str, set[int]] = {}
        self.entries = tuple(entries)
        for place, entry in enumerate(self.entries):
            own = [key for key in map(name_key, (entry.canonical, entry.full_name)) if key]
            for key in own:
                self._full.setdefault(key, set()).add(place)
            for key in (*own, *(key for key in map(name_key, entry.aliases) if key)):
                self._names.setdefault(key, set()).add(place)
            if entry.fisoko_login:
                self._logins.setdefault(entry.fisoko_login.casefold().strip(), set()).add(place)
            if entry.rcoi_code:
                self._codes.setdefault(code_key(entry.rcoi_code), set()).add(place)
        self._cache: dict[tuple[str, str, str], Found] = {}

    @classmethod
    def of(cls, registry: Iterable[RegistryEntry] | Schools) -> Schools:
        """A registry made ready once may serve many files."""
        return registry if isinstance(registry, Schools) else cls(registry)

    def knows(self, name: str) -> bool:
        """Whether these words, with or without a login in brackets, are a school's name."""
        return self.find(name).entry is not None

    def named_in(self, said: str) -> RegistryEntry | None:
        """The only school whose name occurs in these words; of «СОШ № 1 г. Ключ» and «СОШ № 1» the longer is meant."""
        text = f" {name_key(said)} "
        found = sorted((key for key in self._names if len(key) > 5 and f" {key} " in text), key=len, reverse=True)
        places: set[int] = set()
        for key in found:
            if f" {key} " in text:
                places |= self._names[key]
                text = text.replace(f" {key} ", " | ")
        return self.entries[places.pop()] if len(places) == 1 else None

    def find(self, name: str, code: str = "", login: str = "") -> Found:
        key = (name, code, login)
        if key not in self._cache:
            if len(self._cache) > 100_000:
                self._cache.clear()
            self._cache[key] = self._find(*key)
        return self._cache[key]

    def _find(self, name: str, code: str, login: str) -> Found:
        bare, printed = without_login(name)
        if not code:
            code, bare = without_code(bare)
        printed = (login or printed).casefold().strip()
        by_login = self._logins.get(printed, set()) if printed else set()
        by_code = self._codes.get(code_key(code), set()) if code else set()
        key = name_key(bare)
        by_name = self._names.get(key, set()) if key else set()
        ways = [way for way in (by_login, by_code, by_name) if way]
        if not ways:
            said = bare or code or printed
            return Found(None, f"В реестре нет школы «{said}».")
        if len(ways[0]) > 1:
            narrowed = set.intersection(*ways) if len(ways) > 1 else set()
            if len(narrowed) == 1:
                return Found(self.entries[narrowed.pop()])
            names = ", ".join(self.entries[i].canonical for i in sorted(ways[0])[:4])
            return Found(None, f"«{bare or code}» может быть несколькими школами: {names}.")
        place = next(iter(ways[0]))
        full = self._full.get(key, set()) if key else set()
        if (full and place not in full) or (by_login and by_code and not by_login & by_code):
            other = self.entries[next(iter(full or by_code))].canonical
            return Found(
                None, f"Код и название говорят о разных школах: «{self.entries[place].canonical}» и «{other}»."
            )
        return Found(self.entries[place], by_name=not by_login and not by_code)


def without_code(name: str) -> tuple[str, str]:
    """«5201 - МБОУ СОШ № 1» → its code and the name: РЦОИ prints both in one cell. A number of one or two digits is a line's."""
    found = _CODE_BEFORE.fullmatch(name.strip())
    return (found[1], found[2]) if found else ("", name)


def without_login(name: str) -> tuple[str, str]:
    """A printed name without «(edu981001)», and the login."""
    found = LOGIN.search(name)
    if not found:
        return name, ""
    return (name[: found.start()] + " " + name[found.end() :]).strip(), re.sub(r"\s", "", found[1])


def code_key(code: str) -> str:
    """«8101», «8101.0», « 8101 » and «08101» of different systems: blanks and a float's tail go, leading zeros too."""
    return re.sub(r"[.,]0+$", "", re.sub(r"\s", "", code)).lstrip("0").casefold()
