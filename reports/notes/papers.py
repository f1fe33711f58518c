"""What background jobs make: a note, the passport of a school, the execution of a document, excerpts of all its schools.

The right to each was asked when the job was started; rows are taken again here, in the name of the owner (`visible_to`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from config import clock
from config.pdf import render_pdf
from decisions.enums import TaskState
from decisions.models import Assignment, Document
from decisions.models.tasks import OPEN_STATES
from monitoring.suppression import totals_shown
from reports.actions.jobs import DOCX
from reports.actions.notes import content_of
from reports.models import AnalyticalNote, PaperJob
from reports.notes import figures, render
from reports.notes.content import number_or_none
from reports.notes.drafting import line_name
from reports.paper.html import paper_html
from reports.paper.issued import excerpt_as_issued
from reports.wording import executed, number
from schools.models import Organization, User

PDF = "application/pdf"


def _note(job: PaperJob) -> tuple[AnalyticalNote, dict[str, Any]]:
    note = (
        AnalyticalNote.objects.visible_to(job.owner)
        .select_related("authority", "approved_by__person")
        .get(pk=job.params["note"])
    )
    from schools.actions.papers import current

    issued = current(note)
    return note, issued.content if issued is not None else content_of(note)


def note_pdf(job: PaperJob) -> tuple[str, bytes, str]:
    note, content = _note(job)
    return f"{note.title}.pdf", render.pdf(content), PDF


def note_docx(job: PaperJob) -> tuple[str, bytes, str]:
    """In Word: of what was issued where it was issued, so that it says what the PDF says."""
    note, content = _note(job)
    return f"{note.title}.docx", render.docx(content), DOCX


def render_issued(paper: Any) -> bytes:
    """The bytes of an approved note with its check code."""
    from reports.paper.issued import check_of

    return render.pdf(paper.content, check_of(paper))


def passport(job: PaperJob) -> tuple[str, bytes, str]:
    """A school on paper: who it is, its results of three years beside the municipality and the region, what it was asked to do."""
    school = (
        Organization.objects.visible_to(job.owner)
        .select_related("authority", "school")
        .get(pk=job.params["organization"])
    )
    return f"Паспорт {school.name}.pdf", render.pdf(passport_content(school, job.owner, job.params["year"])), PDF


def _whole_beside(line: dict[str, Any], own: dict[str, Any], smallest: int) -> list[dict[str, Any] | None]:
    """The municipality by year, without the years in which the school could take itself away and learn another school's figures."""
    out = []
    for place, cell in enumerate(line["whole"]):
        mine = own["years"][place]
        schools = sum(bool(one["years"][place]) for one in line["schools"])
        counted = {0: (schools, cell["people"] if cell else 0)}
        seen = totals_shown({0: mine["people"] if mine else 0}, counted, smallest)
        out.append(cell if seen else None)
    return out


def passport_content(school: Organization, user: User, year: int) -> dict[str, Any]:
    today = clock.today(school.zone)
    assert school.authority is not None
    taken = figures.take(school.authority, year, today)
    head = next((one for one in school.positions.select_related("person").filter(is_head=True)), None)
    facts = [
        ["Полное название", school.full_name or school.name],
        ["Руководитель", f"{head.person.full_name}, {head.title}" if head else "—"],
        ["Населённый пункт", school.settlement or "—"],
        ["Адрес, телефон", ", ".join(one for one in (school.address, school.phone) if one) or "—"],
    ]
    rows, charts = [], []
    for line in taken["lines"]:
        own = next((one for one in line["schools"] if one["id"] == school.pk), None)
        if own is None:
            continue
        few = {place for place, cell in enumerate(own["years"]) if cell and cell["people"] < taken["small"]}
        whole = _whole_beside(line, own, taken["small"])
        away = {place for place in range(3) if line["whole"][place] and not whole[place]}
        told = []
        for scope, small in ((own["years"], few), (whole, away), (line["region"], set())):
            for place in range(3):
                value = number_or_none(scope[place]["low"]) if scope[place] else None
                told.append("мало" if place in small else "—" if value is None else number(value))
        rows.append([line_name(line), *told])
        values = [None if place in few or not cell else cell["low"] for place, cell in enumerate(own["years"])]
        if sum(one is not None for one in values) > 1:
            labels = [f"{one - 1}/{one}" for one in taken["years"]]
            series = [["Школа", values], ["Муниципалитет", [cell["low"] if cell else None for cell in whole]]]
            charts.append({"title": f"Доля «2», %: {line_name(line)}", "labels": labels, "series": series})
    tasks = Assignment.objects.visible_to(user).filter(organization=school).exclude(state=TaskState.CANCELLED)
    states = Counter(tasks.filter(reports=True, recommended=False).values_list("state", flat=True))
    late = tasks.filter(state__in=OPEN_STATES, effective_due__lt=today, reports=True, recommended=False).count()
    words = [f"{one - 1}/{one % 100:02d}" for one in taken["years"]]  # short: nine columns of figures on a page
    columns = [
        "",
        *(f"Школа\n{one}" for one in words),
        *(f"Муниц.\n{one}" for one in words),
        *(f"Регион\n{one}" for one in words),
    ]
    done = states[TaskState.DONE] + states[TaskState.WITHDRAWN]
    return {
        "kind": "ПАСПОРТ ШКОЛЫ",
        "title": school.name,
        "issuer": [school.authority.full_name or school.authority.name],
        "date": f"{today:%d.%m.%Y}",
        "number": "",
        "moment": f"Данные по состоянию на {today:%d.%m.%Y}. Группы меньше {taken['small']} участников не приводятся.",
        "mark": "",
        "signature": ["", ""],
        "sections": [
            {
                "title": "1. Сведения",
                "paragraphs": [],
                "tables": [{"title": "", "words": True, "columns": ["Что", "Сведения"], "rows": facts}],
            },
            {
                "title": "2. Результаты: доля «2», %",
                "paragraphs": [] if rows else ["Результатов этого учебного года нет."],
                "tables": [{"title": "За три года", "columns": columns, "rows": rows}] if rows else [],
                "charts": charts[:6],
            },
            {
                "title": "3. Исполнение поручений",
                "paragraphs": [
                    executed(done, sum(states.values()))
                    + f". На проверке — {states[TaskState.ON_CHECK]}. Просрочено — {late}."
                    if states
                    else "Поручений не было."
                ],
            },
        ],
    }


