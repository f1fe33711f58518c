"""The eight directions of managing the quality of education (domain notes, section 5). Pure.

The code is the stable key; the name is words of one year and one office, these are only what a year begins with.
"""

from __future__ import annotations

import re

EIGHT: dict[str, str] = {
    "1.1": "Система оценки качества подготовки обучающихся",
    "1.2": "Система работы со школами с низкими образовательными результатами и/или школами, функционирующими "
    "в неблагоприятных социальных условиях",
    "1.3": "Система выявления, поддержки и развития способностей и талантов у детей и молодёжи",
    "1.4": "Система работы по самоопределению и профессиональной ориентации обучающихся",
    "2.1": "Система мониторинга эффективности руководителей образовательных организаций",
    "2.2": "Система обеспечения профессионального развития педагогических работников",
    "2.3": "Система организации воспитания и социализации обучающихся",
    "2.4": "Система мониторинга качества дошкольного образования",
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
