"""Answers to the questions of the program: each is answered or left as it is before the document goes on."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from config import clock
from decisions.actions.drafts import editing, lock_draft
from decisions.enums import DeadlineKind, PartKind, PartyType, QuestionState
from decisions.errors import Refused
from decisions.models import Addressee, Clause, Document, Question
from schools.actions.aliases import learn_alias
from schools.models import Organization, User


def settle_for(*, by: User, clause: Clause, field: str) -> None:
    """A person has set this field by hand: open questions about it need no other answer.

    A question about a block stays open until every clause of the block was set.
    """
    for question in clause.questions.filter(field=field, state=QuestionState.OPEN):
        settled = set(question.data.get("settled", [])) | {clause.pk}
        if set(question.clauses.values_list("pk", flat=True)) <= settled:
            _close(question, by=by, state=QuestionState.ANSWERED)
        else:
            question.data = {**question.data, "settled": sorted(settled)}
            question.save(update_fields=["data"])


def dismiss(*, by: User, question: Question) -> None:
    """«Оставить как есть»."""
    with editing(document=question.document, by=by, label="Вопрос оставлен как есть"):
        _close(_open(question), by=by, state=QuestionState.DISMISSED)


def reopen(*, by: User, question: Question) -> None:
    """Asks again: the answer was given by mistake."""
    with editing(document=question.document, by=by, label="Вопрос задан снова"):
        question.state, question.answered_by, question.answered_at = QuestionState.OPEN, None, None
        question.save(update_fields=["state", "answered_by", "answered_at"])


def confirm_party(*, by: User, question: Question, organization: Organization, remember: bool) -> None:
    """«Да, это она» / another one: the doubtful party becomes this organisation; the printed form may be remembered."""
    if question.document.authority_id not in (organization.authority_id, organization.parent_id):
        raise Refused("Эта организация не относится к вашему органу управления.")
    with editing(document=question.document, by=by, label=f"Исполнитель: {organization}"):
        question = _open(question)
        printed = question.data.get("printed", "")
        first = Q(pk=question.data.get("party"))
        parties = Addressee.objects.filter(first | Q(text=printed), clause__in=question.clauses.all())
        if not parties:
            raise Refused("Исполнителя уже изменили. Проверьте пункт и оставьте вопрос как есть.")
        for party in parties:
            party.organization = organization
            if party.type != PartyType.PERSON:
                party.type = PartyType.SCHOOL if organization.is_school else PartyType.ORG
            party.save()
        if remember and printed:
            learn_alias(by=by, organization=organization, text=printed)
        _close(question, by=by, state=QuestionState.ANSWERED)


def accept_day(*, by: User, question: Question, day: dt.date | None) -> None:
    """A term for the clauses of the question: one of the suggested days, another one, or none («без срока»)."""
    with editing(document=question.document, by=by, label=f"Срок: {day:%d.%m.%Y}" if day else "Без срока"):
        question = _open(question)
        for clause in question.clauses.all():
            clause.deadline_kind = DeadlineKind.DATE if day else DeadlineKind.NONE
            clause.deadline_start, clause.deadline_due = None, day
            clause.deadline_rule = clause.deadline_rrule = clause.deadline_unit = ""
            clause.deadline_days = clause.deadline_months = None
            if day is None:
                clause.deadline_text = ""
            clause.save()
        _close(question, by=by, state=QuestionState.ANSWERED)


def set_part_kind(*, by: User, question: Question, kind: str) -> None:
    """What a further document of the file is: an annex, a higher body's document, or one of ours."""
    if kind not in PartKind.values:
        raise Refused("Такого вида части нет.")
    with editing(document=question.document, by=by, label=PartKind(kind).label) as held:
        held.part_kind = kind
        held.save(update_fields=["part_kind"])
        _close(_open(question), by=by, state=QuestionState.ANSWERED)


def open_count(document: Document) -> int:
    """Open questions of a document with its parts."""
    return Question.objects.filter(state=QuestionState.OPEN, document__in=family(document)).count()


def family(document: Document) -> list[Document]:
    """The document and the parts of its file, in order."""
    return [document, *document.parts.order_by("part_order")]


def _open(question: Question) -> Question:
    lock_draft(question.document_id)
    question.refresh_from_db()
    if question.state != QuestionState.OPEN:
        raise Refused("На этот вопрос уже ответили.")
    return question


def _close(question: Question, *, by: User, state: QuestionState) -> None:
    question.state, question.answered_by, question.answered_at = state, by, clock.now()
    question.save(update_fields=["state", "answered_by", "answered_at"])
