"""Papers that begin here and live in the editor: an order that recommends mentors, a protocol that takes note of curators' work.

Appointing a mentor is the school's own order (ТК РФ, ст. 351.8): the municipal paper only recommends it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from decisions.actions.compose import Planned, PlannedAnnex, compose
from decisions.enums import Control, DocumentKind, Nature, PartyRole, PartyType, QuestionField
from decisions.models import Addressee, Clause, Document, Question
from mentoring import naming
from mentoring.actions.care import official
from mentoring.enums import MentorState
from mentoring.models import Mentorship
from mentoring.quarters import SchoolLine, quarter_words
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User


@transaction.atomic
def mentor_order(*, by: User, authority: Organization, mentorships: Sequence[Mentorship]) -> Document:
    """A draft order «О наставничестве»: who is recommended to whom, and the request to issue the school's own order.

    One line a mentorship; only the second clause makes tasks, marked «рекомендовано». Raises `Refused`.
    """
    if not mentorships:
        raise Refused("Отметьте наставничества, которые войдут в приказ.")
    for one in mentorships:
        if one.state not in (MentorState.PROPOSED, MentorState.AGREED):
            raise Refused(f"«{one}»: рекомендуют то, что ещё не оформлено приказом школы.")
        if one.document_id is not None:
            raise Refused(f"«{one}»: уже есть в другом приказе.")
    lines, doubts = [], []
    for one in mentorships:
        whom, sure = _mentor(one)
        lines.append(f"{official(one.donor)} – {whom};")
        doubts.append("" if sure else whom)
    lines[-1] = f"{lines[-1].rstrip(';')}."
    donors = {one.donor_id: one.donor for one in mentorships}
    document = compose(
        by=by,
        authority=authority,
        kind=DocumentKind.ORDER,
        title="О наставничестве педагогов общеобразовательных организаций",
        restricted=True,
        clauses=[
            Planned(
                "Рекомендовать руководителям общеобразовательных организаций с письменного согласия педагогов назначить "
                "наставниками:",
                "1",
                Nature.STATES,
                children=tuple(
                    Planned(line, "-", Nature.STATES, organizations=(one.donor,))
                    for line, one in zip(lines, mentorships, strict=True)
                ),
            ),
            Planned(
                "Рекомендовать руководителям этих организаций издать приказы о наставничестве, указав содержание, срок и "
                "оплату работы (статья 351.8 Трудового кодекса Российской Федерации), и сообщить их номера и даты.",
                "2",
                Nature.RECOMMENDS,
                organizations=tuple(donors.values()),
            ),
        ],
        label="Составлено по наставничествам",
    )
    clauses = list(Clause.objects.filter(document=document).order_by("position"))
    Clause.objects.filter(pk=clauses[-1].pk).update(control=Control.CONTROL)
    for clause, one, doubt in zip(clauses[1:-1], mentorships, doubts, strict=True):
        Addressee.objects.create(
            clause=clause,
            role=PartyRole.MENTION,
            type=PartyType.SCHOOL,
            text=official(one.school)[:1000],
            organization=one.school,
            position=1,
        )
        if doubt:
            question = Question.objects.create(
                document=document,
                field=QuestionField.TEXT,
                text=f"Проверьте падеж: «{doubt}» — программа не уверена.",
                position=clause.position,
            )
            question.clauses.add(clause)
    Mentorship.objects.filter(pk__in=[one.pk for one in mentorships]).update(document=document)
    record(
        by=by,
        action="mentor.order",
        row=document,
        authority=authority,
        summary=document.title,
        after={"mentorships": [one.pk for one in mentorships]},
    )
    return document


def _mentor(one: Mentorship) -> tuple[str, bool]:
    """«Иванову Марию Петровну (предмет «Физика», педагог Петров Пётр Ильич, СОШ № 3)» and whether the case is certain."""
    subject = f"предмет «{one.subject}»"
    helped = f"педагог {one.teacher_name}, {official(one.school)}" if one.teacher_name else official(one.school)
    if not one.mentor_name:
        return f"педагога, которого назовёт руководитель ({subject}, {helped})", True
    parts = one.mentor_name.split()
    if len(parts) < 2:
        return f"{one.mentor_name} ({subject}, {helped})", False
    last, first, patronymic = parts[0], parts[1], " ".join(parts[2:])
    if len(parts) == 3 and naming.is_patronymic(first) and not naming.is_patronymic(patronymic):
        last, first, patronymic = patronymic, last, first  # «Мария Петровна Иванова»
    name = naming.accusative(last, first, patronymic)
    return f"{name.text} ({subject}, {helped})", name.sure


@transaction.atomic
def visits_report(
    *, by: User, authority: Organization, first: dt.date, last: dt.date, lines: Sequence[SchoolLine]
) -> Document:
    """A draft protocol that takes note of the curators' quarter; the report itself is its annex, a line a school."""
    if not lines:
        raise Refused("За этот квартал проведённых визитов нет: составлять не из чего.")
    words = quarter_words(first)
    document = compose(
        by=by,
        authority=authority,
        meeting="совещание по работе со школами с низкими образовательными результатами",
        agenda=[f"О работе кураторов школ за {words}"],
        clauses=[
            Planned(
                f"Принять к сведению отчёт о работе кураторов школ за {words} (приложение 1).", "1", Nature.STATES, 0
            )
        ],
        annexes=[
            PlannedAnnex(
                f"Отчёт о работе кураторов школ за {words}",
                tuple(
                    Planned(
                        f"{official(one.school)}. {one.summary}",
                        str(number),
                        Nature.STATES,
                        children=tuple(Planned(text, "-", Nature.STATES) for text in one.told),
                    )
                    for number, one in enumerate(lines, start=1)
                ),
            )
        ],
        restricted=True,
        label="Составлено по визитам",
    )
    record(
        by=by,
        action="visit.report",
        row=document,
        authority=authority,
        summary=f"{first:%d.%m.%Y} – {last:%d.%m.%Y}",
        after={"schools": [one.school.pk for one in lines]},
    )
    return document
