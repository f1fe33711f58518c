"""Whether two wordings name the same class of people: cases, posts and the district's own name set aside. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from config.morphology import dictionary

# Posts that stand for the organisation itself: «руководителям школ» are the schools.
HEADS = frozenset("руководитель директор заведующий начальник администрация глава ио".split())
# Words that do not narrow a group.
EMPTY = frozenset("все весь и для по в на из год учебный данный подведомственный муниципальный".split())
# One notion, many words.
SAME = {
    "учреждение": "организация",
    "оо": "школа",
    "оу": "школа",
    "общеобразовательный": "",
    "образовательный": "",
    "сош": "школа",
    "образование": "",
}
TERRITORIAL = frozenset("район округ город область край республика поселение мо муниципалитет".split())

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*|\d+", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _lemma(word: str) -> str:
    return str(dictionary().parse(word)[0].normal_form).replace("ё", "е")


def same_group(printed: str, wording: str, territory: str = "") -> bool:
    """True when both name one class; `territory` is the authority's own names, which never narrow a group.

    «Руководителям общеобразовательных организаций Лесного района» is «общеобразовательные организации»;
    «учителям математики» is not.
    """
    local = {_lemma(w.casefold()) for w in _WORD.findall(territory)} - {"организация", "школа"}
    first, second = _essence(printed, local), _essence(wording, local)
    return bool(first) and first == second


def _essence(text: str, local: set[str]) -> frozenset[str]:
    lemmas = [_lemma(w.casefold()) for w in _WORD.findall(text)]
    meant = [SAME.get(lemma, lemma) for lemma in lemmas]
    kept = {m for m in meant if m and m not in HEADS and m not in EMPTY and m not in TERRITORIAL and m not in local}
    if kept in ({"организация"}, {"школа", "организация"}):
        return frozenset({"школа"})
    return frozenset(kept)
