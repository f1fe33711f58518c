"""Which school or organisation a printed name means, within the document's authority (gold README, sections 9 and 11).

Registry names, aliases and learned forms are compared by their parts: kind, exact numbers, settlement, proper name. A
misprint is taken for a school only when exactly one is near and numbers are equal, and then it is asked about. Two
candidates always ask. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from config.morphology import dictionary
from schools.name_fits import almost, covers, derived, fits, without_kind
from schools.name_parts import KIND, LEGAL, WORD, NameParts, lemmas, parts_of, plain, same_word, stem
from schools.registry import RegistryEntry


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means. `exact` is False when a person should confirm; `reason` says why, in Russian."""

    entry: RegistryEntry | None = None
    exact: bool = True
    candidates: tuple[RegistryEntry, ...] = ()
    reason: str = ""


NOTHING = Match()
# Endings that the dictionary may know as rare words of their own, but that beside half a name are its end.
ADJECTIVE_END = re.compile(r"(?:[а-я]{0,4}[сц])?к(?:ая|ой|ую|ий|ого|ому|ом|им|ие|их)")


@dataclass(frozen=True, slots=True)
class _Form:
    entry: RegistryEntry
    parts: NameParts


@dataclass(frozen=True)
class AuthorityRegistry:
    """The rows of one authority, ready to be matched. `known` is False when the document's authority was not found."""

    entries: tuple[RegistryEntry, ...] = ()
    known: bool = True
    _cache: dict[tuple[str, str], Match] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def schools(self) -> tuple[RegistryEntry, ...]:
        return tuple(e for e in self.entries if e.is_school)

    @cached_property
    def organisations(self) -> tuple[RegistryEntry, ...]:
        return tuple(e for e in self.entries if not e.is_school)

    @cached_property
    def _exact(self) -> dict[str, list[RegistryEntry]]:
        out: dict[str, list[RegistryEntry]] = {}
        for entry in self.entries:
            for name in {entry.canonical, entry.full_name, *entry.aliases}:
                if name:
                    out.setdefault(squeezed(name), []).append(entry)
        return {key: list({e.canonical: e for e in rows}.values()) for key, rows in out.items()}

    @cached_property
    def _unspaced(self) -> dict[str, list[RegistryEntry]]:
        out: dict[str, list[RegistryEntry]] = {}
        for key, rows in self._exact.items():
            out.setdefault(key.replace(" ", ""), []).extend(e for e in rows if not e.is_school)
        return {key: list({e.canonical: e for e in rows}.values()) for key, rows in out.items()}

    @cached_property
    def _forms(self) -> tuple[_Form, ...]:
        out: dict[tuple[str, NameParts], _Form] = {}
        for entry in self.entries:
            for name in (entry.canonical, entry.full_name, *entry.aliases):
                if name:
                    parts = _complete(parts_of(name), entry)
                    out[(entry.canonical, parts)] = _Form(entry, parts)
        return tuple(out.values())

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Words of the settlements of schools: what a bare name in a list may be."""
        return frozenset(w for f in self._forms if f.entry.is_school for w in f.parts.place)

    @cached_property
    def _name_words(self) -> frozenset[str]:
        """Words by which the schools are told apart, and their stems."""
        words = {w for f in self._forms if f.entry.is_school for w in (*f.parts.proper, *f.parts.place, *f.parts.named)}
        return frozenset(words | {stem(w) for w in words})

    def torn_word(self, left: str, right: str) -> bool:
        """Whether two neighbours are halves of one word of a school's name; a word of its own on the right is none."""
        whole = plain(left + right)
        return (
            len(whole) > 5
            and stem(whole) in self._name_words
            and plain(left) not in self._name_words
            and (not dictionary().word_is_known(right) or bool(ADJECTIVE_END.fullmatch(right)))
        )

    def number_exists(self, number: str, kind: str = "") -> bool:
        """Whether a school has the number; with the kind of kindergartens («дс») one of them."""
        nursery = kind == "дс"
        return any(
            number in f.parts.numbers and (f.parts.kind == "дс" if nursery else f.entry.is_school) for f in self._forms
        )

    def numbered(self, number: str) -> tuple[RegistryEntry, ...]:
        """Every school of that number, whatever its kind; branches and kindergartens are none."""
        rows = _distinct(f for f in self._forms if f.entry.is_school and number in f.parts.numbers)
        return tuple(e for e in rows if not e.is_branch)

    def called(self, printed: str) -> RegistryEntry | None:
        """The one school whose own name in quotes is printed («Эврика», «Эврики»); None when none or several bear it."""
        words = _content(printed)
        if not words:
            return None
        rows = _distinct(
            f
            for f in self._forms
            if f.parts.proper
            and not f.parts.numbers
            and covers(frozenset(words), f.parts.proper)
            and covers(f.parts.proper, frozenset(words))
        )
        return rows[0] if len(rows) == 1 and rows[0].is_school else None

    def with_own_name(self, quoted: str) -> RegistryEntry | None:
        """The one row, school or not, in whose names these words stand in quotes: «Солнышко» of «Детский сад «Солнышко»»."""
        words = _content(quoted)
        rows = {
            e.canonical: e
            for e in self.entries
            for name in (e.canonical, e.full_name, *e.aliases)
            for own in re.findall(r"[«\"]([^«»\"]+)[»\"]", name)
            if words and len(_content(own)) == len(words) and all(map(same_word, words, _content(own)))
        }
        return next(iter(rows.values())) if len(rows) == 1 else None

    def match(self, printed: str, *, kind_hint: str = "") -> Match:
        """The registry row a printed name means; `kind_hint` is the kind printed once at the head of a list."""
        key = (printed, kind_hint)
        if key not in self._cache:
            self._cache[key] = _not_a_branch(self._match(printed, kind_hint), printed)
        return self._cache[key]

    def _match(self, printed: str, kind_hint: str) -> Match:
        rows = self._exact.get(squeezed(printed), [])
        parts = parts_of(printed)
        if len(rows) == 1 and not (kind_hint and not parts.kind):
            return Match(rows[0])
        if not parts.kind and kind_hint:
            whole = self._exact.get(squeezed(f"{kind_hint} {printed}"), [])
            if len(whole) == 1:
                return Match(whole[0])
            parts = NameParts(kind_hint, parts.numbers, parts.place, parts.place_text, parts.proper, parts.named)
        return self._by_parts(parts, printed)

    def _by_parts(self, parts: NameParts, printed: str) -> Match:
        if not (parts.numbers or parts.place or parts.proper or parts.named or parts.kind):
            return NOTHING
        forms = [f for f in self._forms if f.entry.is_school or not parts.kind or parts.kind == f.parts.kind]
        found = _branches_apart(printed, _distinct(f for f in forms if fits(parts, f.parts)))
        if len(found) > 1:
            found = _closest(parts, found, self._forms)
        if len(found) == 1:
            return Match(found[0])
        if len(found) > 1:
            names = ", ".join(e.canonical for e in found[:4])
            return Match(None, False, tuple(found), f"«{printed}» может быть: {names}. Какая это организация?")
        return self._near(parts, printed, forms)

    def bears(self, entry: RegistryEntry, adjective: str) -> bool:
        """Whether a row's names or its settlement have the adjective or the word it is made of («Ключевская» of «Ключи»)."""
        word = plain(adjective)
        own = {w for f in self._forms if f.entry == entry for w in (*f.parts.proper, *f.parts.place, *f.parts.named)}
        own |= set(WORD.findall(plain(f"{entry.settlement} {entry.authority}")))
        return any(same_word(word, w) or (len(w) > 3 and word.startswith(w[: max(4, len(w) - 2)])) for w in own)

    def tells_apart(self, entry: RegistryEntry) -> bool:
        """Whether a row has words of its own, not only a kind, a number and a place."""
        return any(f.parts.proper or f.parts.named for f in self._forms if f.entry == entry)

    @cached_property
    def _bodies(self) -> tuple[RegistryEntry, ...]:
        """Organisations that stand below the authority: the authority itself is everybody's employer in its own papers."""
        return tuple(e for e in self.organisations if "орган управления" not in e.kind.casefold())

    @cached_property
    def _organisation_words(self) -> dict[str, list[tuple[tuple[str, ...], RegistryEntry]]]:
        """First word (any dictionary form) → names of organisations as words; single common words are left out."""
        out: dict[str, list[tuple[tuple[str, ...], RegistryEntry]]] = {}
        for entry in self._bodies:
            for name in {entry.canonical, entry.full_name, *entry.aliases}:
                words = tuple(w for w in WORD.findall(LEGAL.sub(" ", plain(name))) if len(w) > 1 or w.isdigit())
                if len(words) >= 2 or (words and len(words[0]) >= 7 and not lemmas(words[0]) & _WEAK):
                    for form in lemmas(words[0]):
                        out.setdefault(form, []).append((words, entry))
        return out

    @cached_property
    def _acronyms(self) -> dict[str, RegistryEntry]:
        """Capitals by which organisations are called: printed as an alias, or the first letters of the name."""
        found: dict[str, set[str]] = {}
        rows: dict[str, RegistryEntry] = {}
        for entry in self._bodies:
            for name in {entry.canonical, entry.full_name, *entry.aliases}:
                bare = re.sub(r"[«»\"]", " ", name)
                own = {
                    w
                    for w in re.findall(r"(?<![А-ЯЁа-яё])[А-ЯЁ]{2,9}(?![А-ЯЁа-яё])", bare)
                    if not LEGAL.fullmatch(w.lower())
                }
                words = [w for w in re.findall(r"[а-яё]+", LEGAL.sub(" ", plain(name))) if len(w) > 2]
                made = {"".join(w[0] for w in words).upper()} if 3 <= len(words) <= 7 else set()
                for capitals in (own if len(bare.split()) <= 3 else set()) | made:
                    found.setdefault(capitals, set()).add(entry.canonical)
                    rows[capitals] = entry
        return {capitals: rows[capitals] for capitals, names in found.items() if len(names) == 1}

    @cached_property
    def _capitals(self) -> tuple[tuple[re.Pattern[str], RegistryEntry], ...]:
        """Aliases of schools that begin with capitals which are neither a kind nor a legal form: «ХСОШ № 1», «ЭШИ»."""
        out: dict[str, list[RegistryEntry]] = {}
        for entry in self.schools:
            for name in (entry.canonical, *entry.aliases):
                first = re.match(r"[А-ЯЁ]{3,9}(?![А-ЯЁа-яё])", name)
                word = first.group().lower() if first else ""
                if word and not LEGAL.fullmatch(word) and not KIND.fullmatch(word):
                    out.setdefault(" ".join(name.split()), []).append(entry)
        return tuple(
            (
                re.compile(r"(?<!\w)" + r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", name))) + r"(?!\w)"),
                rows[0],
            )
            for name, rows in out.items()
            if len({row.canonical for row in rows}) == 1
        )

    def capitals_in(self, text: str) -> list[tuple[int, int, RegistryEntry]]:
        """Where schools are called by capitals of their own: (start, end, row)."""
        return [(m.start(), m.end(), entry) for pattern, entry in self._capitals for m in pattern.finditer(text)]

    def organisations_in(self, text: str) -> list[tuple[int, int, RegistryEntry]]:
        """Where organisations that are not schools are named, in any grammatical case: (start, end, row), the longest first."""
        out: list[tuple[int, int, RegistryEntry]] = []
        tokens = list(re.finditer(r"[А-ЯЁа-яё]+|\d+", text))
        plain_tokens = [plain(t.group()) for t in tokens]
        for index, token in enumerate(tokens):
            if out and token.start() < out[-1][1]:
                continue
            entry = self._acronyms.get(token.group()) if token.group().isupper() else None
            if entry is not None:
                out.append((token.start(), token.end(), entry))
                continue
            best: tuple[int, RegistryEntry] | None = None
            tried = {
                id(w): (w, e) for form in lemmas(plain_tokens[index]) for w, e in self._organisation_words.get(form, ())
            }
            for words, row in tried.values():
                flat = [part for word in words for part in word.split("-")]
                behind = plain_tokens[index : index + len(flat)]
                if (
                    len(behind) == len(flat)
                    and all(map(same_word, behind, flat))
                    and (best is None or len(flat) > best[0])
                ):
                    best = (len(flat), row)
            if best is not None:
                out.append((token.start(), tokens[index + best[0] - 1].end(), best[1]))
        return out

    def branch_at(self, place: str) -> Match:
        """The one branch that stands in a settlement; nothing when there are none or several."""
        wanted = parts_of(place).place
        rows = _distinct(
            f
            for f in self._forms
            if f.entry.is_branch and wanted and any(same_word(a, b) for a in wanted for b in _branch_place(f))
        )
        if len(rows) > 1:
            rows = [
                e
                for e in rows
                if e.settlement
                and parts_of(f"школа {e.settlement}").place
                and covers(wanted, parts_of(f"школа {e.settlement}").place)
            ]
        return Match(rows[0]) if len(rows) == 1 else NOTHING

    def branch_called(self, adjective: str) -> Match:
        """«её Ключевскому филиалу»: the one branch called so."""
        word = plain(adjective)
        rows = _distinct(
            f
            for f in self._forms
            if f.entry.is_branch
            and (
                any(same_word(word, w) for w in WORD.findall(plain(f.entry.canonical))[:2])
                or _made_of(word, _branch_place(f))
            )
        )
        return Match(rows[0]) if len(rows) == 1 else NOTHING

    def only_of_kind(self, kind: str) -> Match:
        """«вечерней школы»: the one school of its kind; nothing when there are none or several."""
        rows = _distinct(f for f in self._forms if f.entry.is_school and f.parts.kind == kind)
        return Match(rows[0]) if len(rows) == 1 else NOTHING

    def _near(self, parts: NameParts, printed: str, forms: list[_Form]) -> Match:
        """A misprint or another kind: exactly one row near by with equal numbers is filled and asked about."""
        near = _distinct(f for f in forms if almost(parts, f.parts) or derived(parts, f.parts))
        if len(near) == 1:
            return Match(near[0], False, tuple(near), f"«{printed}» — это «{near[0].canonical}»?")
        other = _distinct(f for f in forms if parts.place and fits(without_kind(parts), without_kind(f.parts)))
        if len(other) == 1 and other[0].is_school:
            return Match(other[0], False, tuple(other), f"«{printed}» — это «{other[0].canonical}»? Вид школы другой.")
        return Match(None, False, tuple(near or other)[:5], "")

    def find_organisation(self, phrase: str) -> RegistryEntry | None:
        """An organisation (not a school) that a phrase in any grammatical case names, or None."""
        rows = [e for e in self._exact.get(squeezed(phrase), []) if not e.is_school]
        if len(rows) == 1:
            return rows[0]
        torn = self._unspaced.get(squeezed(phrase).replace(" ", ""), [])
        if len(torn) == 1:
            return torn[0]  # «методи ческий центр»: a word torn by the scanner
        words = _content(phrase)
        if not words:
            return None
        best: list[tuple[float, RegistryEntry]] = []
        for entry in self.organisations:
            for name in (entry.canonical, entry.full_name, *entry.aliases):
                own = _content(name)
                if not own:
                    continue
                shared = sum(1 for w in own if any(same_word(w, x) for x in words))
                back = sum(1 for x in words if any(same_word(w, x) for w in own))
                if shared == len(own) and back == len(words):
                    best.append((3, entry))
                elif min(len(own), len(words)) >= 2 and shared / len(own) >= 0.99:
                    best.append((2, entry))
                elif min(len(own), len(words)) >= 3 and (shared / len(own) >= 0.7 and back / len(words) >= 0.5):
                    best.append((1 + shared / len(own) / 10, entry))
        if not best:
            return None
        top = max(score for score, _ in best)
        rows = list({e.canonical: e for score, e in best if score == top}.values())
        return rows[0] if len(rows) == 1 else None


def _branch_place(form: _Form) -> frozenset[str]:
    """The words of a branch's own place: its settlement, else the places its name bears."""
    return parts_of(f"школа {form.entry.settlement}").place if form.entry.settlement else form.parts.place


def _made_of(adjective: str, places: frozenset[str]) -> bool:
    """«Ключевскому» of «Ключи»."""
    return any(len(w) > 3 and adjective.startswith(w[: max(4, len(w) - 2)]) for w in places)


def _branches_apart(printed: str, found: list[RegistryEntry]) -> list[RegistryEntry]:
    """A branch bears its school's name: it is meant only where «филиал» is printed, and then only it is."""
    wanted = "филиал" in printed.casefold()
    kept = [entry for entry in found if entry.is_branch == wanted]
    return kept or found


def _not_a_branch(match: Match, printed: str) -> Match:
    """A branch is not its school: where the registry has no branch of that name, a person is asked."""
    if match.entry is None or "филиал" not in printed.casefold():
        return match
    names = (match.entry.canonical, match.entry.full_name, *match.entry.aliases)
    if any("филиал" in name.casefold() for name in names):
        return match
    return Match(
        match.entry,
        False,
        (match.entry,),
        f"«{printed}» — филиал, а в реестре есть только «{match.entry.canonical}». Кому поручено?",
    )


def squeezed(name: str) -> str:
    """A name as a key: no quotes, legal form, spaces around №."""
    text = LEGAL.sub(" ", plain(name)).replace('"', " ")
    text = re.sub(r"\s*№\s*", "№", text)
    text = re.sub(r"\.(?=\S)", ". ", text)
    return re.sub(r"\s+", " ", text).strip(" .,;:-")


def _content(text: str) -> list[str]:
    words = WORD.findall(LEGAL.sub(" ", plain(text)))
    return [w for w in words if len(w) > 2 and not lemmas(w) & _WEAK]


_WEAK = frozenset(
    "район округ область край республика муниципальный городской администрация учреждение образование организация для при".split()
)


def _complete(parts: NameParts, entry: RegistryEntry) -> NameParts:
    """The parts of one of a row's names, filled from its columns where the name leaves them out."""
    place = parts_of(f"школа {entry.settlement}").place_text if entry.settlement else ""
    kind = parts.kind or (parts_of(entry.kind).kind if entry.is_school else "")
    named = parts.named or frozenset(w for w in WORD.findall(plain(entry.named_after)) if len(w) > 2)
    return NameParts(
        kind=kind,
        numbers=parts.numbers or ((plain(entry.number),) if entry.number else ()),
        place=parts.place or frozenset(WORD.findall(place)),
        place_text=parts.place_text or place,
        proper=parts.proper - frozenset(WORD.findall(place)),
        named=named,
    )


def _distinct(forms: Iterable[_Form]) -> list[RegistryEntry]:
    return list({f.entry.canonical: f.entry for f in forms}.values())


def _closest(parts: NameParts, found: list[RegistryEntry], forms: tuple[_Form, ...]) -> list[RegistryEntry]:
    """Of several rows the ones that agree in more: the exact kind, the place, the proper name, the honour."""

    def score(entry: RegistryEntry) -> int:
        best = 0
        for form in forms:
            if form.entry.canonical != entry.canonical or not fits(parts, form.parts):
                continue
            own = form.parts
            points = 4 * (own.kind == parts.kind)
            points += 3 * bool(parts.place and own.place and covers(parts.place, own.place))
            points += 2 * bool(parts.proper and own.proper and covers(parts.proper, own.proper))
            points += bool(parts.named and own.named and covers(own.named, parts.named))
            if not parts.place and not own.place:
                points += 1
            if not parts.numbers and own.numbers:
                points -= 2
            best = max(best, points)
        return best

    top = max(score(e) for e in found)
    return [e for e in found if score(e) == top]
