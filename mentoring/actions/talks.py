"""Interviews: the office composes questions, the director answers before the talk, the protocol is drafted after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from decisions.actions.intake import start_empty
from decisions.enums import Circulation, DeadlineKind, DocumentKind, Nature, ParticipantRole, PartyRole, PartyType
from decisions.errors import Conflict
from decisions.models import Addressee, Clause, Document, Participation
from decisions.news import people_of, tell
from mentoring.enums import InterviewState
from mentoring.models import Interview, InterviewAdvice, InterviewAnswer, Questionnaire, QuestionnaireVersion
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, Position, User
from schools.search import normalized

MOST_QUESTIONS = 40


@transaction.atomic
def save_questionnaire(
    *, by: User, authority: Organization, title: str, texts: Sequence[str], row: Questionnaire | None = None
) -> Questionnaire:
    """The questions as they are now. A version that no interview uses yet is rewritten, else a new one is made.

    A question keeps its key while its words stay the same or only its place changes; a changed question at the same place
    keeps it too, so that last time's answer stands beside.
    """
    title = " ".join(title.split())[:200]
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    if not title:
        raise Refused("Напишите название списка вопросов.")
    if not texts:
        raise Refused("Напишите хотя бы один вопрос, каждый с новой строки.")
    if len(texts) > MOST_QUESTIONS:
        raise Refused(f"Вопросов {len(texts)}, а можно не больше {MOST_QUESTIONS}.")
    if len({text.casefold() for text in texts}) != len(texts):
        raise Refused("Один и тот же вопрос написан дважды.")
    new = row is None
    row = row or Questionnaire(authority=authority)
    row.title = title
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as why:
        raise Refused("Список вопросов с таким названием уже есть.") from why
    last = row.versions.order_by("-number").first()
    questions = _keyed(texts, last.questions if last else [])
    if last is None or (last.questions != questions and last.interviews.exists()):
        QuestionnaireVersion.objects.create(
            questionnaire=row, number=(last.number if last else 0) + 1, questions=questions, created_by=by
        )
    elif last.questions != questions:
        last.questions = questions
        last.save(update_fields=["questions"])
    record(
        by=by,
        action="questionnaire.added" if new else "questionnaire.changed",
        row=row,
        authority=authority,
        summary=row.title,
        after={"questions": len(questions)},
    )
    return row


def _keyed(texts: Sequence[str], before: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    same = {one["text"].casefold(): one["key"] for one in before}
    taken = {same[text.casefold()] for text in texts if text.casefold() in same}
    numbers = [int(one["key"][1:]) for one in before if one["key"][1:].isdigit()]
    free = max(numbers, default=0)
    out = []
    for index, text in enumerate(texts):
        key = same.get(text.casefold())
        if key is None and len(texts) == len(before) and before[index]["key"] not in taken:
            key = before[index]["key"]  # reworded in its place
            taken.add(key)
        if key is None:
            free += 1
            key = f"q{free}"
        out.append({"key": key, "text": text})
    return out


@transaction.atomic
def invite(*, by: User, questionnaire: Questionnaire, schools: Sequence[Organization], day: dt.date) -> list[Interview]:
    """Interviews of a day with several schools; each director learns and prepares answers."""
    version = questionnaire.versions.order_by("-number").first()
    if version is None:
        raise Refused("В списке нет вопросов.")
    if not schools:
        raise Refused("Отметьте школы, с которыми пройдёт собеседование.")
    if day < clock.today(questionnaire.authority.zone):
        raise Refused("Этот день уже прошёл: назначьте собеседование на сегодня или позже.")
    taken = Interview.objects.filter(school__in=schools, day=day).select_related("school").first()
    if taken is not None:
        raise Refused(f"Собеседование с «{taken.school}» на {day:%d.%m.%Y} уже назначено.")
    people = people_of([school.pk for school in schools])
    made = []
    for school in schools:
        row = Interview.objects.create(
            authority=questionnaire.authority, school=school, version=version, day=day, created_by=by
        )
        made.append(row)
        record(by=by, action="interview.invited", row=row, authority=row.authority_id, summary=str(row))
        tell(
            users=people.get(school.pk, []),
            kind="interview",
            row=row,
            text=f"Собеседование {day:%d.%m.%Y}: подготовьте ответы",
            url=reverse("mentoring:interview_detail", args=[row.pk]),
        )
    return made


@transaction.atomic
def save_answers(*, by: User, interview: Interview, saved: int, texts: Mapping[str, str], ready: bool) -> Interview:
    """The school's answers: a draft as often as wanted; `ready` tells the office they can be read."""
    row = _held(interview, saved)
    if row.state not in (InterviewState.PLANNED, InterviewState.READY):
        raise Refused("Собеседование уже прошло: ответы закрыты.")
    known = {one["key"] for one in row.version.questions}
    for key, text in texts.items():
        if key in known:
            InterviewAnswer.objects.update_or_create(interview=row, key=key, defaults={"text": text.strip()[:8000]})
    if ready:
        if not row.answers.exclude(text="").exists():
            raise Refused("Ответьте хотя бы на один вопрос, потом передавайте.")
        row.state, row.ready_at = InterviewState.READY, clock.now()
    row.saved += 1
    row.save(update_fields=["state", "ready_at", "saved"])
    record(
        by=by,
        action="interview.ready" if ready else "interview.answers",
        row=row,
        authority=row.authority_id,
        summary=str(row),
    )
    return row


