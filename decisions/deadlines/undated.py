"""Terms without a day of their own: constant ones, those counted from the document, events, repetition. See `grammar`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from decisions.deadlines import frequency
from decisions.deadlines.days import add_months, add_working_days
from decisions.deadlines.grammar import OF_RESULTS, PAST_PARTICIPLE, Context, Found
from decisions.deadlines.words import DAY_WORDS, MONTH, NUMBER, ORDINAL, STEM, STEMS, number_of
from decisions.reading.grammar import is_adjective, is_noun, is_participle, lemma
from decisions.reading.model import Deadline

ONGOING = re.compile(r"(?<![а-я])(?:постоянно(?![-а-я]|\s*-?\s*действующ)|бессрочно(?![а-я])|в\s+постоянном\s+режиме)")
ONGOING_LABELLED = re.compile(
    r"(?<![а-я])(?:(?:на|в\s+течение)?\s*вс(?:ь|его|его)\s+период[а]?|весь\s+период|на\s+постоянной\s+основе|систематически|регулярно|непрерывно)(?![а-я])"
)


def ongoing(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in ONGOING.finditer(context.seen, start, end):
        yield Found(m.start(), m.end(), Deadline(kind="ongoing"))
    if labelled:
        for m in ONGOING_LABELLED.finditer(context.seen, start, end):
            yield Found(m.start(), m.end(), Deadline(kind="ongoing"))


IN_DAYS = re.compile(
    rf"(?<![а-я])в\s+(?:(?P<stem>{STEM})[-\s]*(?P<u1>дневный|недельный|декадный|месячный)|(?P<num>\d{{1,3}})\s*-?\s*(?:х|ти|и|мя)?\s*-?\s*(?P<u2>дневный|недельный|месячный)|(?P<u3>недельный|декадный|месячный|суточный))\s+срок(?![а-я])"
)
WITHIN = re.compile(
    rf"(?<![а-я])(?:в\s+течени[еи]|не\s+позд?нее(?:\s+чем\s+через)?|в\s+(?:[а-я]+\s+){{0,2}}срок,?\s+(?:до|не\s+более|не\s+превышающий|не\s+позд?нее)(?:\s+чем\s+(?:за|через|в))?|через)\s+(?:(?P<n>{NUMBER})\s*-?(?:х|ти|и)?\s+)?(?:(?P<w>рабочих|рабочего|календарных|календарного)\s+)?(?P<u>дней|дня|день|суток|недель|недели|неделю|месяцев|месяца|месяц)(?![а-я])"
)
BARE_DAYS = re.compile(
    rf"(?<![а-я\d])(?P<n>{NUMBER})\s+(?P<w>рабочих|рабочего|рабочий|календарных|календарный)?\s*(?P<u>дней|дня|день|суток|недель|недели|неделя|месяца|месяц|месяцев)(?![а-я])(?!\s+до\s)"
)
LASTS = re.compile(r"(?:продолжительност|длительност|длится|длятся|сроком|стаж|возраст|смен[аыу])[^.;]{0,40}$")
SINCE_DAY = re.compile(rf"\d\s*(?:{MONTH}|\.\d{{2}})[^;(]{{0,25}}\(\s*$")
AT_ONCE = re.compile(r"(?<![а-я])(?:немедленно|незамедлительно)(?![а-я])")
ANCHOR = re.compile(
    r"\s*,?\s*(?P<how>со\s+дня|с\s+момента|с\s+даты|от\s+даты|после|по|с)\s+(?P<what>(?:[^,;.()]|\.(?=\s*[а-я]\.)){3,110})"
)
OWN_ANCHOR = re.compile(
    r"(?:его\s+|дня\s+)?(?:подписания|издания|принятия|регистрации|утверждения|выхода)?\s*(?:настоящего|данного|этого|протокола|приказа|распоряжения|постановления|решения)|(?:подписания|издания)\s*$|(?:подписания|издания)\s+(?:протокола|приказа)"
)


def relative(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for m in AT_ONCE.finditer(context.seen, start, end):
        after = re.match(r"\s+(?:после|по\s+(?:мере|факту))\s+[^,;.()]{3,90}", context.seen[m.end() : end])
        if after:
            yield Found(m.start(), m.end() + after.end(), Deadline(kind="event"))
        else:
            yield Found(
                m.start(), m.end(), Deadline(kind="relative", days=0, unit="calendar", due=context.document_date)
            )
    for m in NEXT_DAY.finditer(context.seen, start, end):
        one = _counted(context, m, 1, "день", working=bool(m["w"]), end=end)
        if one.deadline.kind == "relative":
            one = replace(one, doubts=(f"«{m.group()}»: после какого дня? Взят день после даты документа.",))
        yield one
    for m in IN_DAYS.finditer(context.seen, start, end):
        number = STEMS[m["stem"]] if m["stem"] else int(m["num"]) if m["num"] else 1
        unit = m["u1"] or m["u2"] or m["u3"]
        yield _counted(context, m, number, unit, working=False, end=end)
    if labelled:
        for m in BARE_DAYS.finditer(context.seen, start, end):
            if LASTS.search(context.before(m.start())) or SINCE_DAY.search(context.before(m.start())):
                continue  # «продолжительность смены – 21 день», «с 10 марта (10 дней)»
            yield _counted(context, m, number_of(m["n"]), m["u"], working=(m["w"] or "").startswith("рабоч"), end=end)
    for m in WITHIN.finditer(context.seen, start, end):
        number = number_of(m["n"]) if m["n"] else 1
        if not m["n"] and m["u"] in ("дней", "дня", "месяцев", "недель"):
            if m["u"] != "дня" or not m.group().startswith("в теч"):
                continue
        one = _counted(context, m, number, m["u"], working=(m["w"] or "").startswith("рабоч"), end=end)
        if m["u"] in ("дня", "день") and not m["n"] and one.deadline.kind == "relative":
            one = replace(one, doubts=("«В течение дня»: какого дня? Взят день после даты документа.",))
        yield one


def _counted(context: Context, m: re.Match[str], number: int, unit: str, *, working: bool, end: int) -> Found:
    stop = m.end()
    anchor = ANCHOR.match(context.seen, stop, end)
    before_what = re.match(r"\s+до\s+[^,;.()]{3,90}", context.seen[stop:end])
    if before_what:
        return Found(m.start(), stop + before_what.end(), Deadline(kind="event"))
    if anchor and anchor["how"] not in ("по", "с"):
        if not OWN_ANCHOR.match(anchor["what"]):
            return Found(m.start(), anchor.end(), Deadline(kind="event"))
        stop = anchor.end()
    day = context.document_date
    days, months = None, None
    if unit.startswith("месяц") or unit == "месячный":
        months = number
        due = add_months(day, number) if day else None
    else:
        days = number * (7 if unit.startswith("недел") else 10 if unit.startswith("декад") else 1)
        if day is None:
            due = None
        elif working:
            due = add_working_days(day, days, context.calendar)
        else:
            due = day + dt.timedelta(days=days)
    deadline = Deadline(kind="relative", due=due, days=days, months=months, unit="working" if working else "calendar")
    return Found(m.start(), stop, deadline)


_TO_STOP = r"[^,;.()\n]{2,100}"
EVENTS = (
    re.compile(rf"(?<![а-я])по\s+мере\s+{_TO_STOP}"),
    re.compile(
        rf"(?<![а-я])(?:не\s+позд?нее(?:,?\s*чем)?\s+)?за\s+(?:{NUMBER})\s+(?:рабочих\s+|календарных\s+)?(?:дней|дня|день|недел[а-я]*|месяц[а-я]*|суток)\s+до\s+{_TO_STOP}"
    ),
    re.compile(
        rf"(?<![а-я])(?:до|к|ко|не\s+позд?нее)\s+(?:начал[ауе]|окончани[яю]|завершени[яю]|конц[ау]|открыти[яю]|проведени[яю]|наступлени[яю]|дня\s+проведени[яю])\s+{_TO_STOP}"
    ),
    re.compile(
        rf"(?<![а-я])в\s+конце\s+(?:(?:{ORDINAL})\s*(?:-?[йяюие]+)?\s*)?(?:(?:учебной|этой|текущей|лагерной)\s+)?(?:четверти|триместра|семестра|смены|полугодия|каникул)(?![а-я])"
    ),
    re.compile(
        rf"(?<![а-я])по\s+(?:окончании|завершении|истечении|прошествии|факту|требованию|запросу)(?:\s+{_TO_STOP})?"
    ),
    re.compile(
        r"(?<![а-я])(?:в|на|во)\s+(?:период\s+)?(?:дни\s+|время\s+)?(?:осенних|зимних|весенних|летних|осенние|зимние|весенние|летние|школьных)\s+каникул[а-я]*(?:\s+20\d{2}(?:\s*года)?)?"
    ),
    re.compile(
        rf"(?<![а-я])(?:в\s+)?(?:течение\s+)?(?:{ORDINAL})\s*(?:-?[йяюие]+)?\s*(?:учебн[а-я]+\s+)?четверт[а-я]+(?![а-я])"
    ),
)
EVENTS_LABELLED = (
    re.compile(
        r"(?<![а-я])(?:согласно|в\s+соответствии\s+с|по)\s+(?:[а-я-]+\s+){0,3}(?:график[а-я]*|план[а-я]*|срок[а-я]*|расписани[а-я]*|календар[а-я]*)(?:[^,;.()\n]{0,90})?"
    ),
    re.compile(
        rf"(?<![а-я])(?:в\s+период(?!\s+(?:(?:с|от|до|по)\s|\d))|на\s+период|во\s+время|в\s+ходе|в\s+день|при|перед)\s+{_TO_STOP}"
    ),
    re.compile(
        rf"(?<![а-я])(?:после|по\s+(?:итогам|результатам|получении|поступлении|готовности|прибытии))\s+{_TO_STOP}"
    ),
    re.compile(r"(?<![а-я])(?:осенн|зимн|весенн|летн)[а-я]+\s+каникул[а-я]*(?:\s+20\d{2}(?:\s*года)?)?"),
    re.compile(r"(?<![а-я])(?:в\s+)?(?:установленные|указанные|определенные)\s+(?:[а-я]+\s+)?сроки[^,;.()\n]{0,60}"),
)
FOURTH = len(EVENTS) - 1  # a school term; the last
EDGE = 2  # «до начала …», «к проведению …»
AFTER = re.compile(r"(?<![а-я])после\s+(?P<what>[^,;.()\n]{2,100})")
# Times of the day rather than something that is waited for.
_EVERY_DAY = frozenset("урок занятие обед школа смена звонок работа выходной праздник".split())
_DURING = re.compile(
    r"(?<![а-я])(?:(?:в\s+период|на\s+период|во\s+время)\s+(?!с\s|от\s|до\s|по\s|\d|каникул)|"
    r"в\s+день\s+(?=(?:их\s+|его\s+)?(?:получени|поступлени|обращени|выявлени|подписани|издани)))[^,;.()\n]{2,100}"
)
# «не позднее следующего дня»: the day after the document's, unless something is waited for.
NEXT_DAY = re.compile(
    r"(?<![а-я])(?:не\s+позд?нее|не\s+позже|до|на|в\s+течение)\s+следующ(?:его|ий)(?P<w>\s+рабоч(?:его|ий))?\s+(?:дня|день)(?![а-я])"
)


UNTIL = re.compile(r"(?<![а-я])(?<!довести )до\s+(?P<what>[а-я][^,;.():\n]{2,80})")
_NOT_A_TIME = frozenset(
    "сведение уровень минимум максимум балл процент человек конец начало дом место показатель значение порог класс руководитель "
    "родитель работник педагог коллектив учитель исполнитель сотрудник норма январь февраль март апрель май июнь июль август "
    "сентябрь октябрь ноябрь декабрь год квартал полугодие месяц неделя день число окончание завершение открытие проведение "
    "наступление час рубль тысяча пятница понедельник вторник среда четверг суббота воскресенье распоряжение".split()
)
_SURELY = re.compile(r"(?:[нт]ия|ции|ций|ки|мены|каникул|хода|езда|ссии|зона)$")


def _until(context: Context, start: int, end: int) -> Iterator[Found]:
    """«до осенних каникул», «до отмены ограничений»: what is waited for, in the genitive; asked where it may be no time."""
    for m in UNTIL.finditer(context.seen, start, end):
        if re.search(r"(?:довест|довод|от\s+[а-я]+)[а-я]*\s+(?:[а-я]+\s+){0,4}$", context.before(m.start())):
            continue
        for word in re.findall(r"[а-я-]+", m["what"])[:4]:
            if len(word) < 4 or word in DAY_WORDS or word.startswith(("перв", "втор", "трет", "четверт")):
                break
            if is_noun(word, "gent"):
                if lemma(word) not in _NOT_A_TIME and not is_noun(word, "gent", animate_only=True):
                    words = m.group().rstrip()
                    doubts = () if _SURELY.search(word) else (f"«{words}» — это срок?",)
                    yield Found(m.start(), m.start() + len(words), Deadline(kind="event"), doubts=doubts)
                break
            if not (is_adjective(word, "gent") or is_participle(word)):
                break


def _after(context: Context, start: int, end: int) -> Iterator[Found]:
    """«после отъезда комиссии»: the first noun, in the genitive, says what is waited for."""
    for m in AFTER.finditer(context.seen, start, end):
        before = context.before(m.start())
        if PAST_PARTICIPLE.search(before) or OF_RESULTS.search(before):
            continue
        for word in re.findall(r"[а-я-]+", m["what"])[:4]:
            if is_noun(word, "gent"):
                if lemma(word) not in _EVERY_DAY:
                    yield Found(m.start(), m.start() + len(m.group().rstrip()), Deadline(kind="event"))
                break
            if not (is_adjective(word, "gent") or is_participle(word)):
                break


def events(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for index, pattern in enumerate(EVENTS):
        for m in pattern.finditer(context.seen, start, end):
            before = context.before(m.start())
            if OF_RESULTS.search(before) and not labelled and index not in (1, EDGE):
                continue
            if index == FOURTH and not (labelled or m.group().startswith(("в", "течение"))):
                continue
            words = m.group().rstrip()
            if index == EDGE and not labelled and re.match(r"ко?\s+(?:проведени|дн)", words):
                continue  # «подготовиться к проведению …»: what for, not when
            if index == EDGE and re.search(r"учебного\s+года|полугоди|квартал|\d{4}\s*год|года\s*$", words):
                if re.search(
                    r"(?:(?:конца|концу|окончания|окончанию)\s+(?:[\d/\- ]+)?(?:нового\s+|текущего\s+)?(?:учебного\s+года|года|[ivx\d]+\s+полугодия|[ivx\d]+\s+квартала)"
                    r"|(?:начала|началу)\s+(?:[\d/\- ]+)?(?:нового\s+|текущего\s+)?(?:учебного\s+года|года))",
                    words,
                ):
                    continue
            yield Found(m.start(), m.start() + len(words), Deadline(kind="event"))
    yield from _after(context, start, end)
    yield from _until(context, start, end)
    if not labelled:
        for m in _DURING.finditer(context.seen, start, end):
            words = m.group().rstrip()
            if "каникул" in words:
                continue
            yield Found(m.start(), m.start() + len(words), Deadline(kind="event"), doubts=(f"«{words}» — это срок?",))
    if labelled:
        for pattern in EVENTS_LABELLED:
            for m in pattern.finditer(context.seen, start, end):
                yield Found(m.start(), m.start() + len(m.group().rstrip()), Deadline(kind="event"))


def recurring(context: Context, start: int, end: int, labelled: bool) -> Iterator[Found]:
    for one in frequency.find(context.seen, start, end, labelled=labelled):
        due = frequency.first(one.rrule, context.document_date) if one.rrule and context.document_date else None
        deadline = Deadline(kind="recurring", due=due, rule=one.rule, rrule=one.rrule)
        yield Found(one.start, one.end, deadline, doubts=one.doubts)
