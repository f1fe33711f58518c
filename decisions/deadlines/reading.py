"""Reading the term of a clause from its words (gold README, section 6).

The text is searched by families of patterns, each giving candidates with their places; what is not a term by the
convention is left out; then one is chosen: a labelled term wins, else the latest end, and a day that can be computed wins
over «постоянно». Days and spans refer to the given text. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from rapidfuzz.distance import Levenshtein

from decisions.deadlines import grammar as g
from decisions.deadlines.days import CONVENTION, WorkingCalendar
from decisions.deadlines.families import candidates
from decisions.deadlines.words import MONTH, NUMBER, view
from decisions.reading.grammar import WORD, is_infinitive
from decisions.reading.model import NO_DEADLINE, Deadline


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """The term that holds, what is doubtful about it (Russian sentences), and every term found."""

    deadline: Deadline = NO_DEADLINE
    doubts: tuple[str, ...] = ()
    all: tuple[Deadline, ...] = ()


MOST_LABELS = 12
NEAR_LABEL = 160  # a term follows its label at once
LABEL = re.compile(
    r"(?<![а-я])срок[аи]?(?:\s+(?:исполнения|выполнения|реализации|проведения|представления|предоставления|сдачи))?"
    r"(?:\s*[:\-]\s*|\s*\n\s*)"
)
# «в срок до …», «срок 01.09.2021»: no mark between, so the term must follow at once.
INLINE = re.compile(r"(?<![а-я])(?:в\s+)?срок(?:\s+(?:исполнения|выполнения))?\s+")
# A labelled term ends where the next label, sentence or line begins.
LABEL_END = re.compile(
    r"\n|;|\bотв(?:\.|етствен)|\bисполнител|\bконтрол|\bсоисполнител|\.\s+(?=[а-я]{3,}\s+[а-я]{3,}|[а-я]+\s*:)|\)"
)
UNREADABLE = re.compile(r"\d|[а-я]{2}")


# «до 12.00 20 мая», «до 15 ч. 00 мин. 20.05.2021»: the hour of the day is not part of the day.
HOURS = re.compile(
    r"(?<=до )(?:[01]?\d|2[0-4])\s*(?:[:.\-]\s*[0-5]\d\s*(?:ч\.?|час[а-я]*)?|ч(?:\.|ас[а-я]*)?\s*(?:[0-5]?\d\s*мин[а-я]*\.?)?)\s+"
    r"(?=\d{1,2}(?:\s*[а-я]{3,}|\.\d{2}))"
)


def without_hours(seen: str) -> str:
    """The same length, hours as spaces: places in the text stay."""
    return HOURS.sub(lambda found: " " * len(found.group()), seen)


# «пунктов 1.1–1.3», «п. 2.1 и 2.2»: numbers of clauses are not days.
_CLAUSE_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}(?![\d.]\d|\s*(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр))"
CLAUSES = re.compile(
    rf"(?<![а-я])(?:под)?(?:пункт[а-я]*|п{{1,2}}\.)\s*(?:№\s*)?{_CLAUSE_NUMBER}(?:\s*(?:,|и|[–—-])\s*{_CLAUSE_NUMBER})*"
)


# «перенести срок с 1 марта на 1 апреля»: the day that was is no term.
_A_DAY = rf"\d{{1,2}}(?:\.\d{{1,2}}(?:\.\d{{2,4}})?|\s+{MONTH}(?:\s+20\d{{2}})?)(?:\s*(?:года|г\.))?"
MOVED = re.compile(rf"(?<=[а-я])[^.;\d]{{0,120}}?\s(?P<old>с\s+{_A_DAY})(?=\s+на\s+{_A_DAY})")
MOVES = re.compile(r"(?<![а-я])(?:перен(?:ести|ос)|продл(?:ить|ен)|измен(?:ить|ен)|сдвинуть)")


def without_old_terms(seen: str) -> str:
    """The same length, the former day of a moved term as spaces."""
    for move in islice(MOVES.finditer(seen), MOST_LABELS):
        old = MOVED.search(seen, move.end())
        if old is not None and not re.search(r"[.;]\s", seen[move.end() : old.start("old")]):
            seen = seen[: old.start("old")] + " " * len(old["old"]) + seen[old.end("old") :]
    return seen


def without_references(seen: str) -> str:
    """The same length, numbers of clauses referred to as spaces."""
    return CLAUSES.sub(lambda found: " " * len(found.group()), seen)


def read_deadline(
    text: str,
    *,
    document_date: dt.date | None,
    calendar: WorkingCalendar = CONVENTION,
    labelled: bool = False,
) -> DeadlineReading:
    """The term a clause prints; `labelled` when the text is a term's own cell or line, so that bare forms count."""
    seen = view(text, document_date.year if document_date else None)
    seen = without_old_terms(without_references(without_hours(seen)))
    context = g.Context(seen, document_date, calendar)
    if labelled:
        found = _settled(candidates(context, 0, len(seen), labelled=True))
        return _finish(text, seen, found, context, labelled=True)
    for start, end in islice(_labelled_stretches(seen), MOST_LABELS):
        found = _settled(candidates(context, start, end, labelled=True))
        if found:
            return _finish(text, seen, found, context, labelled=True)
        if UNREADABLE.search(seen[start:end]):
            whole = _settled(candidates(context, 0, len(seen), labelled=False))
            reading = _finish(text, seen, whole, context, labelled=False)
            printed = text[start:end].strip(" .;)")
            return replace(reading, doubts=(f"Срок «{printed}» не удалось прочитать. Какой срок установить?",))
    whole = candidates(context, 0, len(seen), labelled=False)
    for label in islice(INLINE.finditer(seen), MOST_LABELS):
        near = candidates(context, label.end(), min(len(seen), label.end() + NEAR_LABEL), labelled=True)
        found = _settled([f for f in near if f.start - label.end() <= 2])
        if found and not any(f.start < label.start() and label.end() < f.end for f in whole):
            return _finish(text, seen, found[:1], context, labelled=True)
    return _finish(text, seen, _settled(whole), context, labelled=False)