@transaction.atomic
def save_talk(
    *,
    by: User,
    interview: Interview,
    saved: int,
    notes: Mapping[str, str],
    conclusions: str,
    advice: Sequence[tuple[str, dt.date | None]],
    held: bool,
) -> Interview:
    """The office's notes, conclusions and recommendations; `held` closes the school's answers."""
    row = _held(interview, saved)
    if row.document_id is not None:
        raise Refused("По собеседованию уже составлен протокол: правьте его.")
    known = {one["key"] for one in row.version.questions}
    for key, note in notes.items():
        if key in known:
            InterviewAnswer.objects.update_or_create(interview=row, key=key, defaults={"note": note.strip()[:8000]})
    row.conclusions = conclusions.strip()[:8000]
    row.advice.all().delete()
    InterviewAdvice.objects.bulk_create(
        InterviewAdvice(interview=row, text=text.strip()[:1000], due=due, position=number)
        for number, (text, due) in enumerate(advice, start=1)
    )
    if held:
        if row.day > clock.today(row.authority.zone):
            raise Refused("День собеседования ещё не наступил.")
        row.state = InterviewState.HELD
    row.saved += 1
    row.save(update_fields=["conclusions", "state", "saved"])
    record(
        by=by,
        action="interview.held" if held else "interview.notes",
        row=row,
        authority=row.authority_id,
        summary=str(row),
        after={"advice": len(advice)},
    )
    return row


