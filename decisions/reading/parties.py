"""Who must do what a clause says, and who is only named in it (gold README, sections 4 and 5). Pure.

One clause at a time: headings above it and inheritance are the reader's business. Named schools and bodies are found
first; then the places where a responsible party may stand are looked at: a head in the dative, «Ответственный: …»,
brackets, «Контроль … возложить на …», an appointment. What is left is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from decisions.reading.classes import (
    begins_party,
    head_noun,
    head_noun_plural,
    is_body,
    is_group_in_singular,
    is_post,
    lemma_in,
    many,
    may_be_plural,
    names_people_or_body,
    phrases,
    without_time,
)
from decisions.reading.grammar import (
    PERSON,
    WORD,
    acts_later,
    is_adjective,
    is_infinitive,
    is_noun,
    is_participle,
    is_preposition,
    lemma,
)
from decisions.reading.model import Addressee, Ask, Other, OtherRole
from decisions.reading.nature import SENTENCE
from decisions.reading.party_marks import (
    ABBREVIATED,
    ACCUSATIVE,
    APPOINT,
    ATTENTION,
    AUDIENCE,
    BASE,
    CHAIN,
    CO_EXECUTOR,
    CONTROL,
    DONOR,
    EXAMS,
    EXCEPT,
    GROUNDS,
    GROUNDS_WITHIN,
    HEAD_POSTS,
    IN,
    NECESSARY,
    POST_PARTICIPLES,
    RECOMMEND,
    RESPONSIBLE,
    RESPONSIBLE_END,
    SELF_CONTROL,
    TERM_LABEL,
    TERM_TAIL,
    TIME_PIECE,
    TO,
    WITH,
)
from decisions.reading.school_lists import LEGAL, Named, find_named, stray_names
from schools.names import AuthorityRegistry

NEAR = 200  # how far before a name the words are looked for that make it a mention


@dataclass(frozen=True, slots=True)
class Parties:
    """What one clause's own words say. `places` are named schools as the place of the work: responsible only when nobody
    else is named or inherited. `names_only`: the clause does nothing but name parties. `unknown`: schools not in the
    registry, as printed. `self_control`: «контроль оставляю за собой»."""

    addressees: tuple[Addressee, ...] = ()
    others: tuple[Other, ...] = ()
    mentions: tuple[str, ...] = ()
    mentioned: tuple[Addressee, ...] = ()
    asks: tuple[Ask, ...] = ()
    names_only: bool = False
    unknown: tuple[str, ...] = ()
    places: tuple[Addressee, ...] = ()
    self_control: bool = False


def read_parties(
    text: str,
    *,
    registry: AuthorityRegistry,
    in_column: bool = False,
    states: bool = False,
    appointment: bool = False,
    beside_column: bool = False,
) -> Parties:
    """Parties of one clause's own words; spans are code points of `text`.

    `in_column`: the text is a cell «Ответственные». `states`: the clause only states something. `appointment`: the
    clause stands under «Назначить кураторами …». `beside_column`: the row has a cell of its own for who is responsible,
    so that names at the end of this one, or a class at its beginning without an order, are what the work is about.
    """
    return _Reading(text, registry).read(
        in_column=in_column, states=states, appointment=appointment, beside_column=beside_column
    )


class _Reading:
    def __init__(self, text: str, registry: AuthorityRegistry) -> None:
        self.text, self.registry = re.sub(r"(?<![A-Za-zА-Яа-я])N(?=\s*\d)", "№", text), registry
        self.named = find_named(self.text, registry)
        self.used: set[int] = set()
        self.beside = list(self._co_stretches())  # «соисполнители – …»: who helps, wherever it is printed
        self.asks: list[Ask] = []
        self.out: list[Addressee] = []

    def read(self, *, in_column: bool, states: bool, appointment: bool, beside_column: bool = False) -> Parties:
        names_only = self_control = False
        if in_column:
            self._list(0, len(self.text))
            return self._done(places=False)
        control = SELF_CONTROL.search(self.text)
        if control:
            self_control = True
            self.out.append(
                Addressee("person", control.group(1) + " за собой", span=((control.start(1), control.end()),))
            )
        elif (found := CONTROL.search(self.text)) is not None:
            self._list(found.end(), self._sentence_end(found.end()), limit=3)
        elif appointment or APPOINT.search(self.text):
            self._appointed(appointment)
        elif states:
            pass
        elif not beside_column or any(is_infinitive(w) for w in WORD.findall(self.text)):
            names_only = self._head()
        self._labels()
        if not self.out and not states and not in_column:
            self._sentence() or not beside_column and (self._behind_dash() or self._subject())
        if not states:
            self._later_sentences()
        opening = WORD.search(self.text)
        places = not self.out and not states and opening is not None and is_infinitive(opening.group())
        return self._done(places=places, names_only=names_only, self_control=self_control)

    # --- who helps ---

    def _co_stretches(self) -> Iterator[tuple[int, int]]:
        """Where co-executors are named, from the label to the end of its line, sentence or bracket."""
        for found in islice(CO_EXECUTOR.finditer(self.text), 8):
            stop = self._label_end(found.end())
            responsible = RESPONSIBLE.search(self.text, found.end(), stop)
            stop = responsible.start() if responsible else stop
            if self.text[: found.start()].count("(") > self.text[: found.start()].count(")"):
                closing = self.text.find(")", found.end(), stop)
                stop = closing if closing >= 0 else stop
            yield found.start(), stop

    def _helps(self, start: int) -> bool:
        return any(a <= start < b for a, b in self.beside)

    def _co_executors(self) -> Iterator[Other]:
        """Those of a label «Соисполнители: …» that are no named school or body: persons, classes, capitals."""
        named = [n.start for n in self.named]
        for start, end in self.beside:
            label = CO_EXECUTOR.match(self.text, start)
            left = label.end() if label else start
            inner = _Reading(self.text[left:end].rstrip(), self.registry)
            inner._list(0, len(inner.text))
            for row in inner.out:
                at = row.span[0][0] + left if row.span else left
                if at not in named:
                    yield Other("co_executor", row.text, row.school, ((at, at + len(row.text)),))

    # --- where responsible parties stand ---

    def _head(self) -> bool:
        """A party in the dative at the start: «Руководителям …», «МКУ «…»:», also behind «Рекомендовать»."""
        start = 0
        lead = RECOMMEND.match(self.text)
        if lead:
            start = lead.end()
        audience = AUDIENCE.match(self.text)
        if audience and self.text.rstrip().endswith(":"):
            self._list(audience.end(), len(self.text))
            if not self.out:
                end = len(self.text.rstrip(" :"))
                self.out.append(Addressee("group", self.text[audience.end() : end], span=((audience.end(), end),)))
            return True
        if self._body_and_dash():
            return False
        attention = ATTENTION.search(self.text)
        if attention:
            self._list(attention.start("who"), attention.end("who"))
            return not self.text[attention.end("who") :].rstrip(" :").endswith(".") and self.text.rstrip().endswith(":")
        grounds = GROUNDS.match(self.text, start)
        if grounds and (behind := self._behind_grounds(grounds.end())) is not None:
            start = behind
        first = WORD.search(self.text, start)
        if first is None or (not lead and is_infinitive(first.group())) or is_preposition(first.group()):
            return False
        end = self._head_end(start)
        head = self.text[start:end]
        capitals = re.fullmatch(r"\s*([А-ЯЁ]{2,6})\s+", head)
        if capitals and capitals[1] not in EXAMS and not self.named and not LEGAL.fullmatch(capitals[1]):
            self.asks.append(Ask("addressees", f"«{capitals[1]}» нет в реестре. Это исполнитель пункта?"))
        elif not self._opens_head(start, end, head, bool(lead)):
            return False
        kept = TERM_LABEL.sub("", TERM_TAIL.sub("", head.rstrip(" :,.;–—-")))
        kept = NECESSARY.sub("", kept).rstrip(" :,;–—-")
        body_end = start + len(kept)
        if re.search(r"(?:^|[\s.])[А-ЯЁ]$", kept) and self.text[body_end : body_end + 1] == ".":
            body_end += 1  # the dot of an initial
        if body_end <= start:
            return False
        self._list(start, body_end, dative=True)
        if not self.out:
            return False
        rest = self.text[end:].strip(" :.,;–—-")
        return not rest and not lead

    def _behind_grounds(self, position: int) -> int | None:
        """«В соответствии с приказом …, школам представить …»: where the party behind the grounds begins."""
        order = next((m for m in WORD.finditer(self.text, position) if is_infinitive(m.group())), None)
        if order is None:
            return None
        for comma in islice(re.finditer(r",\s+", self.text[:GROUNDS_WITHIN][position:]), 6):
            at = position + comma.end()
            if order.start() < at:
                break
            if begins_party(self.text[at : at + 160], dative=True) or any(n.start == at for n in self.named):
                return at
        last = next((n for n in self.named if not self.text[n.end : order.start()].strip(" ,")), None)
        if last is not None and _stands_free(self.text, last.start):
            self.asks.append(Ask("addressees", f"«{last.text}» исполняет пункт или только названа в его основании?"))
        return None

    def _later_sentences(self) -> None:
        """«… представить анализ. Методическому центру провести семинар.»: who acts in the next sentence acts too."""
        inside = [(n.start, n.end) for n in self.named]  # «СОШ с. Ключи провести»: the dot of a settlement ends nothing
        ends = [m.end() for m in islice(SENTENCE.finditer(self.text), 40)]
        starts = [at for at in ends if not any(a < at < b for a, b in inside)]
        for start, end in zip(starts, [*starts[1:], len(self.text)], strict=False):
            words = WORD.findall(self.text, start, end)
            if not words or not any(is_infinitive(w) for w in words[1:]) or is_infinitive(words[0]):
                continue
            inner = _Reading(self.text[start:end], self.registry)
            if not (names_people_or_body(words[0], "datv") or (inner.named and inner.named[0].start == 0)):
                continue
            inner._head()
            if not inner.out:
                continue
            self.out += [replace(a, span=tuple((x + start, y + start) for x, y in a.span)) for a in inner.out]
            self.used |= {
                i for i, n in enumerate(self.named) for j in inner.used if n.start == inner.named[j].start + start
            }
            self.asks += inner.asks
            if start == starts[0] or len(self.out) > len(inner.out):
                self.asks.append(Ask("text", "В пункте несколько поручений разным исполнителям. Разделить его?"))

    def _sentence(self) -> bool:
        """«Директора школ, набравших мало. Представить план …»: who is named in a sentence of its own before the order."""
        found = re.match(r"^(?P<who>[^.!?:;]{5,250}?)\.\s+(?P<verb>[А-ЯЁ][а-яё]+)", self.text)
        if not found or not is_infinitive(found["verb"]) or any(is_infinitive(w) for w in WORD.findall(found["who"])):
            return False
        first = WORD.search(found["who"])
        if first is None or not names_people_or_body(first.group(), "nomn") and not is_adjective(first.group(), "nomn"):
            return False
        self._list(0, found.end("who"))
        return bool(self.out)

    def _body_and_dash(self) -> bool:
        """«РМК – подготовить график»: a known body in the nominative, a dash, what it does."""
        found = re.match(r"^([^–—:.;]{2,90}?)\s+[–—-]\s+([а-яё]+)", self.text)
        if not found or not is_infinitive(found[2]):
            return False
        entry = self.registry.find_organisation(found[1])
        if entry is None:
            if self.named and self.named[0].start == 0:
                self._list(0, found.end(1))
                return bool(self.out)
            return False
        self.out.append(Addressee("org", found[1], entry.canonical, ((0, found.end(1)),), key=entry.key))
        return True

    def _behind_dash(self) -> bool:
        """«Отчёт – Иванова И.И., до 5 мая», «(Иванова И.И., до 5 мая)»: a tail made of nothing but parties and a term."""
        end = len(self.text.rstrip(" .;"))
        stretches = []
        dash = max(self.text.rfind(" – ", 0, end), self.text.rfind(" - ", 0, end), self.text.rfind(" — ", 0, end))
        if dash > 0 and end - dash < 300 and not (self.named and self.named[0].start == 0):
            stretches.append((dash + 3, end))
        if self.text[:end].endswith(")") and 0 < (bracket := self.text.rfind("(", 0, end)) < end:
            stretches.append((bracket + 1, end - 1))
        for left, right in stretches:
            if any(a < right and left < b for a, b in self.beside):
                continue
            people = self._people(left, right)
            named = [n for n in self.named if left <= n.start and n.end <= right + 1]
            rest = list(self.text[left:right])
            spans = [*((m.start(), m.end()) for m in people), *((n.start, n.end) for n in named)]
            for start, stop in spans:
                rest[start - left : stop - left] = ";" * (min(stop, right) - start)
            pieces = [
                m for m in re.finditer(r"[^,;()]+?(?=[,;()]|\s+и\s|$)", "".join(rest)) if m.group().strip(' .«»"')
            ]
            timed = [p for p in pieces if TIME_PIECE.match(re.sub(r"^\s*и\s+", "", p.group()))]
            classes = [re.sub(r"^\s*и\s+", "", p.group()).strip() for p in pieces if p not in timed]
            if not (people or named or classes) or PERSON.match(self.text):
                continue
            if any(len(c.split()) > 8 or self._class(c, 0, 0, False, False) is None for c in classes):
                continue
            ordered = (opening := WORD.search(self.text)) is not None and is_infinitive(opening.group())
            if classes and not (people or named) and (ordered or not timed):
                continue  # «из числа педагогов – наставников …»: a tail of words alone says what as often as who
            edges = [left, *(x for p in timed for x in (left + p.start(), left + p.end())), right]
            for start, stop in zip(edges[::2], edges[1::2], strict=True):
                self._list(start, stop)
            if named and not timed and not people and ordered:
                self.asks.append(Ask("addressees", "Названные в конце исполняют пункт или только упомянуты?"))
            return bool(self.out)
        return False

    def _subject(self) -> bool:
        """«Иванова И.И. – подготовить справку», «Иванова И.И. подготовит справку»: a person in the nominative who acts."""
        last = re.search(rf"(?<![А-Яа-яё])([а-яё]+)\s+({PERSON.pattern})[\s.;]*$", self.text)
        if last and acts_later(last[1]) and "," not in last.group():
            self._list(last.start(2), last.end(2))  # «перечень разошлёт Иванова И.И.»
            return bool(self.out)
        person = PERSON.match(self.text)
        if person is None:
            return False
        following = re.match(
            r"\s*(?:[–—-]\s*)?(?:(?:до|к|с)\s+\d{1,2}(?:\s+[а-яё]+(?:ря|ля|ня|та|ая|ста)(?:\s+\d{4})?|[\d.]*)(?:\s+(?:года|г\.))?,?\s+)?([а-яё]+)",
            self.text[person.end() :],
        )
        if not following or not (is_infinitive(following[1]) or acts_later(following[1])):
            return False
        self._list(0, person.end())
        return bool(self.out)

    def _opens_head(self, start: int, end: int, head: str, lead: bool) -> bool:
        """Whether the stretch is a dative head at all and not the subject of a sentence."""
        words = WORD.findall(head)
        if not words:
            return False
        if lead and (ACCUSATIVE.match(self.text) or any(start <= n.start < end for n in self.named)):
            return True
        if len(words) == 1 and words[0].lower() in ("всем", "каждому"):
            return True
        if self.named and self.named[0].start <= start + 3:
            following = WORD.search(self.text, end)
            return end >= len(self.text.rstrip(" :.,;–—-")) or (
                following is not None and is_infinitive(following.group())
            )
        for word in words[:6]:
            if lemma(word) == "ответственный" and re.search(rf"{word}\s+за\s", head):
                return True
            if lemma(word) in POST_PARTICIPLES or names_people_or_body(word, "datv"):
                return True
            if is_noun(word, "datv"):  # «школьной библиотеке пополнить …», not «экскурсии на предприятия»
                return (
                    end < len(self.text.rstrip(" .;"))
                    or word.lower().endswith(("ам", "ям"))
                    or self.text.rstrip().endswith(":")
                )
            if is_participle(word):
                continue
            if is_adjective(word, "datv") or word.lower() in ("и", "и.о", "о"):
                continue
            return False
        return False

    def _head_end(self, start: int) -> int:
        """The head lasts to the first infinitive outside quotes, a colon, or the end."""
        depth = 0
        position = start
        relative = False
        for found in re.finditer(r"[«»:()]|[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*", self.text[start:]):
            piece = found.group()
            position = start + found.start()
            if piece in "«(":
                depth += 1
            elif piece == ")":
                depth = max(0, depth - 1)
            elif piece == "»":  # nested quotes are often closed by one mark
                depth = 0
            elif piece == ":":
                if any(position < n.start <= position + 3 and n.is_school for n in self.named):
                    continue  # «Школам района: СОШ № 1, СОШ № 5 провести …»
                if depth <= 1:
                    return position
            elif depth == 0 and is_infinitive(piece):
                if relative and not self.text[:position].rstrip().endswith(","):
                    relative = False
                    continue
                return position
            elif depth == 0 and lemma(piece) == "который":
                relative = False
        return len(self.text)

    def _labels(self) -> None:
        """«Ответственный: …», «(отв. …)»: both it and the head of the clause count."""
        for found in islice(RESPONSIBLE.finditer(self.text), 8):
            if self._helps(found.start()):
                continue
            end = self._label_end(found.end())
            bracket = self.text.rfind("(", 0, found.start() + 1)
            if bracket >= 0 and ")" not in self.text[bracket : found.start()]:
                closing = self.text.find(")", found.end())
                end = min(end, closing) if closing >= 0 else end
            before = len(self.out)
            self._list(found.end(), end)
            rows = self.out[before:]
            if len(rows) == 1 and rows[0].type == "person" and rows[0].school and "ые" in found.group().lower():
                self.asks.append(Ask("addressees", "Ответственные — многие: только ли этот человек?"))

    def _label_end(self, position: int) -> int:
        """Where the line «Ответственные: …» ends; the dot of «пос. Ключи» does not end it."""
        for stop in RESPONSIBLE_END.finditer(self.text, position):
            if not ABBREVIATED.search(self.text[max(0, stop.start() - 20) : stop.start()]) or stop.group()[:1] != ".":
                return stop.start()
        return len(self.text)

    def _appointed(self, under: bool) -> None:
        """The person appointed is responsible; the schools under a curator are mentioned; a workplace is the person's."""
        people = self._people(0, len(self.text))
        posts = self._workplaces(people, list(enumerate(self.named)))
        for found in people:
            text = found.group().strip()
            workplace = self._workplace(found.end(), people)
            if workplace is None and found.start() in posts:
                self.used.add(posts[found.start()])
                workplace = self.named[posts[found.start()]]
            self.out.append(
                Addressee(
                    "person",
                    text,
                    workplace.canonical if workplace else None,
                    ((found.start(), found.start() + len(text)),),
                )
            )
        if not people and under:
            return
        if not people:
            self._head()

    def _workplace(self, position: int, people: Sequence[re.Match[str]]) -> Named | None:
        """The school a post behind the name belongs to: «…, директора МОУ …»."""
        following = min((p.start() for p in people if p.start() >= position), default=len(self.text))
        people_start = max((p.start() for p in people if p.end() <= position + 1), default=0)
        for index, named in enumerate(self.named):
            if position <= named.start < following and index not in self.used:
                between = self.text[position : named.start]
                supported = any(n.end <= people_start for n in self.named)
                if any(position <= n.start < named.start for n in self.named):
                    return None  # «Иванова И.И. – СОШ № 2, СОШ № 5»: schools given to the person
                if (
                    len(between) < 120
                    and re.match(r"^\s*[,(–—-]", between)
                    and (supported or not re.search(r"[–—-]\s*$", between))
                ):
                    self.used.add(index)
                    self._ask_about(named)
                    return named
        return None

    # --- a list of parties ---

    def _list(self, start: int, end: int, *, dative: bool = False, limit: int = 99) -> None:
        """Parties named in a stretch: named bodies first, then persons, then classes of people and posts."""
        inside = [
            (i, n)
            for i, n in enumerate(self.named)
            if start <= n.start and n.end <= end + 2 and i not in self.used and not self._helps(n.start)
        ]
        excluded = [(i, n) for i, n in inside if self._before(n, EXCEPT, start)]
        if dative:  # «совместно с Дворцом творчества» inside the head: with whom, not who
            excluded += [(i, n) for i, n in inside if self._before(n, WITH, start) or self._before(n, BASE, start)]
        out_of = {i for i, _ in excluded}
        again: set[int] = set()  # behind an exception that is over the list goes on
        for (before, first), (index, second) in zip(inside, inside[1:], strict=False):
            if index in out_of or not self._chained(first, second) or before not in out_of | again:
                continue
            (again if before in again or self._bracket_closes(first, second) else out_of).add(index)
        excluded = [(i, n) for i, n in inside if i in out_of]
        cut = min((self._except_start(n) for _, n in excluded[:3] if not self._in_brackets(n)), default=end)
        without: set[str] = set()  # one of a range, excluded, and what «кроме СОШ № 2 и СОШ № 6» names after it
        for index, named in excluded:
            before_it = next((n for i, n in excluded if i == index - 1), None)
            chained = before_it is not None and before_it.canonical in without and self._chained(before_it, named)
            if named.canonical and (self._before(named, EXCEPT, start) or chained):
                without.add(named.canonical)
        self.used |= {i for i, n in inside if i not in out_of and n.canonical in without}
        parties = [
            (i, n)
            for i, n in inside
            if i not in out_of and (n.start < cut or i in again) and n.canonical not in without
        ]
        people = self._people(start, end)[:limit]
        workplaces = self._workplaces(people, parties)
        parties = [(i, n) for i, n in parties if i not in workplaces.values()]
        rows: list[Addressee] = []
        for found in people:
            text = found.group().strip()
            place = self.named[workplaces[found.start()]] if found.start() in workplaces else None
            if place is not None:
                self._ask_about(place)
            rows.append(
                Addressee(
                    "person", text, place.canonical if place else None, ((found.start(), found.start() + len(text)),)
                )
            )
        self.used |= set(workplaces.values())
        for index, named in parties:
            self.used.add(index)
            rows.append(self._row(named))
            self._ask_about(named)
        at_work = [self.named[i].start for i in workplaces.values()] + [p.start() for p in people]
        rows += self._classes(start, min(cut, end), [n for _, n in inside], people, bool(parties), dative, at_work)
        self.out += sorted(rows, key=lambda a: a.span[0][0] if a.span else 0)

    def _in_brackets(self, named: Named) -> bool:
        """«(кроме СОШ № 3)»: an exception that ends with its bracket; the list goes on behind it."""
        opened = self.text.rfind("(", 0, named.start)
        return opened >= 0 and ")" not in self.text[opened : named.start] and ")" in self.text[named.end :]

    def _bracket_closes(self, first: Named, second: Named) -> bool:
        """Whether what holds for the first name ends before the second: with its bracket, or «кроме СОШ № 3, и гимназии»."""
        between = self.text[first.end : second.start]
        joined_again = re.match(r"\s*,\s*(?:а\s+также|и)\s", between) is not None
        return ")" in between or joined_again and self._before(first, EXCEPT)

    def _people(self, start: int, end: int) -> list[re.Match[str]]:
        """Persons in a stretch; the name a school bears is nobody."""
        return [
            m
            for m in PERSON.finditer(self.text, start, end)
            if not any(n.start <= m.start() < n.end for n in self.named)
            and not self._helps(m.start())
            and not re.search(r"(?:им\.|имени)\s*$", self.text[max(0, m.start() - 12) : m.start()])
        ]

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

    def _workplaces(self, people: list[re.Match[str]], parties: list[tuple[int, Named]]) -> dict[int, int]:
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
                if post is None:
                    continue
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

    def _row(self, named: Named) -> Addressee:
        kind = "school" if named.is_school else "org"
        return Addressee(
            kind,  # type: ignore[arg-type]
            named.text,
            named.canonical,
            ((named.start, named.end),),
            key=named.match.entry.key if named.match.entry else None,
        )

    def _ask_about(self, named: Named) -> None:
        if named.match.reason:
            self.asks.append(Ask("addressees", named.match.reason))
        elif named.match.entry is None and named.is_school:
            self.asks.append(Ask("addressees", f"«{named.text}» нет в реестре. Какая это организация?"))

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
        schools = {n.start for n in named if n.is_school}
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
                phrase = self.text[a:b]
                touches = leads_to_name and not self.text[b:right].strip(' :«"(–—-' if right in schools else ' :«"')
                if self._describes(phrase, a, people):
                    continue  # «Ивановой И.И., ведущему эксперту управления, довести …»: the post of the person before
                if touches and right in at_work and is_post(WORD.findall(phrase)):
                    continue  # «методистам центра Ивановой И.И., Петровой П.П.»: the posts of persons
                row = self._class(phrase, a, b, touches and (has_named or bool(people)), dative)
                if row is not None:
                    rows.append(row)
        return rows

    def _describes(self, phrase: str, start: int, people: Sequence[re.Match[str]]) -> bool:
        """One post right behind a person and a comma says who the person is."""
        words = WORD.findall(phrase)
        behind = any(re.fullmatch(r"\s*[,–—-]\s*", self.text[p.end() : start]) for p in people)
        return behind and is_post(words) and not head_noun_plural(words) and not is_group_in_singular(phrase)

    def _class(self, phrase: str, start: int, end: int, touches: bool, dative: bool) -> Addressee | None:
        words = [w for w in WORD.findall(phrase) if len(w) > 1]
        if not words or len(phrase) > 400 or is_preposition(words[0]):
            return None
        if len(words) == 1 and lemma(words[0]) in ("исполнитель", "соисполнитель"):
            return None  # the label, not who it names  # «до каждого директора довести»: whom it reaches
        span = ((start, end),)
        if dative and phrase.lower() in ("всем", "каждому"):
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
        if head is None:
            return None
        plural = (head_noun_plural(words) or many(head)) if dative else may_be_plural(words)
        post = lemma(head) in HEAD_POSTS or lemma(words[0]) in HEAD_POSTS
        if touches:
            if post or not is_post(words) or not head_noun_plural(words):
                return None  # «Руководителям общеобразовательных организаций МБОУ …», «методисту Ивановой И.И.»
            if lemma_in(head, ("организация", "учреждение", "школа")):
                return None
            return Addressee("role", phrase, None, span)
        if plural:
            return Addressee("group", phrase, None, span)
        if is_body(head):
            return Addressee("org", phrase, None, span)
        if is_group_in_singular(phrase):
            return Addressee("group", phrase, None, span)
        if is_post(words):
            return Addressee("role", phrase, None, span)
        if lemma(head) in ("администрация", "коллектив", "комиссия", "группа", "совет", "объединение"):
            return Addressee("group" if dative else "org", phrase, None, span)
        return None

    # --- the rest ---

    def _before(self, named: Named, pattern: re.Pattern[str], start: int = 0) -> bool:
        return bool(pattern.search(self.text[max(start, named.start - NEAR) : named.start]))

    def _chained(self, first: Named, second: Named) -> bool:
        """Whether two names stand in one list."""
        if second.start < first.end:
            return second.start == first.start
        return bool(CHAIN.match(self.text[first.end : second.start]))

    def _sentence_end(self, start: int) -> int:
        found = re.compile(r"\n|(?<=[а-яё»\"]{2})\.\s+(?=[А-ЯЁ][а-яё]{3,})").search(self.text, start)
        return found.start() if found else len(self.text)

    def _done(self, *, places: bool, names_only: bool = False, self_control: bool = False) -> Parties:
        rows = _once(self.out)
        taken = {a.school for a in rows if a.school}
        others: list[Other] = []
        mentions: list[str] = []
        mentioned: list[Addressee] = []
        place_rows: list[Addressee] = []
        place_of: set[int] = set()
        doubtful = {(n.start, n.end) for n in self.named if n.match.candidates}
        unknown = [a.text for a in rows if a.type == "school" and a.school is None and a.span[0] not in doubtful]
        role_of: dict[int, OtherRole | None] = {}
        for index, named in enumerate(self.named):
            if index in self.used:
                continue
            role = self._role(named)
            before = self.named[index - 1] if index and index - 1 in role_of else None
            if role is None and before and self._chained(before, named) and not self._bracket_closes(before, named):
                role = role_of[index - 1]
            role_of[index] = role
            if role:
                others.append(Other(role, named.text, named.canonical, ((named.start, named.end),)))
            name = named.canonical or named.text
            if name not in taken:
                mentioned.append(self._row(named))
            if named.is_school and name not in taken and name not in mentions:
                mentions.append(name)
                if named.canonical is None and not named.match.candidates:
                    unknown.append(named.text)
            if named.match.reason and named.is_school:
                self.asks.append(Ask("addressees", named.match.reason))
            elif named.match.entry is None and named.is_school:
                self.asks.append(Ask("addressees", f"«{named.text}» нет в реестре. Какая это организация?"))
            if (
                places
                and role is None
                and named.is_school
                and (self._before(named, IN) or (index - 1 in place_of and self._chained(self.named[index - 1], named)))
            ):
                place_of.add(index)
                place_rows.append(self._row(named))
        others += self._co_executors()
        for stray in stray_names(self.text, self.named):
            self.asks.append(Ask("addressees", f"Похоже на название школы, но не понято: «…{stray}…»."))
            break
        asks = tuple(dict.fromkeys(self.asks))
        return Parties(
            tuple(rows),
            tuple(others),
            tuple(mentions),
            tuple(mentioned),
            asks,
            names_only,
            tuple(dict.fromkeys(unknown)),
            tuple(place_rows),
            self_control,
        )

    def _role(self, named: Named) -> OtherRole | None:
        if self._helps(named.start):
            return "co_executor"
        for pattern, role in (
            (EXCEPT, "excluded"),
            (BASE, "base"),
            (DONOR, "donor"),
            (WITH, "co_executor"),
            (TO, "recipient"),
        ):
            if self._before(named, pattern):
                return role  # type: ignore[return-value]
        return None


def _stands_free(text: str, position: int) -> bool:
    """Whether no preposition stands before a place: «от 12.01.2024 СОШ № 1 провести», not «в СОШ № 1 провести»."""
    before = WORD.findall(text[max(0, position - 40) : position])
    return not before or not is_preposition(before[-1]) or bool(re.search(r"[\d.]\s*$", text[:position]))


def _once(rows: list[Addressee]) -> list[Addressee]:
    """A party named twice is one party, in the form printed first."""
    out: list[Addressee] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (
            row.type,
            row.school if row.type in ("school", "org") and row.school else " ".join(row.text.split()).casefold(),
        )
        if key not in seen:
            seen.add(key)
            out.append(replace(row, text=" ".join(row.text.split())))
    return out
