"""The list of parties in a stretch of a clause: named bodies, persons, classes of people and posts (gold README, section 4). Pure.

«Руководителям СОШ № 1, СОШ № 2 (кроме СОШ № 3), методисту Ивановой И.И.»: names the registry may know are found first, those
behind «кроме», «совместно с» are left out, a body whose post is printed beside a person is the person's workplace, and what is
left between the names is read as groups, posts and bodies without a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.reading.classes import (
    head_noun,
    head_noun_plural,
    is_body,
    is_group_in_singular,
    is_post,
    lemma_in,
    many,
    may_be_plural,
    phrases,
    without_time,
)
from decisions.reading.grammar import PERSON, WORD, is_noun, is_preposition, lemma
from decisions.reading.model import Addressee, Ask
from decisions.reading.party_labels import co_executor_stretches
from decisions.reading.party_marks import BASE, CHAIN, EXCEPT, EXCEPTION, HEAD_POSTS, TOGETHER, WITH
from decisions.reading.school_lists import Named, find_named
from decisions.reading.school_marks import LEGAL
from schools.names import AuthorityRegistry

AFTER_DASH = re.compile(r"\s[–—-]\s+$")
_OF_OTHERS = re.compile(r"[а-яё]+(?:ам|ям)(?![а-яё])", re.I)
AMONG = re.compile(
    r",?\s*\(?(?:в\s+том\s+числе|в\s+т\.?\s?ч\.?|включая|в\s+частности|прежде\s+всего|в\s+первую\s+очередь|особенно)"
    r"(?:\s+и)?(?:\s+[а-яё]+(?:ам|ям|ю|у|е))?\s*$",
    re.I,
)
OF_MANY = re.compile(r"\s(?:школ|гимназий|лицеев|ОО|ОУ|ДОУ|организаций|учреждений|садов)(?![а-яё])")
NEAR = 200  # how far before a name the words are looked for that make it a mention


class PartyList:
    """One clause's text and what is known of it: `named` bodies in it, which of them are `used` as parties (by index), who helps
    (`beside`, stretches of «соисполнители – …»); what was found goes to `out`, what is doubtful to `asks`."""

    def __init__(self, text: str, registry: AuthorityRegistry) -> None:
        self.text, self.registry = re.sub(r"(?<![A-Za-zА-Яа-я])N(?=\s*\d)", "№", text), registry
        self.named = find_named(self.text, registry)
        self.used: set[int] = set()
        self.beside = list(co_executor_stretches(self.text))  # «соисполнители – …»: who helps, wherever it is printed
        self.asks: list[Ask] = []
        self.out: list[Addressee] = []

    def take(self, start: int, end: int, *, dative: bool = False, limit: int = 99) -> None:
        """Parties named in a stretch: named bodies first, then persons, then classes of people and posts."""
        inside = [
            (i, n)
            for i, n in enumerate(self.named)
            if start <= n.start and n.end <= end + 2 and i not in self.used and not self.helps(n.start)
        ]
        excluded = [(i, n) for i, n in inside if self.stands_behind(n, EXCEPT, start)]
        if dative:  # «совместно с Дворцом творчества» inside the head: with whom, not who
            excluded += [
                (i, n) for i, n in inside if self.stands_behind(n, WITH, start) or self.stands_behind(n, BASE, start)
            ]
        out_of = {i for i, _ in excluded}
        again: set[int] = set()  # behind an exception that is over the list goes on
        for (before, first), (index, second) in zip(inside, inside[1:], strict=False):
            if index in out_of or not self.chained(first, second) or before not in out_of | again:
                continue
            (again if before in again or self.bracket_closes(first, second) else out_of).add(index)
        excluded = [(i, n) for i, n in inside if i in out_of]
        cut = min((self._except_start(n) for _, n in excluded[:3] if not self._in_brackets(n)), default=end)
        without: set[str] = set()  # one of a range, excluded, and what «кроме СОШ № 2 и СОШ № 6» names after it
        for index, named in excluded:
            before_it = next((n for i, n in excluded if i == index - 1), None)
            chained = before_it is not None and before_it.canonical in without and self.chained(before_it, named)
            if named.canonical and (self.stands_behind(named, EXCEPT, start) or chained):
                without.add(named.canonical)
        self.used |= {i for i, n in inside if i not in out_of and n.canonical in without}
        parties = [
            (i, n)
            for i, n in inside
            if i not in out_of and (n.start < cut or i in again) and n.canonical not in without
        ]
        people = self.people(start, end)[:limit]
        workplaces = self.workplaces(people, parties)
        parties = [(i, n) for i, n in parties if i not in workplaces.values()]
        rows: list[Addressee] = []
        for found in people:
            text = found.group().strip()
            place = self.named[workplaces[found.start()]] if found.start() in workplaces else None
            if place is not None:
                self.ask_about(place)
            rows.append(
                Addressee(
                    "person", text, place.canonical if place else None, ((found.start(), found.start() + len(text)),)
                )
            )
        self.used |= set(workplaces.values())
        for index, named in parties:
            self.used.add(index)
            rows.append(self.row(named))
            self.ask_about(named)
        at_work = [self.named[i].start for i in workplaces.values()] + [p.start() for p in people]
        rows += self._classes(start, min(cut, end), [n for _, n in inside], people, bool(parties), dative, at_work)
        rows = self._staff(rows, [n for _, n in parties if not n.is_school])
        self.out += sorted(rows, key=lambda a: a.span[0][0] if a.span else 0)

    def _staff(self, rows: list[Addressee], bodies: list[Named]) -> list[Addressee]:
        """«Методистам центра», «специалистам отдела комитета»: the staff of a body is one group, the body itself no party."""
        out, gone = [], set()
        for row in rows:
            end = row.span[0][1] if row.type == "role" and row.span else -1
            for body in bodies:
                if end >= 0 and body.start >= end and not self.text[end : body.start].strip(' «"'):
                    gone.add(body.start)
                    start, end = row.span[0][0], body.end
                    row = Addressee("group", self.text[start:end], None, ((start, end),))
            out.append(row)
        return [row for row in out if not (row.type == "org" and row.span and row.span[0][0] in gone)]

    # --- named bodies ---

    def row(self, named: Named) -> Addressee:
        """A named school or body as a party."""
        kind = "school" if named.is_school else "org"
        return Addressee(
            kind,  # type: ignore[arg-type]
            named.text,
            named.canonical,
            ((named.start, named.end),),
            key=named.match.entry.key if named.match.entry else None,
        )

    def ask_about(self, named: Named) -> None:
        """A question when the registry knows several bodies of this name, or a school is not in it."""
        if named.match.reason:
            self.asks.append(Ask("addressees", named.match.reason))
        elif named.match.entry is None and named.is_school:
            self.asks.append(Ask("addressees", f"«{named.text}» нет в реестре. Какая это организация?"))

    def helps(self, start: int) -> bool:
        """Whether a place lies among the co-executors."""
        return any(a <= start < b for a, b in self.beside)

    def stands_behind(self, named: Named, pattern: re.Pattern[str], start: int = 0) -> bool:
        """Whether words of the pattern («кроме …», «на базе …») stand before a name, not before `start`."""
        return bool(pattern.search(self.text[max(start, named.start - NEAR) : named.start]))

    def chained(self, first: Named, second: Named) -> bool:
        """Whether two names stand in one list."""
        if second.start < first.end:
            return second.start == first.start
        return bool(CHAIN.match(self.text[first.end : second.start]))

    # --- exceptions ---

    def _except_start(self, named: Named) -> int:
        found = [
            m.start()
            for m in re.finditer(
                r"кроме|за\s+исключением|исключая|помимо|совместно|с\s+привлечением|на\s+баз",
                self.text[: named.start],
                re.I,
            )
        ]
        return found[-1] if found else named.start

    def _in_brackets(self, named: Named) -> bool:
        """«(кроме СОШ № 3)»: an exception that ends with its bracket; the list goes on behind it."""
        opened = self.text.rfind("(", 0, named.start)
        return opened >= 0 and ")" not in self.text[opened : named.start] and ")" in self.text[named.end :]

    def bracket_closes(self, first: Named, second: Named) -> bool:
        """Whether what holds for the first name ends before the second: with its bracket, or «кроме СОШ № 3, и гимназии»."""
        between = self.text[first.end : second.start]
        joined_again = re.match(r"\s*,\s*(?:а\s+также|и)\s", between) is not None
        return ")" in between or joined_again and self.stands_behind(first, EXCEPT)

    # --- persons and their workplaces ---

    def people(self, start: int, end: int) -> list[re.Match[str]]:
        """Persons in a stretch; the name a school bears is nobody."""
        return [
            m
            for m in PERSON.finditer(self.text, start, end)
            if not any(n.start <= m.start() < n.end for n in self.named)
            and not self.helps(m.start())
            and not re.search(r"(?:им\.|имени)\s*$", self.text[max(0, m.start() - 12) : m.start()])
        ]

    def workplaces(self, people: list[re.Match[str]], parties: list[tuple[int, Named]]) -> dict[int, int]:
        """Person's place → index of the body whose post is printed beside the name.

        «директор СОШ № 4 Иванова И.И.» and «Иванова И.И., директор СОШ № 4». A body with a name in brackets is a party.
        """
        out: dict[int, int] = {}
        behind = -1  # where a person of a list of posts ends: «директорам СОШ № 1 Ивановой И.И., СОШ № 2 Петрову П.П.»
        for found in people:
            for index, named in parties:
                if index in out.values():
                    continue
                if (
                    0 <= behind <= named.start
                    and re.fullmatch(r"\s*(?:,|и|,\s*и)?\s*", self.text[behind : named.start])
                    and re.fullmatch(r"\s{1,3}", self.text[named.end : found.start()])
                ):
                    out[found.start()] = index
                    behind = found.end()
                    break
                if re.fullmatch(r"\s*\(\s*", self.text[found.end() : named.start]):
                    out[found.start()] = index  # «Волковой Т.Н. (СОШ с. Ключи)»
                    break
                before = self.text[max(0, named.start - 70) : named.start]
                post = re.search(
                    r"(?:директор|заместител|заведующ|учител|методист|начальник|специалист|педагог|руководител|завуч|психолог|логопед|социальн)[а-яё]*(?:\s+[а-яё-]+){0,7}\s*$",
                    before,
                    re.I,
                )
                if post is None or named.start > found.end() and _OF_OTHERS.match(post.group()):
                    continue  # «Петровой И.И., директорам СОШ № 3, СОШ № 5»: their heads, not hers
                if (
                    0 <= found.start() - named.end <= 3
                    and "(" not in self.text[named.end : found.start()]
                    or (
                        0 <= named.start - found.end() <= 70
                        and re.match(r"^\s*[,(–—-]", self.text[found.end() : named.start])
                        and not PERSON.search(self.text, found.end(), named.start)
                    )
                ):
                    out[found.start()] = index
                    behind = found.end()
                    break
        return out

    # --- groups, posts, bodies without a legal form ---

    def _classes(
        self,
        start: int,
        end: int,
        named: list[Named],
        people: list[re.Match[str]],
        has_named: bool,
        dative: bool,
        at_work: Sequence[int] = (),
    ) -> list[Addressee]:
        """Groups, posts, bodies without a legal form: what is left of the stretch between named bodies and persons."""
        holes = sorted([(n.start, n.end) for n in named] + [(p.start(), p.end()) for p in people] + self.beside)
        schools = {n.start for n in named if n.is_school or "детск" in (n.match.entry.kind if n.match.entry else "")}
        rows = []
        position = start
        stretches = []
        for left, right in [*(h for h in holes if h[0] < end), (end, end)]:
            if position < left:
                stretches.append((position, left, left < end))
            position = max(position, right)
        for left, right, leads_to_name in stretches:
            for a, b in phrases(self.text, left, right, dative=dative):
                if dative:
                    b = a + without_time(self.text[a:b])
                if excepted := EXCEPTION.search(self.text, a, b):
                    b = excepted.start()  # «руководителям ОО, кроме детских садов»
                named_among = AMONG.search(self.text, a, b)
                if named_among:
                    b = named_among.start()  # «всем школам, в том числе СОШ № 7»: all of them
                phrase = self.text[a:b]
                touches = (
                    not named_among
                    and leads_to_name
                    and not self.text[b:right].strip(' :«"(–—-' if right in schools else ' :«"')
                )
                if self._describes(phrase, a, people):
                    continue  # «Ивановой И.И., ведущему эксперту управления, довести …»: the post of the person before
                if touches and right in at_work and is_post(WORD.findall(phrase)):
                    continue  # «методистам центра Ивановой И.И., Петровой П.П.»: the posts of persons
                row = self.class_of(phrase, a, b, touches and (has_named or bool(people)), dative)
                if row is not None:
                    rows.append(self._kind_alone(row))
        return rows

    def _kind_alone(self, row: Addressee) -> Addressee:
        """«Лицею представить …»: one school by its kind; which of them is asked, and filled where there is only one."""
        words = WORD.findall(row.text)
        head = head_noun(words)
        kind = lemma(head) if head else ""
        if row.type != "org" or row.school or kind not in ("школа", "гимназия", "лицей"):
            return row
        match = self.registry.only_of_kind(kind) if head == words[0] else None
        if match is None or match.entry is None:
            self.asks.append(Ask("addressees", f"«{row.text}»: какая это организация?"))
            return row
        self.asks.append(Ask("addressees", f"«{row.text}» — это «{match.entry.canonical}»?"))
        return Addressee("school", row.text, match.entry.canonical, row.span, key=match.entry.key)

    def _describes(self, phrase: str, start: int, people: Sequence[re.Match[str]]) -> bool:
        """One post right behind a person and a comma says who the person is."""
        words = WORD.findall(phrase)
        behind = any(re.fullmatch(r"\s*[,–—-]\s*", self.text[p.end() : start]) for p in people)
        if OF_MANY.search(phrase) and may_be_plural(words):
            return False  # «Ивановой И.И., директора школ»: heads of many bodies are many
        return behind and is_post(words) and not head_noun_plural(words) and not is_group_in_singular(phrase)

    def class_of(self, phrase: str, start: int, end: int, touches: bool, dative: bool) -> Addressee | None:
        words = [w for w in WORD.findall(phrase) if len(w) > 1]
        if not words or len(phrase) > 400 or is_preposition(words[0]) or words[0].lower() == "не":
            return None
        if len(words) == 1 and lemma(words[0]) in ("исполнитель", "соисполнитель"):
            return None  # the label, not who it names  # «до каждого директора довести»: whom it reaches
        if TOGETHER.match(phrase):
            return None  # «УМК совместно с педагогами гимназии»: with whom
        span = ((start, end),)
        if dative and re.fullmatch(r"(?:всем|каждому|(?:всем\s+)?(?:остальным|прочим))", phrase, re.I):
            return Addressee("group", phrase, None, span)
        entry = self.registry.find_organisation(phrase)
        if entry is not None and not touches:
            plural = head_noun_plural(words)
            if not plural and not is_post(words):
                return Addressee("org", phrase, entry.canonical, span, key=entry.key)
        if re.search(r"(?<![А-ЯЁа-яё])(?:ОО|ОУ|ДОО|ДОУ|ООО|СОШ|ООШ|НОШ)$", phrase) and len(words) <= 4 and not touches:
            return Addressee("group", phrase, None, span)  # «все ОО», «руководители ОУ»
        if re.fullmatch(r"[А-ЯЁ]{2,7}", phrase) and not touches and not LEGAL.fullmatch(phrase):
            return Addressee("org", phrase, None, span)  # «УО», «РМК»: a body by its capitals
        head = head_noun(words)
        if head is None or lemma(head) == "класс":
            return None  # «СОШ № 7 – 5а, 6б классы»: of whom, not who
        plural = (head_noun_plural(words) or many(head)) if dative else may_be_plural(words)
        if (
            dative
            and start > 0
            and is_noun(head, "gent")
            and not is_noun(head, "datv")
            and AFTER_DASH.search(self.text[:start])
        ):
            return None  # «СОШ № 2 – пунктов проведения экзаменов –»: what they are
        post = lemma(head) in HEAD_POSTS or lemma(words[0]) in HEAD_POSTS
        if touches:
            if post or not is_post(words) or not head_noun_plural(words):
                return None  # «Руководителям общеобразовательных организаций МБОУ …», «методисту Ивановой И.И.»
            if lemma_in(head, ("организация", "учреждение", "школа")):
                return None
            return Addressee("role", phrase, None, span)
        if plural:
            return Addressee("group", phrase, None, span)
        if lemma(words[0]) == "каждый":
            return Addressee("group", phrase, None, span)  # «каждой школе»
        if is_body(head):
            return Addressee("org", phrase, None, span)
        if is_group_in_singular(phrase) or re.search(r"\s(?:всех|каждо(?:й|го))\s", phrase):
            return Addressee("group", phrase, None, span)  # «зам. директора по УВР всех школ»
        if is_post(words):
            return Addressee("role", phrase, None, span)
        if lemma(head) in ("администрация", "коллектив", "комиссия", "группа", "совет", "объединение"):
            return Addressee("group" if dative else "org", phrase, None, span)
        return None
