"""The eight directions of managing the quality of education (domain notes, section 5). Pure.

The code is the stable key; the name is words of one year and one office, these are only what a year begins with.
"""

from __future__ import annotations

import re

EIGHT: dict[str, str] = {
    "1.1": "Оценка качества подготовки обучающихся",
    "1.2": "Работа со школами с низкими результатами и в трудных условиях",
    "1.3": "Способности и таланты детей и молодёжи",
    "1.4": "Самоопределение и профориентация",
    "2.1": "Эффективность руководителей школ",
    "2.2": "Профессиональное развитие педагогов",
    "2.3": "Воспитание и социализация",
    "2.4": "Качество дошкольного образования",
}

GROUPS: dict[str, str] = {
    "1": "Механизмы управления качеством образовательных результатов",
    "2": "Механизмы управления качеством образовательной деятельности",
}

_TAIL = re.compile(r"\.(\d+)$")


def next_code(direction: str, taken: list[str]) -> str:
    """«1.1.3» after «1.1.1» and «1.1.2»; numbers of removed indicators are not given again while a later one stands."""
    last = max((int(found[1]) for code in taken if (found := _TAIL.search(code))), default=0)
    return f"{direction}.{last + 1}"
