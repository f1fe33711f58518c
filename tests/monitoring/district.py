"""An invented district and its true results: what the damaged files are made of."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from schools.registry import RegistryEntry

_PLACES = (
    "с. Ольховка", "с. Сосновый Бор", "д. Лесная", "п. Ключевой", "с. Новосёлово", "пгт Рудный", "х. Вольный", "с. Ёлкино",
    "с. Каменный Брод", "ст. Речная", "п. Заря", "с. Большие Ключи", "с. Малые Ключи", "аул Верхний",
)  # fmt: skip
SUBJECTS = {
    "Русский язык": "русскому языку", "Математика": "математике", "Биология": "биологии", "История": "истории",
    "География": "географии", "Обществознание": "обществознанию", "Физика": "физике", "Химия": "химии",
    "Информатика": "информатике", "Литература": "литературе", "Английский язык": "английскому языку",
}  # fmt: skip


@dataclass(frozen=True)
class District:
    name: str
    region: str
    code: str
    entries: tuple[RegistryEntry, ...]


def district(rng: random.Random) -> District:
    number = rng.randint(70, 97)
    town = rng.choice(("г. Белореченск", "г. Приозёрск", "г. Светлый"))
    entries = []
    for n in range(1, rng.randint(3, 8)):
        kind = rng.choice(("СОШ", "СОШ", "ООШ", "Гимназия", "Лицей"))
        entries.append(_entry(f"{kind} № {n} {town}", kind, town, str(n), number * 10000 + n, number * 100 + n))
    for i, place in enumerate(rng.sample(_PLACES, rng.randint(3, 9))):
        kind = rng.choice(("СОШ", "ООШ"))
        entries.append(_entry(f"{kind} {place}", kind, place, "", number * 10000 + 50 + i, number * 100 + 50 + i))
    name = rng.choice(
        ("Белореченский муниципальный район", "Приозёрский муниципальный округ", "Светлинский городской округ")
    )
    region = rng.choice(("Заозёрская область", "Республика Лесная", "Северный край"))
    return District(name, region, f"reg{number}_m{rng.randint(1, 40):03d}", tuple(entries))


def _entry(canonical: str, kind: str, place: str, number: str, login: int, code: int) -> RegistryEntry:
    long = {"СОШ": "Средняя общеобразовательная школа", "ООШ": "Основная общеобразовательная школа"}.get(kind, kind)
    full = f"Муниципальное бюджетное общеобразовательное учреждение «{canonical.replace(kind, long, 1)}»"
    return RegistryEntry(
        canonical,
        full_name=full,
        kind=kind,
        settlement=place,
        number=number,
        fisoko_login=f"edu{login}",
        rcoi_code=str(code),
        aliases=(f"МБОУ «{canonical}»", f"МБОУ {canonical}"),
        key=login,
    )


def split(rng: random.Random, people: int, parts: int) -> list[int]:
    weights = [rng.random() + 0.05 for _ in range(parts)]
    out = [int(people * w / sum(weights)) for w in weights]
    while sum(out) < people:
        out[rng.randrange(parts)] += 1
    return out


def percent(part: int, whole: int, places: int = 2) -> float:
    return float((Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
