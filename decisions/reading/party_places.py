"""Where responsible parties stand in a clause (gold README, section 4). Pure.

A head in the dative before the order, labels «Ответственный: …», the person appointed, a sentence of their own, a tail behind a
dash or in brackets, a person in the nominative who acts. Each place says where its stretch begins and ends; who is named in it
is read by `party_lists`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from decisions.reading.classes import names_people_or_body
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
from decisions.reading.model import Addressee, Ask
from decisions.reading.nature import SENTENCE
from decisions.reading.own_terms import own_term
from decisions.reading.party_labels import label_end, sentence_end
from decisions.reading.party_leads import PartyLeads
from decisions.reading.party_marks import (
    ACCUSATIVE,
    ATTENTION,
    AUDIENCE,
    BASE,
    EXAMS,
    GROUNDS,
    IN,
    LAID_ON,
    NECESSARY,
    POST_PARTICIPLES,
    RECOMMEND,
    RESPONSIBLE,
    TERM_LABEL,
    TERM_TAIL,
    TIME_PIECE,
)
from decisions.reading.receivers import REPROACH, may_receive, receives
from decisions.reading.school_lists import Named
from decisions.reading.school_marks import LEGAL


class PartyPlaces(PartyLeads):
    """Each method looks at one place; those that end the search tell whether somebody was found."""

    # --- a head in the dative ---

    def head(self) -> bool:
        """A party in the dative at the start: «Руководителям …», «МКУ «…»:», also behind «Рекомендовать»."""
        start = 0
        lead = RECOMMEND.match(self.text)
        if lead:
            start = lead.end()
        audience = AUDIENCE.match(self.text)
        if audience and self.text.rstrip().endswith(":"):
            self.take(audience.end(), len(self.text))
            if not self.out:
                end = len(self.text.rstrip(" :"))
                self.out.append(Addressee("group", self.text[audience.end() : end], span=((audience.end(), end),)))
            return True
        if self._body_and_dash():
            return False
        attention = ATTENTION.search(self.text)
        if attention:
            self.take(attention.start("who"), attention.end("who"))
            return not self.text[attention.end("who") :].rstrip(" :").endswith(".") and self.text.rstrip().endswith(":")
        if receives(self.text[start:]) or REPROACH.match(self.text):
            return False
        if (behind := self.behind_statement(start)) is not None:
            start = behind
        grounds = GROUNDS.match(self.text, start)
        if grounds and (behind := self.behind_grounds(grounds.end())) is not None:
            start = behind
        if (behind := self.behind_term(start)) is not None:
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
        kept = head.rstrip(" :,.;–—-")
        tail = TERM_TAIL.search(kept)
        goes_on = tail and any(n.end > start + tail.start() and n.start < start + len(kept) for n in self.named)
        goes_on = goes_on or tail and THE_REST.search(kept, tail.start()) is not None
        if tail and not goes_on:  # «школам с 3 по 7», «СОШ № 1 (до 1 апреля), СОШ № 2»
            kept = kept[: tail.start()]
        kept = TERM_LABEL.sub("", kept)
        kept = NECESSARY.sub("", kept).rstrip(" :,;–—-")
        body_end = start + len(kept)
        if re.search(r"(?:^|[\s.])[А-ЯЁ]$", kept) and self.text[body_end : body_end + 1] == ".":
            body_end += 1  # the dot of an initial
        if body_end <= start:
            return False
        self.take(start, body_end, dative=True)
        if not self.out:
            return False
        alone = all(a.type == "school" for a in self.out) and not any(n.start > end for n in self.named)
        if alone and may_receive(self.text, end):
            self.asks.append(Ask("addressees", f"«{self.out[0].text}» исполняет пункт или получает названное в нём?"))
        rest = self.text[end:].strip(" :.,;–—-")
        return not rest and not lead

    def _opens_head(self, start: int, end: int, head: str, lead: bool) -> bool:
        """Whether the stretch is a dative head at all and not the subject of a sentence."""
        words = WORD.findall(head)
        if not words:
            return False
        if PERSON.match(head.lstrip()) and end < len(self.text.rstrip(" .;")):
            return True  # «Ивановой И.И., ведущему специалисту, доложить …»
        if lead and (ACCUSATIVE.match(self.text) or any(start <= n.start < end for n in self.named)):
            return True
        if len(words) == 1 and words[0].lower() in ("всем", "каждому"):
            return True
        if self.named and self.named[0].start <= start + 3:
            following = WORD.search(self.text, end)
            return (
                end >= len(self.text.rstrip(" :.,;–—-"))
                or (following is not None and is_infinitive(following.group()))
                or self._task_behind_dash(start) == end
            )
        prepositional, qualified = False, is_participle(words[0])
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
            if is_participle(word) or prepositional:
                prepositional = False
                continue
            if is_preposition(word) and qualified:
                prepositional = True  # «отсутствовавшим на совещании руководителям»
                continue
            if is_adjective(word, "datv") or word.lower() in ("и", "и.о", "о"):
                continue
            return False
        return False

    def _head_end(self, start: int) -> int:
        """The head lasts to the first infinitive outside quotes, a colon, or the end."""
        if (task := self._task_behind_dash(start)) is not None:
            return task
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

    def _task_behind_dash(self, start: int) -> int | None:
        """«СОШ № 4, № 6 – организация питания», «СОШ № 7 – 5а класс»: behind parties and a dash a noun that says what."""
        dash = re.compile(r"\s+[–—-]\s+(?=([а-яё]{3,}|на(?=\s+баз)|\d))").search(self.text, start)
        if dash is None or not any(start <= n.start < dash.start() for n in self.named):
            return None
        if any(n.start < dash.end() < n.end for n in self.named) or not re.search(
            r"[\d»\")]$|[А-ЯЁа-яё]$", self.text[: dash.start()]
        ):
            return None
        if any(is_infinitive(w) for w in WORD.findall(self.text, start, dash.start())) or PERSON.match(
            self.text, start
        ):
            return None
        word = dash[1]
        if word.isdigit():
            return (
                dash.start()
                if re.match(r"\d{1,2}\s?[–—-]?\s?\d{0,2}\s?[а-яё]?[,\s].{0,40}класс", self.text[dash.end() :])
                else None
            )
        if word == "на":
            return dash.start()  # «СОШ № 4, 6 – на базе СОШ № 20»
        return dash.start() if is_noun(word, "nomn") and not is_noun(word, "datv") else None

    def _body_and_dash(self) -> bool:
        """«РМК – подготовить график»: a known body in the nominative, a dash, what it does."""
        found = re.match(r"^([^–—:.;]{2,90}?)\s+[–—-]\s+([а-яё]+)", self.text)
        if not found or not is_infinitive(found[2]):
            return False
        several = sum(n.start < found.end(1) for n in self.named) > 1
        entry = None if several else self.registry.find_organisation(found[1])
        if entry is None and several and any(n.start <= found.end(1) and n.match.entry for n in self.named):
            self.take(0, found.end(1), dative=True)
            return bool(self.out)
        if entry is None:
            if self.named and self.named[0].start == 0:
                self.take(0, found.end(1))
                return bool(self.out)
            return False
        self.out.append(Addressee("org", found[1], entry.canonical, ((0, found.end(1)),), key=entry.key))
        return True

    def later_sentences(self) -> None:
        """«… представить анализ. Методическому центру провести семинар.»: who acts in the next sentence acts too."""
        inside = [(n.start, n.end) for n in self.named]  # «СОШ с. Ключи провести»: the dot of a settlement ends nothing
        ends = sorted(m.end() for p in (SENTENCE, SEMICOLON) for m in islice(p.finditer(self.text), 40))
        starts = [at for at in ends if not any(a < at < b for a, b in inside)]
        for start, end in zip(starts, [*starts[1:], len(self.text)], strict=False):
            words = WORD.findall(self.text, start, end)
            if not words or not any(is_infinitive(w) for w in words[1:]) or is_infinitive(words[0]):
                continue
            inner = PartyPlaces(self.text[start:end], self.registry)
            if not (names_people_or_body(words[0], "datv") or (inner.named and inner.named[0].start == 0)):
                continue
            inner.head()
            if not inner.out:
                continue
            self.out += [replace(a, span=tuple((x + start, y + start) for x, y in a.span)) for a in inner.out]
            self.used |= {
                i for i, n in enumerate(self.named) for j in inner.used if n.start == inner.named[j].start + start
            }
            self.asks += inner.asks
            if start == starts[0] or len(self.out) > len(inner.out):
                self.asks.append(Ask("text", "В пункте несколько поручений разным исполнителям. Разделить его?"))

    # --- labels and appointments ---

    def labels(self) -> None:
        """«Ответственный: …», «(отв. …)»: both it and the head of the clause count."""
        if (laid := LAID_ON.search(self.text)) is not None:
            self.take(laid.end(), sentence_end(self.text, laid.end()), limit=3)
        for found in islice(RESPONSIBLE.finditer(self.text), 8):
            if self.helps(found.start()):
                continue
            end = label_end(self.text, found.end())
            bracket = self.text.rfind("(", 0, found.start() + 1)
            if bracket >= 0 and ")" not in self.text[bracket : found.start()]:
                closing = self.text.find(")", found.end())
                end = min(end, closing) if closing >= 0 else end
            before = len(self.out)
            self.take(found.end(), end)
            rows = self.out[before:]
            if len(rows) == 1 and rows[0].type == "person" and rows[0].school and "ые" in found.group().lower():
                self.asks.append(Ask("addressees", "Ответственные — многие: только ли этот человек?"))

    def appointed(self, under: bool) -> None:
        """The person appointed is responsible; the schools under a curator are mentioned; a workplace is the person's."""
        people = self.people(0, len(self.text))
        posts = self.workplaces(people, list(enumerate(self.named)))
        for found in people:
            text = found.group().strip()
            before = next(
                (i for i, n in enumerate(self.named) if DASH.fullmatch(self.text[n.end : found.start()])), None
            )
            if before is not None and before not in self.used and self.stands_behind(self.named[before], IN):
                self.used.add(before)
                workplace: Named | None = self.named[before]  # «в СОШ № 1 – Орлову А.А., в СОШ № 2 – Белову Б.Б.»
            elif (workplace := self._workplace(found.end(), people)) is None and found.start() in posts:
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
            self.head()

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
                    self.ask_about(named)
                    return named
        return None

    # --- who acts without a dative ---

    def sentence(self) -> bool:
        """«Директора школ, набравших мало. Представить план …»: who is named in a sentence of its own before the order."""
        found = re.match(r"^(?P<who>[^.!?:;]{5,250}?)\.\s+(?P<verb>[А-ЯЁ][а-яё]+)", self.text)
        if not found or not is_infinitive(found["verb"]) or any(is_infinitive(w) for w in WORD.findall(found["who"])):
            return False
        first = WORD.search(found["who"])
        if first is None or not names_people_or_body(first.group(), "nomn") and not is_adjective(first.group(), "nomn"):
            return False
        self.take(0, found.end("who"))
        return bool(self.out)

    def own_terms(self) -> bool:
        """«Представить планы: СОШ № 1 – до 20.10, СОШ № 2 – до 22.10»: who has a term of his own must do it."""
        with_term = [n for n in self.named if own_term(self.text, n)]
        if len(with_term) < 2 or any(self.stands_behind(n, IN) or self.stands_behind(n, BASE) for n in with_term):
            return False
        last = with_term[-1]
        for named in self.named:
            if named.start >= last.end and self.chained(last, named):
                last = named  # «11 марта – СОШ № 8, № 9»
        self.take(with_term[0].start, last.end)
        return bool(self.out)

    def ask_of_own_terms(self) -> None:
        """A clause has one term, the last; where names have terms of their own, somebody looks at each."""
        own = {term for n in self.named if (term := own_term(self.text, n))}
        if (
            len(own) > 1
            or own
            and THE_REST.search(self.text)
            or own
            and re.search(rf"\([^()]*{re.escape(own.copy().pop())}", self.text)
        ):
            self.asks.append(Ask("deadline", "У исполнителей разные сроки, взят последний. Какой срок у каждого?"))

    def behind_dash(self) -> bool:
        """«Отчёт – Иванова И.И., до 5 мая», «(Иванова И.И., до 5 мая)»: a tail made of nothing but parties and a term."""
        end = len(self.text.rstrip(" .;"))
        stretches = []
        dash = max(self.text.rfind(f" {mark} ", 0, end) for mark in "–—-")
        if dash > 0 and TIME_PIECE.match(self.text[:dash].rpartition(" ")[2]):  # «…, апрель – май»
            dash = max(self.text.rfind(f" {mark} ", 0, dash) for mark in "–—-")
        if dash > 0 and end - dash < 300 and not (self.named and self.named[0].start == 0):
            stretches.append((dash + 3, end))
        opens = {")": "(", "]": "[", "/": "/"}.get(self.text[end - 1 : end])
        if opens and 0 < (bracket := self.text.rfind(opens, 0, end - 1)) < end:
            stretches.append((bracket + 1, end - 1))
        for left, right in stretches:
            if any(a < right and left < b for a, b in self.beside):
                continue
            people = self.people(left, right)
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
            if any(len(c.split()) > 8 or self.class_of(c, 0, 0, False, False) is None for c in classes):
                continue
            ordered = (opening := WORD.search(self.text)) is not None and is_infinitive(opening.group())
            everybody = all(re.match(r"все(?:м)?\s", c, re.I) for c in classes)
            if classes and not (people or named) and not everybody and (ordered or not timed):
                continue  # «из числа педагогов – наставников …»: a tail of words alone says what as often as who
            edges = [left, *(x for p in timed for x in (left + p.start(), left + p.end())), right]
            for start, stop in zip(edges[::2], edges[1::2], strict=True):
                self.take(start, stop)
            if named and not timed and not people and ordered:
                self.asks.append(Ask("addressees", "Названные в конце исполняют пункт или только упомянуты?"))
            return bool(self.out)
        return False

    def subject(self) -> bool:
        """«Иванова И.И. – подготовить справку», «Иванова И.И. подготовит справку»: a person in the nominative who acts."""
        last = re.search(rf"(?<![А-Яа-яё])([а-яё]+)\s+({PERSON.pattern})[\s.;]*$", self.text)
        if last and acts_later(last[1]) and "," not in last.group():
            self.take(last.start(2), last.end(2))  # «перечень разошлёт Иванова И.И.»
            return bool(self.out)
        if (tail := _TAIL.search(self.text)) is not None:
            self.take(
                tail.start("who"), tail.end("who")
            )  # «Отчёт до 5 октября, Иванова И.И.», «Субботник 26 мая, все ОО»
            return bool(self.out)
        person = PERSON.match(self.text)
        if person is None:
            return False
        several = re.match(rf"(?:(?:{PERSON.pattern})[\s,и]*)+(?=[–—-]\s+[а-яё]{{4,}})", self.text)
        if several:
            self.take(0, several.end())  # «Иванова И.И., Попов П.П. – посещение уроков, апрель»
            return bool(self.out)
        following = re.match(
            r"\s*(?:[–—-]\s*)?(?:(?:до|к|с)\s+\d{1,2}(?:\s+[а-яё]+(?:ря|ля|ня|та|ая|ста)(?:\s+\d{4})?|[\d.]*)(?:\s+(?:года|г\.))?,?\s+)?([а-яё]+)",
            self.text[person.end() :],
        )
        if not following or not (is_infinitive(following[1]) or acts_later(following[1])):
            return False
        self.take(0, person.end())
        return bool(self.out)


# «СОШ № 7 – до 10 марта, всем остальным – до 20 марта»
THE_REST = re.compile(r",\s*(?:а\s+)?(?:всем\s+)?(?:остальным|прочим|другим)(?![а-яё])", re.I)
SEMICOLON = re.compile(r";\s+(?=[А-ЯЁ])")
DASH = re.compile(r"\s*[–—-]\s*")
# Who acts, behind a day and a comma at the very end.
_TAIL = re.compile(
    rf"(?:\d{{1,2}}\s+[а-яё]+(?:\s+20\d\d)?(?:\s*(?:г\.|года))?|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?\s?г?\.?),\s*"
    rf"(?P<who>{PERSON.pattern}|[Вв]се\s+(?:ОО|ОУ|ДОО|ДОУ|школы|директора|руководители)(?:\s+[а-яё]+)?)[\s.;]*$"
)
