"""A lived-in office for tests of pages: a sent protocol with answers, a draft with questions, people, files, notices."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile

from config import partial
from decisions.actions import answers
from decisions.models import Assignment, Clause, ClauseFile, Document, ExecutionReport, ReportItem
from schools.actions import registry_import
from schools.enums import MessageKind
from schools.models import CalendarDay, Membership, Message, Notification, OrganizationAlias, Position, StoredFile
from tests import papers
from tests.addresses import every_address
from tests.areas import AREAS
from tests.cast import Cast
from tests.decisions.test_life import sent, taken


@dataclass
class World:
    cast: Cast
    document: Document
    draft: Document
    task: Assignment
    report: ExecutionReport
    ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)  # what an address needs to be sent to find its row


def stored(cast: Cast, name: str = "Справка.txt", content: bytes = b"text") -> StoredFile:
    row = StoredFile(
        authority=cast.authority,
        name=name,
        content_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=cast.director,
    )
    row.content.save(name, ContentFile(content), save=True)
    return row


def world_of(cast: Cast) -> World:
    """The director of «СОШ № 1» has answered clause 2.1 with a file; the neighbour and the third school have not."""
    document = sent(cast)
    draft = taken(cast, papers.DOUBTFUL)
    task = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.1")
    report = answers.draft_answer(by=cast.director, document=document, organization=cast.school)
    answers.save_draft(by=cast.director, report=report, text="Рассмотрено.", link="", assignments=[task])
    report_file = answers.attach(by=cast.director, report=report, file=stored(cast))
    answers.send_answer(by=cast.director, report=report, assignments=[task])
    report.refresh_from_db()
    other = Assignment.objects.get(document=document, organization=cast.school, clause__number="2.2")
    clause_file = ClauseFile.objects.create(clause=task.clause, file=stored(cast, "Форма.txt"))
    draft_file = ClauseFile.objects.create(
        clause=Clause.objects.filter(document=draft)[0], file=stored(cast, "Бланк.txt")
    )
    Document.objects.filter(pk=document.pk).update(
        source_file=stored(cast, "Исходный.txt"), signed_scan=stored(cast, "Скан.txt")
    )
    day_off = CalendarDay.objects.create(authority=cast.authority, day=dt.date(2026, 11, 3), working=False)
    letter = Message.objects.create(
        user=cast.director,
        kind=MessageKind.values[0],
        day=dt.date(2026, 3, 10),
        to="a@example.org",
        subject="Проба",
        text="Проба",
    )
    upload = registry_import.check(
        by=cast.admin, home=cast.authority, name="реестр.csv", content=b"authority,canonical\n", content_type="text/csv"
    )
    alias = OrganizationAlias.objects.filter(organization=cast.school).first()
    notice = Notification.objects.filter(user=cast.director).first()
    draft_clause = Clause.objects.filter(document=draft).first()
    question = draft.questions.filter(state="open").first()
    position = Position.objects.filter(organization=cast.school).first()
    membership = Membership.objects.filter(user=cast.director).first()
    assert alias and notice and draft_clause and question and position and membership and cast.director.person
    world = World(cast, document, draft, task, report)
    pk = lambda row: {"pk": row.pk}  # noqa: E731
    mine = {"pk": document.pk}
    world.ids = {
        "reports:protocol": mine,
        "reports:excerpt": {**mine, "organization_pk": cast.school.pk},
        "reports:acknowledgement": mine,
        "reports:attendance": mine,
        "reports:answer_receipt": pk(report),
        "schools:password_reset_confirm": {"uidb64": "MQ", "token": "set-password"},
        "schools:invitation_accept": {"token": "none"},
        "schools:membership_activate": pk(membership),
        "schools:registry_import_": pk(upload),
        "schools:organization_": pk(cast.school),
        "schools:alias_create": pk(cast.school),
        "schools:alias_revoke": pk(alias),
        "schools:person_": pk(cast.director.person),
        "schools:position_create": pk(cast.director.person),
        "schools:membership_create": pk(cast.director.person),
        "schools:invitation_create": pk(cast.director.person),
        "schools:account_": pk(cast.director.person),
        "schools:position_end": pk(position),
        "schools:membership_end": pk(membership),
        "schools:group_": pk(cast.everyone),
        "schools:calendar_day_delete": pk(day_off),
        "schools:message_again": pk(letter),
        "schools:notification_open": pk(notice),
        "decisions:document_detail": mine,
        "decisions:document_annul": mine,
        "decisions:annex_add": pk(draft),
        "decisions:annex_remove": pk(draft_file),
        "decisions:document_source": mine,
        "decisions:document_scan": mine,
        "decisions:document_": pk(draft),
        "decisions:clause_mend": pk(task.clause),
        "decisions:clause_file": pk(clause_file),
        "decisions:clause_add": pk(draft),
        "decisions:clauses_": pk(draft),
        "decisions:term_preview": pk(draft),
        "decisions:clause_": pk(draft_clause),
        "decisions:question_": pk(question),
        "decisions:task_chat": mine,
        "decisions:task_decline": pk(other),
        "decisions:task_": pk(task),
        "decisions:not_ours_judge": pk(task),
        "decisions:answer_recall": pk(report),
        "decisions:answer_create": mine,
        "decisions:photos_add": mine,
        "decisions:file_remove": {**mine, "file_pk": 0},
        "decisions:upload_create": mine,
        "decisions:upload_piece": {**mine, "key": partial.begin(owner=cast.director.pk, size=10)},
        "decisions:matrix_": mine,
        "decisions:report_file": pk(report_file),
    }
    clause = {"clause": draft_clause.pk}
    world.posts = {
        **{f"decisions:clauses_{verb}": clause for verb in ("edit", "term", "parties", "handling", "delete")},
        "decisions:annex_add": clause,
        "decisions:clause_text": {"text": "Слова.", "version": draft_clause.version},
        "decisions:clause_number": {"number": "7", "version": draft_clause.version},
        "decisions:clause_move": {"verb": "up", "structure": draft.structure_version},
        "decisions:clause_add": {"structure": draft.structure_version},
        "decisions:document_renumber": {"structure": draft.structure_version},
        "decisions:tasks_on_paper": {"task": other.pk, "day": "2026-03-20"},
        "decisions:tasks_withdraw": {"task": other.pk, "reason": "Утратило силу"},
        "decisions:answers_judge": {"item": waiting_items(task)[0].pk},
    }
    for area in AREAS:
        if hasattr(area, "build"):
            area.build(world)
    return world


def kwargs_for(world: World, name: str) -> dict[str, Any]:
    """The arguments of an address: those it needs, of the longest known beginning of its name."""
    found = max((key for key in world.ids if name.startswith(key)), key=len, default="")
    needed = every_address()[name]
    return {key: value for key, value in world.ids[found].items() if key in needed} if found else {}


def waiting_items(task: Assignment) -> list[ReportItem]:
    return list(ReportItem.objects.filter(assignment=task, verdict="waiting"))


__all__ = ["World", "kwargs_for", "stored", "waiting_items", "world_of"]