@transaction.atomic
def draft_protocol(*, by: User, interviews: Sequence[Interview]) -> Document:
    """The protocol of held interviews of one day as a draft: who was invited, conclusions, recommendations as clauses.

    The same recommendation to several schools is one clause with all of them. It goes through review and registration as any
    other; recommendations have no term unless one was agreed (document 004 has none at all).
    """
    pks = [one.pk for one in interviews]
    rows = list(
        Interview.objects.select_for_update(of=("self",))
        .filter(pk__in=pks)
        .select_related("school", "authority", "version__questionnaire")
        .prefetch_related("advice")
        .order_by("school__sort_key", "pk")
    )
    if not rows:
        raise Refused("Отметьте собеседования, по которым составить протокол.")
    if len({(row.authority_id, row.day) for row in rows}) > 1:
        raise Refused("Собеседования прошли в разные дни: составьте протокол на каждый день.")
    for row in rows:
        if row.document_id is not None:
            raise Refused(f"«{row.school}»: протокол уже составлен.")
        if row.state != InterviewState.HELD:
            raise Refused(f"«{row.school}»: собеседование ещё не отмечено проведённым.")
    if not any(row.advice.all() for row in rows):
        raise Refused("Нет ни одной рекомендации: запишите их на странице собеседования.")
    authority = rows[0].authority
    document = start_empty(
        by=by,
        authority=authority,
        kind=DocumentKind.PROTOCOL,
        meeting="собеседование с руководителями общеобразовательных организаций",
    )
    document.clauses.all().delete()
    document.date = rows[0].day
    document.circulation = Circulation.EXCERPT
    document.save(update_fields=["date", "circulation"])
    _invited(document, rows)
    position = 0
    for row in rows:
        if row.conclusions:
            position += 1
            words = f"{row.school}: {row.conclusions.rstrip(' .;')}."
            _clause(document, position, words, None, [row.school], by=by, nature=Nature.STATES)
    shared: dict[tuple[str, dt.date | None], tuple[str, list[Interview], list[InterviewAdvice]]] = {}
    for row in rows:
        for advice in row.advice.all():
            entry = shared.setdefault((normalized(advice.text), advice.due), (advice.text, [], []))
            entry[1].append(row)
            entry[2].append(advice)
    for (_, due), (text, given, advices) in shared.items():
        position += 1
        schools = list({row.school_id: row.school for row in given}.values())
        words = text.rstrip(" .;") + (f" до {due:%d.%m.%Y}." if due else ".")
        clause = _clause(document, position, words, due, schools, by=by, nature=Nature.RECOMMENDS)
        InterviewAdvice.objects.filter(pk__in=[one.pk for one in advices]).update(clause=clause)
    for row in rows:
        row.document, row.state = document, InterviewState.PROTOCOL
        row.saved += 1
        row.save(update_fields=["document", "state", "saved"])
    record(
        by=by,
        action="interview.protocol",
        row=document,
        authority=authority,
        summary=", ".join(str(row.school) for row in rows)[:500],
        after={"interviews": pks},
    )
    return document


def _invited(document: Document, rows: Sequence[Interview]) -> None:
    heads: dict[int, Position] = {}
    day = rows[0].day
    found = Position.objects.held_on(day).filter(organization__in=[row.school_id for row in rows], is_head=True)  # type: ignore[attr-defined]
    for position in found.select_related("person"):
        heads[position.organization_id] = position
    people = []
    for number, row in enumerate(rows, start=2):
        head = heads.get(row.school_id)
        people.append(
            Participation(
                document=document,
                role=ParticipantRole.INVITED,
                name=head.person.surname_first if head else f"руководитель, {row.school}",
                post=f"{head.title}, {row.school}"[:300] if head else "",
                person=head.person if head else None,
                organization=row.school,
                position=number,
            )
        )
    Participation.objects.bulk_create(people)


def _clause(
    document: Document,
    number: int,
    text: str,
    due: dt.date | None,
    schools: Sequence[Organization],
    *,
    by: User,
    nature: Nature,
) -> Clause:
    clause = Clause.objects.create(
        document=document,
        path=str(number),
        number=str(number),
        position=number * 10,
        text=text,
        search=normalized(text),
        nature=nature,
        control="info" if nature == Nature.STATES else "control",
        checker=by,
        deadline_kind=DeadlineKind.DATE if due else DeadlineKind.NONE,
        deadline_due=due,
        deadline_text=f"до {due:%d.%m.%Y}" if due else "",
    )
    role = PartyRole.MENTION if nature == Nature.STATES else PartyRole.RESPONSIBLE
    Addressee.objects.bulk_create(
        Addressee(clause=clause, role=role, type=PartyType.SCHOOL, text=school.name, organization=school, position=n)
        for n, school in enumerate(schools)
    )
    return clause


def last_time(interview: Interview) -> Interview | None:
    """The school's previous interview on the same list of questions."""
    return (
        Interview.objects.filter(
            school=interview.school_id, version__questionnaire=interview.version.questionnaire_id, day__lt=interview.day
        )
        .order_by("-day", "-pk")
        .first()
    )


def _held(interview: Interview, saved: int) -> Interview:
    row = (
        Interview.objects.select_for_update(of=("self",))
        .select_related("version", "authority", "school")
        .get(pk=interview.pk)
    )
    if row.saved != saved:
        raise Conflict("Эту страницу уже сохранил другой сотрудник. Введённое осталось: сверьте и сохраните ещё раз.")
    return row
