"""Whether words are about the quality of education: what curators of schools help with. Pure.

Only a default: whoever prepares a document says otherwise for any clause. The words are of the work itself: results and
procedures that measure them, low-result schools, help to them and to their teachers; not of schools in general.
"""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"""
    \b(?: ВПР | [ОЕ]ГЭ | ГВЭ | ГИА | НИКО | ШН(?:ОР|РО) | [ВМ]СОКО | ФИС\s+ОКО )\b
    | \bкачеств\w*\s+(?:общего\s+|школьного\s+)?(?:образов|подготов|знани|обучени|преподав|результат|освоени)
    | \bоценк\w*\s+качеств | \bоценочн\w*\s+процедур
    | \bпроверочн\w*\s+работ | \b(?:контрольн|диагностическ)\w*\s+работ\w*\s+(?:по|в)\s
    | \bгосударственн\w*\s+итогов\w*\s+аттестац | \bпромежуточн\w*\s+аттестац | \bитогов\w*\s+(?:собеседован|сочинен)
    | \bобразовательн\w*\s+(?:результат|достижен|дефицит) | \bнизк\w*\s+результат
    | \bнеблагоприятн\w*\s+социальн
    | \bобъективност | \bнеобъективн | \bобъективн\w*\s+оцен
    | \bуспеваемост | \bнеуспева | \bнеуспешн | \bслабоуспева
    | \bфункциональн\w*\s+грамотн | \b(?:читательск|математическ|естественно-?научн)\w*\s+грамотн
    | \bпрофессиональн\w*\s+дефицит | \bантирисков | \bрисков\w*\s+профил
    | \bкураторств | \bкуратор\w*\s+школ | \bнаставни | \bшкол\w*-донор | \bметодическ\w*\s+(?:помощ|поддержк|сопровожд)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def about_quality(*texts: str) -> bool:
    """Whether any of the texts speaks of results of teaching, of what measures them, or of help with them."""
    return any(_WORDS.search(text) for text in texts)
