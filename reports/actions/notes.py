"""Analytical notes: drafted from figures of a moment, edited by people, recalculated without losing edits, approved and issued."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from config import clock
from decisions.actions.compose import Planned, compose
from decisions.enums import Nature
from decisions.models import Document
from monitoring.models import DataLock, Direction
from reports.enums import NoteState, SectionKind
from reports.models import AnalyticalNote, NoteSection
from reports.notes import drafting
from reports.notes.content import ground_of, results_of
from reports.notes.figures import take
from reports.paper.words import long_date
from schools.actions import papers
from schools.actions.selections import select_schools
from schools.audit import record
from schools.enums import PaperKind, PaperState
from schools.errors import Refused
from schools.models import Organization, SchoolGroup, Selection, User

OPTIONAL = frozenset({SectionKind.LOW})  # for official use: printed only when a person says so


@transaction.atomic
def start_note(
    *, by: User, authority: Organization, school_year: int, title: str, direction: Direction | None = None
) -> AnalyticalNote:
    """A note with all its sections drafted from the figures of this moment; the list of low-result schools is left out."""
    figures = take(authority, school_year, clock.today(authority.zone))
    note = AnalyticalNote.objects.create(
        authority=authority,
        school_year=school_year,
        title=title,
        direction=direction,
        figures=figures,
        created_by=by,
    )
    drafts = drafting.sections(figures, _place(authority))
    NoteSection.objects.bulk_create(
        NoteSection(note=note, kind=kind, included=kind not in OPTIONAL, drafted=drafts[kind], text=drafts[kind])
        for kind in SectionKind.values
    )
    record(by=by, action="note.started", row=note, authority=authority, summary=title)
    return note


def _place(authority: Organization) -> str:
    return authority.territory or authority.name


def _open(note: AnalyticalNote) -> AnalyticalNote:
    held = AnalyticalNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not held.is_open:
        raise Refused("Справка утверждена: её текст закрыт. Составьте новую.")
    return held


@transaction.atomic
def save_section(
    *,
    by: User,
    section: NoteSection,
    text: str,
    version: int,
    included: bool | None = None,
    compared: bool = False,
) -> NoteSection:
    """A person's words. `compared`: saved by a person who sees the changed data beside, not by the page as they are typed.

    Raises `Refused` when somebody else saved the section since the page was opened.
    """
    _open(section.note)
    held = NoteSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if held.version != version:
        raise Refused("Этот раздел уже изменил другой сотрудник. Ваш текст остался на странице: сравните и решите.")
    held.text = text.replace("\r\n", "\n").strip()
    held.edited = held.text != held.drafted
    held.stale = held.stale and held.edited and not compared
    if included is not None:
        held.included = included
    held.version += 1
    held.save()
    return held


@transaction.atomic
def redraft(*, by: User, section: NoteSection) -> NoteSection:
    """Takes the program's words instead of the edited ones; the edited ones stay in the trail."""
    _open(section.note)
    held = NoteSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    record(
        by=by,
        action="note.redrafted",
        row=held,
        authority=section.note.authority_id,
        before={"text": held.text},
        after={"text": held.drafted},
    )
    held.text, held.edited, held.stale = held.drafted, False, False
    held.version += 1
    held.save()
    return held


@transaction.atomic
def recalculate(*, by: User, note: AnalyticalNote) -> int:
    """New figures. Words nobody edited follow them; edited words stay, marked when their draft would now be another. Returns how many
    figures changed."""
    held = _open(note)
    fresh = take(held.authority, held.school_year, clock.today(held.authority.zone))
    moved = drafting.changed(held.figures, fresh)
    drafts = drafting.sections(fresh, _place(held.authority))
    for section in held.sections.select_for_update():
        draft = drafts[section.kind]
        if draft != section.drafted:
            section.drafted = draft
            if section.edited:
                section.stale = True
            else:
                section.text = draft
            section.version += 1
            section.save()
    if moved:
        held.figures_before = held.figures
    held.figures, held.figures_at = fresh, clock.now()
    held.save(update_fields=["figures", "figures_before", "figures_at"])
    record(by=by, action="note.recalculated", row=held, authority=held.authority_id, summary=f"{len(moved)}")
    note.refresh_from_db()
    return len(moved)


@transaction.atomic
def approve(*, by: User, note: AnalyticalNote, number: str = "") -> AnalyticalNote:
    """Locks the words, issues the paper and ties the results of its years: their batches cannot be undone any more."""
    held = _open(note)
    stale = held.sections.filter(included=True, stale=True).first()
    if stale is not None:
        raise Refused(
            f"В разделе «{stale}» данные изменились после правки. Сверьте текст с новыми данными и сохраните его."
        )
    held.state, held.approved_by, held.approved_at = NoteState.APPROVED, by, clock.now()
    held.number = number
    held.save()
    for year in held.figures["years"]:
        DataLock.objects.get_or_create(
            object_type=held._meta.label_lower,
            object_id=held.pk,
            school_year=year,
            defaults={"authority": held.authority, "reason": f"аналитическая справка «{held.title}»"[:300]},
        )
    papers.issue(
        by=by,
        row=held,
        authority=held.authority,
        kind=PaperKind.NOTE,
        number=number,
        date=clock.today(held.authority.zone),
        state=PaperState.IN_FORCE,
        reason="утверждена",
        content=content_of(held),
    )
    record(by=by, action="note.approved", row=held, authority=held.authority_id, summary=held.title)
    note.refresh_from_db()
    return held


