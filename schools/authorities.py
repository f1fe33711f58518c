"""Whose schools a document speaks of: the authority of a registry that its heading or signature names. Pure."""

from __future__ import annotations

import re

from schools.name_parts import lemmas, plain, same_word
from schools.names import AuthorityRegistry
from schools.registry import Registry, RegistryEntry


def for_authority(registry: Registry | None, printed_authority: str | None, context: str = "") -> AuthorityRegistry:
    """The rows of the document's authority: the only one of the file, or the one that fits best; else nothing is known.

    The printed name decides; where it is absent or fits nobody, the words of the heading and the signature (`context`).
    """
    if registry is None or not registry.entries:
        return AuthorityRegistry((), known=False)
    groups: dict[str, list[RegistryEntry]] = {}
    for entry in registry.entries:
        groups.setdefault(_authority_key(entry.authority), []).append(entry)
    if len(groups) == 1:
        return AuthorityRegistry(tuple(registry.entries))
    wanted = _authority_key(printed_authority or "")
    if wanted and wanted in groups:
        return AuthorityRegistry(tuple(groups[wanted]))
    for words in (frozenset(_names_of(wanted)), frozenset(_names_of(_authority_key(context)))):
        best = _best_authority(groups, words)
        if best is not None:
            return AuthorityRegistry(tuple(groups[best]))
    return AuthorityRegistry((), known=False)


def _best_authority(groups: dict[str, list[RegistryEntry]], words: frozenset[str]) -> str | None:
    """The authority whose telling words are printed: all of them, or its territory's; None when two are as good."""
    if not words:
        return None
    scores: list[tuple[float, str]] = []
    for key in groups:
        own = frozenset(_names_of(key))
        if not own:
            continue
        shared = [w for w in own if any(_same_root(w, x) for x in words)]
        if shared:
            scores.append((len(shared) / len(own) + len(shared) / 100, key))
    if not scores:
        return None
    scores.sort(reverse=True)
    if scores[0][0] < 0.5 or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return None
    return scores[0][1]


def _same_root(first: str, second: str) -> bool:
    """«Заречного» and «Заречный» are one word, «Озёрск» and «Озёрского» have one root."""
    if same_word(first, second):
        return True
    short, long = sorted((first, second), key=len)
    return len(short) >= 5 and long.startswith(short[: max(5, len(short) - 2)]) and len(long) - len(short) <= 6


def _authority_key(name: str) -> str:
    return re.sub(r"[^а-яa-z0-9 ]+", " ", plain(name)).strip()


_COMMON = frozenset(
    "управление отдел комитет департамент образование администрация муниципальный район округ городской город область "
    "край республика и по дело молодежный политика культура спорт физический образовательный учреждение казенный мку "
    "наука молодежь в на".split()
)


def _names_of(key: str) -> list[str]:
    """What tells one authority from another: the words that are not of the trade."""
    return [w for w in key.split() if len(w) > 2 and not lemmas(w) & _COMMON]
