"""The lint before sending: each remark leads to its place and is gone once the place was mended."""

from __future__ import annotations

from decisions.actions import editing
from decisions.actions.plan import plan_for
from decisions.models import Clause
from tests.cast import Cast
from tests.decisions.test_life import taken

TWICE = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ
ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА

ПРОТОКОЛ № 5
совещания руководителей общеобразовательных организаций
от 10.03.2026

РЕШИЛИ:
1. Руководителям СОШ № 1, СОШ № 2:
1.1. Провести родительские собрания по подготовке к итоговой аттестации до 01.04.2026.
1.2. Разместить расписание консультаций на сайте школы до 15.04.2026.
1.2. Провести родительские собрания по подготовке к итоговой аттестации до 20.04.2026.
1.5. Утвердить график консультаций до 25.04.2026.

Председатель                                  Т.И. Воронцова
"""


def places(cast: Cast, word: str) -> list[str]:
    plan = plan_for(Clause.objects.latest("pk").document)
    return [clause.number for remark in plan.hints if word in remark.text for clause in remark.clauses]


def test_what_a_document_repeats_is_shown_with_its_place_until_mended(cast: Cast) -> None:
    document = taken(cast, TWICE)
    assert places(cast, "одинаковые") == ["1.1", "1.2"]
    assert places(cast, "повторяются") == ["1.2", "1.2"]
    assert places(cast, "пропущен") == ["1.5"]
    editing.renumber(by=cast.methodist, document=document, structure_version=document.structure_version)
    assert places(cast, "повторяются") == places(cast, "пропущен") == []