def content_of(note: AnalyticalNote) -> dict[str, Any]:
    """What the note prints now (`reports.notes.content`)."""
    office = getattr(note.authority, "office", None)
    zone = ZoneInfo(note.authority.zone or settings.TIME_ZONE)
    tables, charts = results_of(note.figures)
    sections, low = [], False
    for section in ordered(note):
        if not section.included:
            continue
        low = low or section.kind == SectionKind.LOW
        results = section.kind == SectionKind.RESULTS
        sections.append(
            {
                "title": f"{len(sections) + 1}. {section.get_kind_display()}",
                "paragraphs": [one for one in section.text.split("\n") if one.strip()],
                "tables": tables if results else [],
                "charts": charts if results else [],
            }
        )
    signer = note.approved_by.person if note.approved_by else None
    post = signer.positions.order_by("-is_head", "pk").first() if signer else None
    blank = (office.blank_lines if office else "").strip() or note.authority.full_name or note.authority.name
    moment = note.figures_at.astimezone(zone)
    return {
        "kind": "АНАЛИТИЧЕСКАЯ СПРАВКА",
        "title": note.title,
        "issuer": [line.strip() for line in blank.splitlines() if line.strip()],
        "date": long_date(note.approved_at.astimezone(zone).date()) if note.approved_at else "",
        "number": f"№ {note.number}" if note.number else "",
        "moment": f"Данные по состоянию на {moment:%d.%m.%Y %H:%M}.",
        "mark": "Для служебного пользования" if low else "" if note.approved_at else "ПРОЕКТ",
        "sections": sections,
        "signature": [post.title.capitalize() if post else "", signer.initials_first if signer else ""],
    }


def ordered(note: AnalyticalNote) -> list[NoteSection]:
    order = {kind: place for place, kind in enumerate(SectionKind.values)}
    return sorted(note.sections.all(), key=lambda one: order[one.kind])


@transaction.atomic
def draft_decision(*, by: User, note: AnalyticalNote) -> Document:
    """«Проект решения»: a draft protocol that takes note of the conclusions and turns recommendations into clauses with addressees.

    «Руководителям:» and «Педагогам:» go to all schools, «Методистам…» to the office, a line that begins with a school's name to it.
    """
    texts = {section.kind: section.text for section in note.sections.all()}
    everyone = SchoolGroup.objects.filter(authority=note.authority, rule__isnull=False, confidential=False)
    group = next((one for one in everyone.order_by("pk") if one.rule), None)
    schools = {one.name.casefold(): one for one in Organization.objects.below(note.authority).schools()}
    conclusions = [one.strip() for one in texts[SectionKind.CONCLUSIONS].split("\n") if one.strip()]
    clauses = [
        Planned(
            f"Принять к сведению аналитическую справку «{note.title}».",
            "1",
            Nature.STATES,
            0,
            children=tuple(Planned(one, "-", Nature.STATES) for one in conclusions),
        )
    ]
    for line in (one.strip() for one in texts[SectionKind.RECOMMENDATIONS].split("\n")):
        if line:
            clauses.append(_clause(line, str(len(clauses) + 1), note.authority, group, schools))
    document = compose(
        by=by,
        authority=note.authority,
        meeting="совещание по результатам оценочных процедур",
        agenda=[f"О результатах: {note.title}"],
        clauses=clauses,
        label="Составлено из справки",
    )
    record(
        by=by, action="note.decision", row=note, authority=note.authority_id, summary=f"проект решения {document.pk}"
    )
    return document


def select_from(*, by: User, note: AnalyticalNote, line: int | None, schools: set[int]) -> Selection:
    """Schools of one table of the note for «в решение», with their figures of the note's moment as grounds. `line` is the
    table's place; None is the list of low-result schools, whose ground is the list."""
    lines = note.figures["lines"]
    if line is None:
        told = {one["id"]: note.figures["low_source"] for one in note.figures["low_list"] if one["id"] in schools}
    elif not 0 <= line < len(lines):
        raise Refused("Такой таблицы в справке уже нет: обновите страницу.")
    else:
        told = {
            one["id"]: ground_of(lines[line], one, note.figures["years"])
            for one in lines[line]["schools"]
            if one["id"] in schools
        }
    if not told:
        raise Refused("Отметьте школы, которым нужно решение.")
    rows = Organization.objects.below(note.authority).schools().filter(pk__in=told).order_by("sort_key", "pk")
    return select_schools(
        by=by,
        authority=note.authority,
        grounds=[(one, told[one.pk]) for one in rows],
        data_date=note.figures_at.astimezone(ZoneInfo(note.authority.zone or settings.TIME_ZONE)).date(),
        title=f"Справка: {note.title}",
        confidential=True,
    )


def _clause(
    line: str, number: str, authority: Organization, group: SchoolGroup | None, schools: dict[str, Organization]
) -> Planned:
    head, colon, rest = line.partition(":")
    whom, rest = head.strip().casefold(), rest.strip()
    if not colon or not rest:
        return Planned(line, number, Nature.ORDERS, 0)
    if whom in schools:
        return Planned(line, number, Nature.ORDERS, 0, organizations=(schools[whom],))
    if whom.startswith(("руководител", "педагог", "директор", "школ")):
        to = {"groups": (group,)} if group else {"roles": (head.strip(),)}
        return Planned(line, number, Nature.ORDERS, 0, **to)  # type: ignore[arg-type]
    if whom.startswith(("методист", "специалист")):
        return Planned(line, number, Nature.ORDERS, 0, organizations=(authority,))
    return Planned(line, number, Nature.ORDERS, 0, roles=(head.strip(),))