def execution(job: PaperJob) -> tuple[str, bytes, str]:
    """How a document is executed: each clause and each school in numbers, schools by name."""
    document = Document.objects.visible_to(job.owner).select_related("authority").get(pk=job.params["document"])
    return f"Исполнение, {document.short_title}.pdf", render.pdf(execution_content(document)), PDF


def execution_content(document: Document) -> dict[str, Any]:
    today = clock.today(document.authority.zone)
    rows = list(
        Assignment.objects.filter(document=document, reports=True)
        .exclude(state=TaskState.CANCELLED)
        .select_related("clause", "organization")
        .order_by("clause__position", "organization__sort_key", "pk")
    )

    def line(name: str, found: list[Assignment]) -> list[str]:
        done = sum(one.state in (TaskState.DONE, TaskState.WITHDRAWN) for one in found)
        check = sum(one.state == TaskState.ON_CHECK for one in found)
        late = sum(one.state in OPEN_STATES and bool(one.effective_due and one.effective_due < today) for one in found)
        return [name, *map(str, (len(found), done, check, len(found) - done - check, late))]

    clauses: dict[int, list[Assignment]] = {}
    schools: dict[str, list[Assignment]] = {}
    for one in rows:
        clauses.setdefault(one.clause_id, []).append(one)
        schools.setdefault(one.organization.name, []).append(one)
    heads = ["Поручений", "Исполнено", "На проверке", "В работе", "Просрочено"]
    by_clause = [
        line(f"п. {found[0].clause.shown_number or '—'} {found[0].clause.text[:120]}", found)
        for found in clauses.values()
    ]
    by_school = [
        line(name, schools[name]) for name in sorted(schools, key=lambda n: schools[n][0].organization.sort_key)
    ]
    done = sum(one.state in (TaskState.DONE, TaskState.WITHDRAWN) for one in rows)
    return {
        "kind": "СВОДКА ИСПОЛНЕНИЯ",
        "title": document.long_title,
        "issuer": [document.authority.full_name or document.authority.name],
        "date": f"{today:%d.%m.%Y}",
        "number": "",
        "moment": f"Данные по состоянию на {today:%d.%m.%Y}.",
        "mark": "",
        "signature": ["", ""],
        "sections": [
            {
                "title": "1. Итог",
                "paragraphs": [executed(done, len(rows)) + "." if rows else "Поручений в документе нет."],
            },
            {
                "title": "2. По пунктам",
                "paragraphs": [],
                "tables": [{"title": "", "columns": ["Пункт", *heads], "rows": by_clause}],
            },
            {
                "title": "3. По организациям",
                "paragraphs": [],
                "tables": [{"title": "", "columns": ["Организация", *heads], "rows": by_school}],
            },
        ],
    }


def excerpts(job: PaperJob) -> list[tuple[str, Callable[[], bytes]]]:
    """An excerpt for each organisation of a document, by name."""
    document = (
        Document.objects.visible_to(job.owner)
        .select_related("authority", "authority__office")
        .get(pk=job.params["document"])
    )
    ids = Assignment.objects.filter(document=document).exclude(state=TaskState.CANCELLED).values("organization")
    owner = job.owner.person
    position = owner.positions.order_by("-is_head", "pk").first() if owner else None
    verified = (position.title.capitalize() if position else "", owner.initials_first if owner else "")

    def maker(organization: Organization) -> Callable[[], bytes]:
        return lambda: render_pdf(paper_html(excerpt_as_issued(document, organization, verified_by=verified)))

    rows = Organization.objects.filter(pk__in=ids).order_by("sort_key", "pk")
    return [(f"Выписка, {one.name}", maker(one)) for one in rows]