def parse_term(text: str, document_date: dt.date | None) -> DeadlineReading:
    """A term typed by a person: bare forms count."""
    return read_deadline(text, document_date=document_date, labelled=True)


def _labelled_stretches(seen: str) -> Iterator[tuple[int, int]]:
    for label in LABEL.finditer(seen):
        end = LABEL_END.search(seen, label.end())
        yield label.end(), end.start() if end else len(seen)


def _settled(found: list[g.Found]) -> list[g.Found]:
    """Longer readings of the same words win over shorter ones inside them."""
    days = {one.start for one in found if one.deadline.due is not None}
    # «до конца мая обеспечить …»: the words of an event run on, the day at the same place does not
    found = [
        one for one in found if not (one.deadline.kind == "event" and one.deadline.due is None and one.start in days)
    ]
    kept: list[g.Found] = []
    for one in sorted(found, key=lambda f: (-(f.end - f.start), f.order, f.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _finish(text: str, seen: str, found: list[g.Found], context: g.Context, *, labelled: bool) -> DeadlineReading:
    if not found:
        return DeadlineReading(doubts=() if labelled else (*context.doubts[:1], *_stray(text, seen, []))[:1])
    best = max(found, key=_weight)
    deadlines = tuple(_placed(text, one) for one in found)
    chosen = _placed(text, best)
    doubts = list(best.doubts)
    rivals = [f for f in found if f is not best]
    doubts += _doubts(chosen, best, rivals, text, context)
    if not labelled:
        doubts += context.doubts[:1]
    if chosen.due is None and not labelled:
        doubts += _stray(text, seen, [(f.start, f.end) for f in found])
    return DeadlineReading(chosen, tuple(dict.fromkeys(doubts)), deadlines)


COMPUTABLE = 3
_RANK: dict[str, int] = {"invalid": 2, "event": 1, "ongoing": 0, "recurring": 1}


def _weight(one: g.Found) -> tuple[int, dt.date, int]:
    """Computable days first, by the latest end; then what is broken, then events and repetition, then «постоянно»."""
    due = one.deadline.due
    if due is not None:
        return (COMPUTABLE, due, -one.start)
    if one.deadline.start is not None:
        return (COMPUTABLE, one.deadline.start, -one.start)
    return (_RANK.get(one.deadline.kind, 1), dt.date.min, -one.start)


def _placed(text: str, one: g.Found) -> Deadline:
    start, end = one.start, one.end
    if one.deadline.kind in ("event", "relative"):  # the words of an event end where the order begins
        verb = next((m for m in WORD.finditer(text, start, end) if is_infinitive(m.group())), None)
        end = verb.start() if verb else end
    while end > start and text[end - 1] in " \t\n.,;:)(":
        if text[end - 1] == "." and re.search(r"(?:^|\W)(?:г|гг|уч)$", text[start : end - 1]):
            break
        end -= 1
    while start < end and text[start] in " \t\n.,;:(-–—":
        start += 1
    printed = " ".join(text[start:end].split())
    return replace(one.deadline, text=printed, span=((start, end),))


def _doubts(chosen: Deadline, best: g.Found, rivals: list[g.Found], text: str, context: g.Context) -> Iterator[str]:
    day = context.document_date
    if chosen.kind == "invalid":
        yield f"Такой даты нет: «{chosen.text}». Какой срок установить?"
    elif chosen.due and day and chosen.due < day:
        yield f"Срок «{chosen.text}» раньше даты документа ({day:%d.%m.%Y}). Верно ли он напечатан?"
    elif chosen.due and day and chosen.due > day + dt.timedelta(days=365 * 6):
        yield f"Срок «{chosen.text}» очень далеко от даты документа. Верно ли он напечатан?"
    if chosen.kind == "recurring" and not chosen.rrule:
        yield f"«{chosen.text}» повторяется, но дни не названы. Когда ждать отчёт?"
    if chosen.kind == "relative" and chosen.due is None:
        yield f"Срок «{chosen.text}» считается от даты документа, а она не прочитана. Какой день установить?"
    if best.guessed_year and day is None:
        yield f"В сроке «{chosen.text}» нет года, а дата документа не прочитана. Какой это год?"
    if chosen.kind != "recurring" and any(r.deadline.kind == "recurring" and _beside(r, best) for r in rivals):
        yield f"Срок «{chosen.text}» стоит рядом с повторением. Это один раз или каждый?"
    if best.guessed_year and chosen.due and day and chosen.due.year > day.year and rivals:
        if any(r.deadline.due and r.guessed_year and r.deadline.due.year == day.year for r in rivals):
            yield f"Срок «{chosen.text}» прочитан следующим годом, а другой — этим. Какой верен?"
    if chosen.due and not _leads(context, best) and best.deadline.kind in ("date", "period", "month"):
        # «подать заявки до 14 марта, конкурс состоится 20 марта»: the later day may be that of another thing
        terms = [r for r in rivals if r.deadline.due and r.deadline.due < chosen.due and _leads(context, r)]
        if terms:
            yield f"Срок — «{chosen.text}» или «{text[terms[0].start : terms[0].end].strip()}»?"
    if chosen.kind == "date" and rivals and _SEVERAL_TIMES.search(context.seen):
        yield "Сроков несколько, взят последний. Когда ждать отчёт?"
    for rival in rivals:
        if rival.deadline.kind == "invalid":
            yield f"Такой даты нет: «{text[rival.start : rival.end].strip()}». Не она ли срок?"


def _leads(context: g.Context, one: g.Found) -> bool:
    """Whether words of a term («до», «не позднее», «к») are printed before a day."""
    printed = context.seen[one.start : one.end].strip()
    return bool(
        re.match(r"(?:(?:в\s+)?срок\s+)?(?:до|ко?|не\s+позд?нее|не\s+позже)\s", printed)
        or re.search(r"(?<![а-я])(?:до|к)\s*$", context.seen[max(0, one.start - 4) : one.start])
    )


def _beside(one: g.Found, other: g.Found) -> bool:
    """Whether two terms stand in one phrase."""
    return max(one.start, other.start) - min(one.end, other.end) <= BESIDE


BESIDE = 12  # «ежегодно, начиная с 1 мая»
# Something that looks like a date behind «до», «к», «не позднее» and was not understood as a term.
_STRAY = re.compile(
    r"(?<![а-я])(?:до|к|не\s+позд?нее|не\s+позже|по|срок[а-я]*)\s+[\"«]?\d{1,4}\s?[./\-»\"]\s?\d{1,4}(?:[./\- ]{1,2}\d{2,4})?"
)
_MONTHS = r"январ|феврал|март[аеу]?(?![а-я])|апрел|ма[йяею](?![а-я])|июн|июл|август|сентябр|октябр|ноябр|декабр"
_PERIODS = r"квартал|полугоди|каникул|четверт|недел|декад[аеуы]|сутк|суток|месяц|понедельник|вторник|сред[уые](?![а-я])|четверг|пятниц|суббот|воскресень|семестр|триместр"
# Words of time behind a preposition of a term.
_OF_TIME = re.compile(
    r"(?<![а-я\d])(?:до|к|ко|не\s+позд?нее|не\s+позже|в\s+срок|во?|в\s+течени[еи]|на|через)\s+"
    r"(?:(?:[а-я]{3,}(?:ый|ий|ого|его|ой|ей|ому|ем|ую|ое|юю|ые|ие|ых)|\d{1,2}(?:-?[а-я]{1,2})?)\s+)?"
    rf"(?:\d{{1,2}}\s+(?!класс|час|балл|челов|шк|и\s|или\s|лет|год|тыс|руб|мест|процент|этап|задан|вопрос|пункт|раз|предмет|параллел|экз|мин|заяв|случа|групп|сад|учрежд|организ|номинац|направл|тур|поток|смен)[а-я]{{3,}}|{_MONTHS}|{_PERIODS}|числ[ауо]|"
    r"(?:зим|весн|осен|лет)[аеуыоию](?![а-я])|завтра|послезавтра|нового?\s+году|новому\s+году|дню\s+[а-я]+|наступлени)"
)
# «дважды: до 1 июня и до 1 декабря»
_SEVERAL_TIMES = re.compile(
    rf"(?<![а-я])(?:дважды|трижды|в\s+(?:два|три|несколько)\s+этап[а-я]+|(?:{NUMBER})\s+раза?)\s*[:(]"
)
# Adverbs and phrases that hurry without a day.
_HURRY = re.compile(
    r"(?<![а-я])(?:срочно|безотлагательно|завтра|сегодня|в\s+(?:кратчайши[ей]|сжаты[ей]|минимальны[ей]|максимально\s+короткие)\s+срок[а-я]*|в\s+ближайш[а-я]+\s+(?:врем|дн|срок)[а-я]*|"
    r"в\s+(?:установленн|указанн|определенн|назначенн|согласованн|регламентированн|оговоренн|надлежащ)[а-я]+\s+(?:[а-я]+\s+)?срок[а-я]*|в\s+срок[иа]?,?\s+(?:установлен|указан|определен|согласован)[а-я]*|"
    r"за\s+(?:\d{1,2}|один|два|две|три|четыре|пять|десять|неделю)(?:\s*\([а-я ]{3,20}\))?(?:\s+рабочих|\s+календарных)?(?:\s+(?:дня|дней|день|недели|недель))?(?=[\s,.;]*$)|"
    r"во?\s+(?:весенн|осенн|зимн|летн|осеннее|зимнее)[а-я]*-[а-я]+\s+период|в\s+(?:перв|последн)[а-я]+\s+рабоч[а-я]+\s+д[а-я]+|с\s+\d{1,2}\s+по\s+\d{1,2}\s+числ[оа]|"
    r"(?<!довести )(?<!увеличить )(?:до|к)\s+\d{1,2}(?=\s*[.;]?\s*$)|в\s+рабочем\s+порядке|до\s+особого\s+распоряжения|по\s+согласованию|в\s+течение\s+\d{1,2}\s+(?:часов|часа))(?![а-я])"
)
# «25 числа», «каждую четверть», «каждые три дня»: a day or a repetition that nothing was made of.
_REPEATED = re.compile(
    rf"(?<![а-я\d])(?:\d{{1,2}}(?:-?го)?\s+числа(?![а-я])|каждое\s+\d{{1,2}}(?:-?е)?\s+число|"
    rf"кажд(?:ую|ый|ое|ые)\s+(?:{NUMBER}\s+)?(?:четверть|квартал|недел[юи]|месяц[а]?|дня|дней|учебный\s+год|полугодие))(?![а-я])"
)
# A misprinted month behind a day: «15 сентебря».
_MISPRINT = re.compile(r"(?<![а-я\d.,№])\d{1,2}(?:-?го)?\s+(?P<w>[а-я]{4,10}(?:ря|ля|ня|та|рт|ста))(?![а-я])")
_MONTH_WORDS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def _stray(text: str, seen: str, taken: list[tuple[int, int]]) -> tuple[str, ...]:
    """A question about words of time that nothing was made of; those of results («за II квартал») are of other matters."""
    for pattern in (_STRAY, _HURRY, _OF_TIME, _REPEATED, _MISPRINT):
        for found in pattern.finditer(seen):
            if any(found.start() < b and a < found.end() for a, b in taken):
                continue
            if g.OF_RESULTS.search(seen[max(0, found.start() - 60) : found.start()]):
                continue
            if pattern is _MISPRINT and not any(Levenshtein.distance(found["w"], month) <= 2 for month in _MONTH_WORDS):
                continue
            printed = text[found.start() : found.end()].strip()
            return (f"Похоже на срок, но не прочитано: «{printed}». Какой срок установить?",)
    return ()


__all__ = ["DeadlineReading", "parse_term", "read_deadline"]
