"""What each column of a table is, by the words of its headings and never by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .header import plain

Kind = Literal[
    "number", "school", "code", "login", "schools", "participants", "weak", "enrolled", "mark", "mean", "below", "lowered",
    "municipality", "year", "level",
    "confirmed", "raised", "class", "subject", "procedure", "date", "person", "mark_of_person", "score", "primary",
    "journal", "pupil", "task", "requirement", "maximum", "people", "other",
]  # fmt: skip
Unit = Literal["people", "percent", "both", ""]
FIGURES = frozenset({"participants", "weak", "mark", "mean", "below", "lowered", "confirmed", "raised"})
IDENTITY = frozenset({"school", "code", "login"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `path` are its headings from top to bottom, `mark` is «2»…«5» for marks, the heading for tasks."""

    place: int
    kind: Kind
    unit: Unit = ""
    mark: str = ""
    path: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return " — ".join(" ".join(part.split()) for part in self.path if part)


_PLACE = r"(?: ?[,/(;] ?(?:населенн\w+ пункт|адрес|территория|муниципалитет|район|местонахождени\w|класс)\w*\)?)?"
SCHOOL = re.compile(
    r"(?:группы? участников|(?:кратк\w+ |полн\w+ |сокращенн\w+ )?(?:наименовани\w|названи\w)(?:[ _](?:оо|оу|школ\w*|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+|учреждени\w+|организаци\w+))?(?: ?\(.*\))?"
    r"|школ[аы]|оо|оу|(?:обще)?образовательн\w+ (?:организаци|учреждени)\w+|учреждени[ея]|организаци[яи]|муниципалитет ?[/,] ?оо|школа ?\(оо\)|ос|оо ?\(.*\)|оу ?\(.*\)|шко?лы? района|территория ?[/,] ?оо|(?:код|шифр|номер) (?:и|[,+/]) ?(?:наименовани|названи)\w(?: (?:оо|оу|школ\w*|организаци\w|учреждени\w))?)"
    + _PLACE
)
CODE = re.compile(
    r"(?:код|номер|№)[ _]?(?:оо|оу|школы|организации|учреждения|(?:обще)?образовательн\w+ \w+)(?: ?\(.*\))?|кодоо|шифр оо|school_?code"
)
LOGIN = re.compile(r"логин.*|login.*")
_NUMBER = re.compile(r"№|n|no|№ ?п ?[/\\.]? ?п\.?|п ?/ ?п|пп|номер п/п|#|№№|№ п")
_SCHOOLS = re.compile(r"(?:кол-?во|количество|число) (?:оо|оу|школ|организаций|учреждений|образовательн\w+ \w+)")
_PERSON = re.compile(
    r"фамилия(?!.*(?:директор|учител)).*|имя|отчество|ф\.? ?и\.?(?: ?о\.?)?(?: (?:ученик|учащ|обучающ|участник|выпускник)\w*)?"
    r"|фио|ученик|учащийся|обучающийся|участник|список (?:класса|учеников|обучающихся|участников)"
)
_CLASS = re.compile(r"класс(?:ы|\(буква\))?|параллель|кл\.?|класс ?\(.*\)|номер класса|класс[, ]+литера?")
_SUBJECT = re.compile(
    r"(?:учебн\w+ )?предмет(?:ы)?|дисциплина|наименование предмета|название предмета|экзамен|предмет \(?экзамен\)?"
)
_PROCEDURE = re.compile(r"процедура|оценочная процедура|вид работы|вид процедуры|форма гиа")
_DATE = re.compile(r"дата(?: \w+)?")
_YEAR = re.compile(r"(?:учебн\w+ |календарн\w+ )?год(?: проведения| обучения)?|уч\.? ?год|период")
MUNICIPALITY = re.compile(
    r"муниципалитет|муниципальн\w+ (?:образовани\w|район|округ)|мо|мр|го|мсу|ате|район|территория|город ?/ ?район|район ?/ ?город|омсу"
)
# Columns about another time or another place stand beside the figures of the table and are not figures of it.
_BESIDE = re.compile(
    r"прошл\w+ (?:уч\w*\.? )?год|прошлогодн|предыдущ|динамик|отклонени|разниц|прирост|(?<![а-я])план(?:ов\w+)?(?![а-я])|прогноз|(?<![а-я])цел(?:ь|ев)|\+ ?/ ?-|справочно"
    r"|ср\w*\.? (?:\w+\.? )?по (?:район|област|регион|муницип|округ|город|рф|росси|стран|мо(?![а-я]))"
)
_LEVEL_COLUMN = re.compile(r"уровень(?: экзамена| егэ| сложности| изучения)?")
_PARTICIPANTS = re.compile(
    r"участник|участвовал|участи[ея]|(?<!не )писал|писавш|выполнял|выполнивш|выполнявш|сдавал|сдававш|сдавш|принимал|явил|явивш|участв|уч-к|(?<![а-я])уч(?:\.(?![а-я])|$)|(?<![а-я])уч-ся|тестируем|аттестуем|экзаменуем|испытуем"
)
_NOT_PARTICIPANTS = re.compile(
    r"не писал|не участв|не явил|неявк|отсутств|зарегистр|заявлен|допущен|спис[ко]|дол[яи]|процент|%|получивш|получил|набра|не сдал|не преодол|100|8[01]|справил|с овз|балл|отмет|оцен|групп[аы] участ|среди|удален|выпускник|план|подал|заявил"
)
_ENROLLED = re.compile(
    r"по списк|списочн|контингент|зарегистр|заявлен|заявил|подал|отсутств|не писал|не участв|не явил|неявк|в класс[еах]|всего (?:обучающихся|учащихся|учеников|детей) в|допущен|численность|с овз"
)
_WROTE = re.compile(r"писавш|(?<!не )писал|выполнял|выполнявш|(?<!неявивш)участник|(?<!не )явил|(?<!не )сдавал")
_WEAK = re.compile(
    r"всего|итого|всего,? чел\.?(?:овек)?|всего человек|чел\.?|человек|(?:кол-?во|количество|число)(?: чел\.?(?:овек)?| обучающихся| учащихся| учеников| детей|,? ?чел\.?)?|обучающихся|учащихся|всего (?:обучающихся|учащихся|учеников)"
)
_BELOW = re.compile(
    r"не (?:преодолел|набрал|достиг|сдал|перешагнул|прошл|прошел|прошед|преодолев|набрав|достигш|сдавш)|ниже (?:минимальн|порог|мин\.)|ниже мин|менее минимал|не преод|неудовлетворительн\w+ результат"
)
_MEAN = re.compile(
    r"ср(?:едн\w+|\.)? ?(?:\(?тестов\w+\)? |школьн\w+ |по школе )?(?:балл|отметк|оценк)|средн(?:ее|ий|яя)(?: (?:значение|арифметическое))?|ср\w*\.? ?\(?тест\w*\.?\)? ?балл|ср\. ?б(?![а-я])|ср\. ?(?:балл|оц|отм|знач)\w*\.?"
)
_NOT_MEAN = re.compile(r"первичн|%|выполнени|процент")
_UNITS = re.compile(
    r"чел(?:овека?|\.)?(?![а-я])|%|процент\w*|(?:кол-?во|количество|число|дол[яи])|(?:участник|обучающ|учащ|ученик|выпускник|школьник|детей|работ|отмет[ко]|оцен[ко]|получивш|получил|набравш|имеющ|написавш|написал|сдавш|сдал)\w*"
    r"|(?<![а-я])(?:на|из них|в т\.? ?ч\.?|в том числе|от числа|от общего|общего|числа|с|гр|группа|групп|по|в|за|за работу)(?![а-я])|[()\[\].,:;\"'«»–—_/|-]"
)
_MARK_WORDS = (
    ("2", re.compile(r"двойк\w*|двоек|неуд\w*|неудовлетворительн\w*")),
    ("3", re.compile(r"тройк\w*|троек|уд|удовл\w*|удовлетворительн\w*")),
    ("4", re.compile(r"четверк\w*|четверок|хор|хорош\w*")),
    ("5", re.compile(r"пятерк\w*|пятерок|отл|отличн\w*")),
)
_COMPARISON: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("lowered", re.compile(r"понизил|ниже журнал|понижен")),
    ("confirmed", re.compile(r"подтвердил|подтвержден")),
    ("raised", re.compile(r"повысил|выше журнал|повышен")),
)
_WRAPPED = re.compile(r"([а-яё])[-\u00ad]\s*\n\s*([а-яё])", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """A heading in one line: a word broken by «-» at a line's end is one word again."""
    return plain(_WRAPPED.sub(r"\1\2", heading.replace("\u00ad", "")).replace("№п/п", "№ п/п")).strip(" .:;*")


def mark_of(heading: str) -> str:
    """«2» for «2», «Получили «2», чел.», «двойки», «неуд.»; nothing for «4 и 5», «81–100», «2 балла и ниже»."""
    bare = " ".join(_UNITS.sub(" ", heading.replace(" и ", " + ")).split())
    if bare in ("2", "3", "4", "5"):
        return bare
    for mark, pattern in _MARK_WORDS:
        if pattern.fullmatch(bare) or re.fullmatch(
            rf"{mark} ?(?:{pattern.pattern})|(?:{pattern.pattern}) ?{mark}", bare
        ):
            return mark
    return ""


def unit_of(path: Sequence[str]) -> Unit:
    """The unit, from the lowest heading that names one."""
    for level in reversed(path):
        percent = "%" in level or "процент" in level or re.search(r"(?<![а-я])дол[яи](?![а-я])", level) is not None
        people = re.search(r"(?<![а-я])чел(?:\.|овек|$|[ ,)])|кол-?во|количество|(?<![а-я])число", level) is not None
        if percent and people:
            if re.search(r"(?:кол-?во|количество|число)[^%|]*[,(]? ?(?:в )?%", level) and not re.search(r"чел", level):
                return "percent"  # «Кол-во участников, %», «количество (в %)»
            return "both"
        if percent or people:
            return "percent" if percent else "people"
    return ""


def column_of(place: int, path: tuple[str, ...]) -> Column:
    """The meaning of a column from its headings, top to bottom."""
    levels = tuple(normal(part) for part in path if part and part.strip())
    if not levels:
        return Column(place, "other", path=path)
    joined, last = " | ".join(levels), levels[-1]
    unit = unit_of(levels)

    def made(kind: Kind, mark: str = "") -> Column:
        return Column(place, kind, unit, mark, path)

    if any(_BESIDE.search(level) for level in levels) and not _COMPARISON[2][1].search(joined):
        return made("other")
    for kind, pattern in _COMPARISON:
        if pattern.search(joined):
            return made(kind)
    if re.search(r"по журналу", joined) and re.search(r"отметк|оценк", joined) and not _PARTICIPANTS.search(joined):
        return made("journal")
    if re.search(r"код участника|код обучающегося|код ученика", joined):
        return made("pupil")
    for level in reversed(levels):
        mark = mark_of(level)
        if mark:
            return made("mark", mark)
    if _BELOW.search(joined):
        return made("below")
    for level in reversed(levels):
        if _NUMBER.fullmatch(level):
            return made("number")
        if LOGIN.fullmatch(level):
            return made("login")
        if CODE.fullmatch(level):
            return made("school" if level.startswith("№") else "code")
        if SCHOOL.fullmatch(level):
            return made("school")
        if _SCHOOLS.search(level):
            return made("schools")
        if _MEAN.search(level):
            return made("other" if _NOT_MEAN.search(level) or "первичн" in joined else "mean")
    if re.search(r"первичн\w+ балл|сумма баллов|балл первичн", joined) and not re.fullmatch(r"\d{1,2}", last):
        return made("primary")
    if re.fullmatch(
        r"(?:тестов\w+|итогов\w+|стобалльн\w+)(?: ?[/(] ?тестов\w+\)?)? балл|балл|баллы|балл ?\(.*\)|тест\. балл", last
    ):
        return made("score")
    if re.fullmatch(
        r"отметка|оценка|отметка за (?:работу|впр|экзамен)|оценка за (?:работу|экзамен)|итоговая отметка|отметка впр",
        last,
    ):
        return made("mark_of_person")
    if re.fullmatch(r"проверяемые требования.*|№ задания.*|блоки пооп.*|планируемые результаты.*", last):
        return made("requirement")
    if re.fullmatch(r"макс\w*\.? ?балл\w*.*", last):
        return made("maximum")
    for level in reversed(levels):
        if _PERSON.fullmatch(level):
            return made("person")
        if _CLASS.fullmatch(level):
            return made("class")
        if _SUBJECT.fullmatch(level):
            return made("subject")
        if _PROCEDURE.fullmatch(level):
            return made("procedure")
        if _DATE.fullmatch(level):
            return made("date")
        if _LEVEL_COLUMN.fullmatch(level):
            return made("level")
        if _YEAR.fullmatch(level):
            return made("year")
    if MUNICIPALITY.fullmatch(last):
        return made("municipality")
    if _ENROLLED.search(last) and not _WROTE.search(last):
        return made("enrolled")
    if _ENROLLED.search(joined) and not _WROTE.search(joined):
        return made("enrolled")
    for level in reversed(levels):
        if _PARTICIPANTS.search(level) and not _NOT_PARTICIPANTS.search(level):
            return made("participants") if unit != "percent" else made("other")
    if _PARTICIPANTS.search(levels[0]) and not _NOT_PARTICIPANTS.search(joined) and _WEAK.fullmatch(last):
        return made("participants")
    if _WEAK.fullmatch(last) and unit != "percent":
        return made("weak")
    return made("other")
