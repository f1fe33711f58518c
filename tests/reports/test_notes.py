"""Notes: figures of a moment, edits that survive a recalculation, small groups left out, the decision, the papers in the background."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document as read_docx

from config import clock
from decisions.models import Clause, Document
from monitoring.models import Assessment, DataLock, Result
from reports.actions import jobs, notes
from reports.enums import JobKind, JobState
from reports.models import AnalyticalNote, NoteSection, PaperJob
from reports.notes.content import FEW, hidden, table_of
from reports.notes.papers import passport_content
from reports.paper import build
from schools.enums import PaperKind, Role
from schools.errors import Refused
from schools.models import IssuedPaper, Membership, Organization, Selection, User
from tests.cast import Cast
from tests.decisions.test_life import sent

YEAR = 2026
Login = Callable[[User], Client]


def marks(cast: Cast, year: int, school: Organization, counts: tuple[int, int, int, int]) -> Result:
    assessment, _ = Assessment.objects.get_or_create(procedure="ВПР", school_year=year, subject="Математика", grade=5)
    fields = dict(zip(("n2", "n3", "n4", "n5"), counts, strict=True))
    return Result.objects.create(
        assessment=assessment, organization=school, authority=cast.authority, participants=sum(counts), **fields
    )


@pytest.fixture
def note(cast: Cast) -> AnalyticalNote:
    """Last year 10 % of «2» at 20 people, this year 25 % at 24, three of them in a small school."""
    marks(cast, YEAR - 1, cast.school, (2, 8, 6, 4))
    marks(cast, YEAR, cast.school, (5, 6, 6, 4))
    marks(cast, YEAR, cast.third, (1, 2, 0, 0))
    return notes.start_note(by=cast.methodist, authority=cast.authority, school_year=YEAR, title="О результатах ВПР")


def section(note: AnalyticalNote, kind: str) -> NoteSection:
    return NoteSection.objects.select_related("note__authority").get(note=note, kind=kind)


def test_the_region_reads_a_note_when_it_is_approved(cast: Cast, note: AnalyticalNote, as_user: Login) -> None:
    client = as_user(cast.observer)
    assert client.get(f"/notes/{note.pk}/").status_code == 404
    notes.approve(by=cast.head, note=note)
    assert client.get(f"/notes/{note.pk}/").status_code == 200


def test_the_text_is_drafted_from_sums_of_people(note: AnalyticalNote) -> None:
    text = section(note, "results").text.replace("\u00a0", " ")
    assert text == (
        "ВПР, математика, 5 класс. Участвовали 24 обучающихся. Доля «2» — 25 %: за год выросла на 15 п.п. "
        "(с 10 % до 25 %). Доля «4» и «5» — 41,7 %: за год снизилась на 8,3 п.п. (с 50 % до 41,7 %)."
    )
    assert not section(note, "low").included, "the list of schools is left out until a person asks for it"


def test_edits_survive_a_recalculation_and_what_changed_stands_beside(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    edited = section(note, "conclusions")
    notes.save_section(by=cast.methodist, section=edited, text="Мой вывод.", version=1)
    marks(cast, YEAR, cast.neighbour, (20, 0, 0, 0))
    assert notes.recalculate(by=cast.methodist, note=note) > 0
    kept = section(note, "conclusions")
    assert kept.text == "Мой вывод."
    assert "44 обучающихся" in section(note, "results").text.replace("\u00a0", " "), "unedited words follow the figures"
    page = as_user(cast.methodist).get(f"/notes/{note.pk}/").content.decode()
    assert "ВПР, математика, 5 класс: участников" in page
    assert "Мой вывод." in page


def test_edited_words_whose_draft_changed_must_be_looked_at_before_approving(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    edited = section(note, "results")
    notes.save_section(by=cast.methodist, section=edited, text="Доля «2» — 25 %.", version=1)
    marks(cast, YEAR, cast.neighbour, (20, 0, 0, 0))
    notes.recalculate(by=cast.methodist, note=note)
    with pytest.raises(Refused, match="данные изменились после правки"):
        notes.approve(by=cast.head, note=note)
    stale = section(note, "results")
    typed = {"text": "Доля «2» — 25 % (до новой загрузки).", "version": stale.version, "included": "on"}
    client = as_user(cast.methodist)
    client.post(f"/notes/sections/{stale.pk}/", typed, headers={"X-Requested-With": "fetch"})
    assert section(note, "results").stale, "saved by the page itself: nobody has compared anything"
    typed |= {"version": stale.version + 1, "compared": "on"}
    client.post(f"/notes/sections/{stale.pk}/", typed, headers={"X-Requested-With": "fetch"})
    assert not section(note, "results").stale
    other = notes.redraft(by=cast.methodist, section=section(note, "conclusions"))
    assert (other.text, other.edited) == (other.drafted, False)
    notes.approve(by=cast.head, note=note, number="3")
    assert AnalyticalNote.objects.get(pk=note.pk).state == "approved"


def test_two_people_do_not_overwrite_a_section_and_typed_words_stay(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    one = section(note, "basis")
    client = as_user(cast.methodist)
    assert client.post(f"/notes/sections/{one.pk}/", {"text": "Первый.", "version": 1}).status_code == 302
    answer = client.post(f"/notes/sections/{one.pk}/", {"text": "Второй.", "version": 1})
    assert answer.status_code == 409
    assert "Второй." in answer.content.decode() and "Первый." in answer.content.decode()
    assert section(note, "basis").text == "Первый."


def test_small_groups_are_not_printed_and_cannot_be_reckoned(note: AnalyticalNote) -> None:
    table = table_of(note.figures["lines"][0], note.figures["years"], 5)
    small = next(row for row in table["rows"] if row[0].startswith("ООШ"))
    large = next(row for row in table["rows"] if row[0].startswith("СОШ № 1"))
    assert small[3] == FEW and small[-1] == FEW
    assert large[3] == FEW, "else the small one is the municipality less the large one"
    assert large[2] == "10", "last year nobody was small"


@pytest.mark.parametrize(
    ("sizes", "masked"),
    [
        ([10, 20, 30], set()),
        ([3, 20, 30], {0, 1}),
        ([3, 4, 30], {0, 1}),
        ([1, 2, 30], {0, 1, 2}),
        ([3], {0}),
        ([None, 3, 9], {1, 2}),
        ([5, 9], set()),
    ],
)
def test_one_hidden_group_hides_the_next_smallest(sizes: list[int | None], masked: set[int]) -> None:
    rows = [{"years": [None if size is None else {"people": size}]} for size in sizes]
    assert hidden(rows, 0, 5) == masked


def test_approving_issues_the_paper_and_ties_the_results(cast: Cast, note: AnalyticalNote) -> None:
    notes.approve(by=cast.head, note=note, number="3")
    paper = IssuedPaper.objects.get()
    assert (paper.kind, paper.number) == (PaperKind.NOTE, "3")
    assert sorted(DataLock.objects.values_list("school_year", flat=True)) == [YEAR - 2, YEAR - 1, YEAR]
    with pytest.raises(Refused, match="утверждена"):
        notes.recalculate(by=cast.methodist, note=note)
    with pytest.raises(Refused, match="утверждена"):
        notes.save_section(by=cast.methodist, section=section(note, "basis"), text="Иначе.", version=1)
    assert "Для служебного пользования" not in str(paper.content)


def test_the_decision_takes_note_of_conclusions_and_addresses_recommendations(cast: Cast, note: AnalyticalNote) -> None:
    advice = section(note, "recommendations")
    text = "Руководителям: рассмотреть результаты.\nСОШ № 2: представить план до 20.12.2030.\nМетодистам и специалистам: помочь."
    notes.save_section(by=cast.methodist, section=advice, text=text, version=1)
    document = notes.draft_decision(by=cast.methodist, note=note)
    tops = list(Clause.objects.filter(document=document, parent=None).order_by("position"))
    assert [one.number for one in tops] == ["1", "2", "3", "4"]
    assert tops[0].nature == "states"
    whom = [[party.organization or party.group for party in one.parties.all()] for one in tops]
    assert whom == [[], [cast.everyone], [cast.neighbour], [cast.authority]]
    assert [one.deadline_due for one in tops] == [None, None, dt.date(2030, 12, 20), None]


def test_word_has_headings_tables_and_a_picture(cast: Cast, note: AnalyticalNote) -> None:
    marks(cast, YEAR - 1, cast.neighbour, (5, 5, 5, 5))
    notes.recalculate(by=cast.methodist, note=note)
    job = jobs.start_job(
        by=cast.methodist, authority=cast.authority, kind=JobKind.NOTE_DOCX, title="Справка", params={"note": note.pk}
    )
    assert (
        jobs.start_job(
            by=cast.methodist, authority=cast.authority, kind=JobKind.NOTE_DOCX, title="x", params={"note": note.pk}
        )
        == job
    )
    assert jobs.run_waiting() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE and job.result is not None
    made = read_docx(io.BytesIO(job.result.content.read()))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == ["1. Основание и цель", "2. Сроки, участники, методы", "3. Результаты"]
    assert len(made.tables) == 1 and len(made.inline_shapes) == 1


def test_excerpts_of_all_schools_come_in_one_zip_and_a_failure_is_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = sent(cast)
    real = build.excerpt_of

    def fails_for_one(document: Document, organization: Organization, **more: object) -> object:
        if organization == cast.neighbour:
            raise RuntimeError("broken row")
        return real(document, organization, **more)

    monkeypatch.setattr(build, "excerpt_of", fails_for_one)
    job = jobs.start_job(
        by=cast.methodist,
        authority=cast.authority,
        kind=JobKind.EXCERPTS,
        title="Выписки",
        params={"document": document.pk},
    )
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == JobState.PARTLY
    assert job.failures == ["Выписка, СОШ № 2: выписку не удалось подготовить."]
    assert job.result is not None
    with zipfile.ZipFile(job.result.content.open("rb")) as archive:
        names = set(archive.namelist())
        assert {"Выписка, СОШ № 1.pdf", "Не подготовлено.txt"} <= names
        assert "Выписка, СОШ № 2.pdf" not in names
        assert archive.read("Выписка, СОШ № 1.pdf").startswith(b"%PDF")


def test_a_job_that_fails_is_tried_again_and_then_says_so(cast: Cast) -> None:
    job = jobs.start_job(
        by=cast.methodist, authority=cast.authority, kind=JobKind.NOTE_PDF, title="Справка", params={"note": 0}
    )
    assert jobs.run_waiting(limit=1) == 1
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "не удалось" in job.failures[0]


def test_another_person_does_not_see_ones_papers(cast: Cast, as_user: Login) -> None:
    job = PaperJob.objects.create(
        authority=cast.authority, owner=cast.methodist, kind="passport", title="Паспорт", params={}
    )
    assert as_user(cast.methodist).get(f"/papers/jobs/{job.pk}/").status_code == 200
    assert as_user(cast.head).get(f"/papers/jobs/{job.pk}/").status_code == 404


def test_a_school_asks_for_its_own_passport_only(cast: Cast, as_user: Login) -> None:
    client = as_user(cast.director)
    assert client.post(f"/organizations/{cast.school.pk}/passport/").status_code == 302
    assert client.post(f"/organizations/{cast.neighbour.pk}/passport/").status_code in (403, 404)
    jobs.run_waiting()
    assert PaperJob.objects.get().state == JobState.DONE


def test_schools_of_a_table_go_into_a_decision_with_their_own_figures(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    client = as_user(cast.methodist)
    url = f"/notes/{note.pk}/selection/"
    assert "Отметьте школы" in client.post(url, {"line": "0"}, follow=True).content.decode()
    assert "уже нет" in client.post(url, {"line": "7", "organization": cast.school.pk}, follow=True).content.decode()
    answer = client.post(url, {"line": "0", "organization": [cast.school.pk, cast.other_school.pk]})
    selection = Selection.objects.get()
    assert answer.url == f"/documents/selections/{selection.pk}/"
    assert [(row["organization"], row["ground"].replace("\u00a0", " ")) for row in selection.rows] == [
        (
            cast.school.pk,
            "ВПР, математика, 5 класс: 2024/2025 — «2» у 10 % (участников 20); 2025/2026 — «2» у 23,8 % (участников 21)",
        )
    ]
    assert selection.confidential


def test_schools_of_the_list_go_into_a_decision_on_the_ground_of_the_list(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    note.figures |= {"low_list": [{"id": cast.third.pk, "name": cast.third.name}], "low_source": "Перечень, 2025/2026"}
    note.save()
    client = as_user(cast.methodist)
    assert "Школы перечня" in client.get(f"/notes/{note.pk}/").content.decode()
    client.post(f"/notes/{note.pk}/selection/", {"line": "low", "organization": [cast.third.pk, cast.school.pk]})
    selection = Selection.objects.get()
    assert [(row["organization"], row["ground"]) for row in selection.rows] == [(cast.third.pk, "Перечень, 2025/2026")]
    assert selection.confidential
    client.get(f"/notes/{note.pk}/")
    looks = as_user(cast.head).get("/lists/log/").content.decode()
    assert "смотрел справку с перечнем" in looks


def test_the_pdf_of_a_draft_is_made_in_the_background_and_of_an_approved_note_is_at_hand(
    cast: Cast, note: AnalyticalNote, as_user: Login
) -> None:
    client = as_user(cast.methodist)
    asked = client.post(f"/notes/{note.pk}/pdf/")
    job = PaperJob.objects.get()
    assert asked.url == f"/papers/jobs/{job.pk}/" and job.state == JobState.WAITING
    jobs.run_waiting()
    job.refresh_from_db()
    assert job.result is not None and job.result.content.read().startswith(b"%PDF")
    notes.approve(by=cast.head, note=note, number="3")
    assert client.get(f"/notes/{note.pk}/pdf/").content.startswith(b"%PDF")


def test_a_passport_does_not_give_away_the_only_other_school(cast: Cast) -> None:
    """Two schools wrote: whoever knows the own figures and the municipality's knows the other's."""
    marks(cast, YEAR - 1, cast.school, (2, 8, 6, 4))
    marks(cast, YEAR - 1, cast.third, (9, 1, 0, 0))
    for school in (cast.school, cast.neighbour, cast.third):
        marks(cast, YEAR, school, (5, 5, 5, 5))
    content = passport_content(cast.school, cast.director, YEAR)
    row = content["sections"][1]["tables"][0]["rows"][0]
    assert row[1:7] == ["—", "10", "25", "—", FEW, "25"]
    (chart,) = content["sections"][1]["charts"]
    assert chart["series"][1] == ["Муниципалитет", [None, None, "25.00"]]


def test_a_paper_is_out_of_reach_once_its_school_is(cast: Cast, as_user: Login) -> None:
    job = jobs.start_job(
        by=cast.curator,
        authority=cast.authority,
        kind=JobKind.PASSPORT,
        title="Паспорт",
        params={"organization": cast.school.pk, "year": YEAR},
    )
    page = f"/papers/jobs/{job.pk}/"
    assert as_user(cast.curator).get(page).status_code == 200
    yesterday = clock.today(cast.authority.zone) - dt.timedelta(days=1)
    cast.curator.memberships.update(valid_to=yesterday)
    Membership.objects.create(user=cast.curator, role=Role.DIRECTOR, organization=cast.third)
    again = User.objects.get(pk=cast.curator.pk)
    assert as_user(again).get(page).status_code == 404
