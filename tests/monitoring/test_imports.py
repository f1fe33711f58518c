"""Loading results: checked before it is loaded, all or nothing, the same twice changes nothing, undone to the last figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from config import clock
from monitoring.actions import answers, imports, uploads
from monitoring.import_view import problems_of
from monitoring.models import Assessment, DataLock, ImportBatch, JournalComparison, ReferenceShare, Result
from schools.errors import Refused
from schools.models import OrganizationAlias
from tests.cast import Cast
from tests.monitoring.readings import problem, put, reading, row, table

pytestmark = pytest.mark.django_db


def checked(cast: Cast, *said: dict[str, Any]) -> ImportBatch:
    batch = uploads.begin(by=cast.methodist, authority=cast.authority)
    for one in said:
        put(batch, one)
    return imports.check(batch=batch)


def loaded(cast: Cast, *said: dict[str, Any]) -> ImportBatch:
    return imports.load(by=cast.methodist, batch=checked(cast, *said), accept_warnings=True)


def marks(cast: Cast) -> tuple[int | None, ...]:
    return Result.objects.values_list("n2", "n3", "n4", "n5").get(organization=cast.school)


def test_what_was_checked_is_loaded_as_counts_of_people(cast: Cast) -> None:
    batch = checked(cast, reading(table(row(cast.school, (3, 5, 8, 4)), row(cast.neighbour, (0, 2, 3, 0), line=10))))
    assert (batch.errors, batch.warnings) == (0, 0)
    assert not Result.objects.exists(), "проверка ничего не записывает"
    imports.load(by=cast.methodist, batch=batch)
    result = Result.objects.get(organization=cast.school)
    assert (result.participants, result.counts, result.low) == (20, {2: 3, 3: 5, 4: 8, 5: 4}, 3)
    assert result.assessment.short_name == "ВПР, Математика, 5 класс" and result.assessment.school_year == 2026
    assert result.authority == cast.authority


def test_the_same_figures_twice_change_nothing(cast: Cast) -> None:
    said = reading(table(row(cast.school, (3, 5, 8, 4))))
    loaded(cast, said)
    again = checked(cast, said)
    assert (again.report["new"], again.report["changed"], again.report["same"]) == (0, 0, 1)
    imports.load(by=cast.methodist, batch=again)
    assert Result.objects.count() == 1


def test_a_corrected_export_is_shown_before_and_after_and_must_be_accepted(cast: Cast) -> None:
    loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    batch = checked(cast, reading(table(row(cast.school, (2, 6, 8, 4)))))
    change = batch.report["changes"][0]
    assert (change["before"]["n2"], change["after"]["n2"]) == (3, 2)
    with pytest.raises(Refused, match="предупреждения"):
        imports.load(by=cast.methodist, batch=batch)
    assert marks(cast) == (3, 5, 8, 4)
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert marks(cast) == (2, 6, 8, 4)


def test_another_source_with_other_figures_waits_for_a_person(cast: Cast) -> None:
    loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    batch = checked(cast, reading(table(row(cast.school, (4, 4, 8, 4)), form="fisoko_individual")))
    conflict = batch.conflicts.get()
    with pytest.raises(Refused, match="расхождения"):
        imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    imports.decide_conflict(by=cast.methodist, conflict=conflict, take_new=False)
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert marks(cast) == (3, 5, 8, 4)


def test_the_new_source_is_taken_when_a_person_says_so(cast: Cast) -> None:
    first = loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    batch = checked(cast, reading(table(row(cast.school, (4, 4, 8, 4)), form="plain_table")))
    imports.decide_conflict(by=cast.head, conflict=batch.conflicts.get(), take_new=True)
    batch = imports.load(by=cast.head, batch=batch, accept_warnings=True)
    assert marks(cast) == (4, 4, 8, 4)
    imports.undo(by=cast.head, batch=batch)
    assert marks(cast) == (3, 5, 8, 4)
    assert Result.objects.get().batch == first


def test_what_one_source_knows_and_the_other_does_not_is_joined(cast: Cast) -> None:
    exam = {"procedure": "ЕГЭ", "grade": None, "form": "rcoi_table", "level": "профиль"}
    loaded(cast, reading(table(row(cast.school, None, participants=9, below_minimum=4), **exam)))
    loaded(cast, reading(table(row(cast.school, None, participants=9, below_minimum=4, mean_score=41.5), **exam)))
    result = Result.objects.get()
    assert (result.below_minimum, result.mean_score, result.low) == (4, Decimal("41.50"), 4)


def test_two_files_of_one_batch_that_disagree_are_a_conflict(cast: Cast) -> None:
    batch = checked(
        cast,
        reading(table(row(cast.school, (3, 5, 8, 4)))),
        reading(table(row(cast.school, (1, 7, 8, 4)), form="plain_table")),
    )
    imports.decide_conflict(by=cast.methodist, conflict=batch.conflicts.get(), take_new=True)
    imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert marks(cast) == (1, 7, 8, 4)
    imports.undo(by=cast.methodist, batch=ImportBatch.objects.get())
    assert not Result.objects.exists()


def test_an_error_blocks_everything(cast: Cast) -> None:
    good, bad = row(cast.school, (3, 5, 8, 4)), row(None, (1, 2, 3, 4), line=10)
    batch = checked(cast, reading(table(good, bad), problems=(problem("unknown_school", 10),)))
    assert batch.errors == 1
    with pytest.raises(Refused, match="ошибки"):
        imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert not Result.objects.exists()


def test_an_unknown_school_is_named_by_a_person_and_remembered(cast: Cast) -> None:
    said = reading(
        table(row(None, (1, 2, 3, 4), line=10, name="Первая школа")), problems=(problem("unknown_school", 10),)
    )
    batch = checked(cast, said)
    assert [one["name"] for one in batch.report["unknown"]] == ["Первая школа"]
    answers.answer_school(by=cast.methodist, batch=batch, printed="Первая школа", organization=cast.school)
    batch = imports.check(batch=batch)
    assert batch.errors == 0
    imports.load(by=cast.methodist, batch=batch)
    assert marks(cast) == (1, 2, 3, 4)
    assert OrganizationAlias.objects.get(text="Первая школа").confirmed_by == cast.methodist


def test_rows_of_an_unknown_school_may_be_left_out_at_once(cast: Cast) -> None:
    stranger = row(None, (1, 2, 3, 4), line=10, name="Вечерняя школа")
    said = reading(table(row(cast.school, (3, 5, 8, 4)), stranger), problems=(problem("unknown_school", 10),))
    batch = checked(cast, said)
    answers.answer_school(by=cast.methodist, batch=batch, printed="Вечерняя школа", organization=None)
    batch = imports.check(batch=batch)
    imports.load(by=cast.methodist, batch=batch)
    assert [one.organization for one in Result.objects.all()] == [cast.school]


def test_a_file_of_the_whole_region_asks_once_for_all_foreign_schools(cast: Cast) -> None:
    lines = [row(None, (1, 2, 3, 4), line=10 + n, name=f"МБОУ СОШ № {70 + n}") for n in range(3)]
    said = reading(
        table(row(cast.school, (3, 5, 8, 4)), *lines),
        problems=tuple(problem("unknown_school", 10 + n) for n in range(3)),
    )
    batch = checked(cast, said)
    assert batch.errors == 3
    answers.answer_school(by=cast.methodist, batch=batch, printed="МБОУ СОШ № 70", organization=cast.neighbour)
    answers.skip_unknown(by=cast.methodist, batch=batch)
    batch = imports.check(batch=batch)
    assert (batch.errors, batch.report["new"]) == (0, 2), "названная школа осталась, чужие пропущены"


def test_a_school_of_another_office_cannot_be_named(cast: Cast) -> None:
    said = reading(table(row(None, (1, 2, 3, 4), name="Первая")), problems=(problem("unknown_school", 9),))
    batch = checked(cast, said)
    with pytest.raises(Refused, match="не относится"):
        answers.answer_school(by=cast.methodist, batch=batch, printed="Первая", organization=cast.other_school)


def test_a_row_of_another_office_is_never_loaded_even_if_the_reading_says_so(cast: Cast) -> None:
    batch = checked(cast, reading(table(row(cast.other_school, (1, 2, 3, 4)))))
    assert batch.errors == 1
    with pytest.raises(Refused):
        imports.load(by=cast.methodist, batch=batch, accept_warnings=True)
    assert not Result.objects.exists()


def test_a_row_left_out_on_purpose_does_not_block(cast: Cast) -> None:
    good, bad = row(cast.school, (3, 5, 8, 4)), row(cast.neighbour, None, line=10, participants=7)
    batch = checked(cast, reading(table(good, bad), problems=(problem("sum_mismatch", 10),)))
    answers.skip_row(by=cast.methodist, file=batch.files.get(), where=batch.report["problems"][0]["row"])
    batch = imports.check(batch=batch)
    assert batch.errors == 0
    imports.load(by=cast.methodist, batch=batch)
    assert Result.objects.count() == 1


def test_rows_alike_are_one_line_of_the_page_and_are_left_out_at_once(cast: Cast) -> None:
    bad = [row(None, None, line=10 + n, participants=7) for n in range(6)]
    other = row(cast.neighbour, None, line=30, participants=7)
    said = reading(
        table(row(cast.school, (3, 5, 8, 4)), *[{**one, "key": cast.school.pk} for one in bad], other),
        problems=(*[problem("class_rows", 10 + n) for n in range(6)], problem("sum_mismatch", 30)),
    )
    batch = checked(cast, said)
    alike, alone = problems_of(batch)
    assert (alike["count"], alike["where"]) == (6, "строки 10, 11, 12, 13, 14, 15") and "count" not in alone
    assert answers.skip_alike(by=cast.methodist, file=batch.files.get(), code="class_rows") == 6
    batch = imports.check(batch=batch)
    assert [one["code"] for one in problems_of(batch)] == ["sum_mismatch"]


def test_a_table_to_be_explained_is_said_once(cast: Cast) -> None:
    said = reading({**table(), "needs_mapping": True}, problems=(problem("needs_mapping", 3),))
    (only,) = problems_of(checked(cast, said))
    assert (only["code"], only["row"]) == ("needs_mapping", "")


def test_a_mean_of_nobody_knows_how_many_is_told_and_not_stored(cast: Cast) -> None:
    batch = checked(cast, reading(table(row(cast.school, None, mean_score=3.7), form="plain_table")))
    assert [one["code"] for one in problems_of(batch)] == ["no_people"] and batch.report["new"] == 0


def test_facts_that_a_heading_lacks_are_asked_and_answered(cast: Cast) -> None:
    batch = checked(cast, reading(table(row(cast.school, (3, 5, 8, 4)), school_year=None, form="plain_table")))
    assert "учебный год" in batch.report["problems"][0]["text"]
    answers.name_facts(by=cast.methodist, file=batch.files.get(), table=0, facts={"school_year": "2024/2025"})
    batch = imports.check(batch=batch)
    imports.load(by=cast.methodist, batch=batch)
    assert Assessment.objects.get().school_year == 2025


def test_nothing_is_written_when_the_data_changed_after_the_check(cast: Cast) -> None:
    early = checked(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    loaded(cast, reading(table(row(cast.school, (2, 6, 8, 4)))))
    with pytest.raises(Refused, match="ещё раз"):
        imports.load(by=cast.methodist, batch=early, accept_warnings=True)
    assert marks(cast) == (2, 6, 8, 4)


def test_a_batch_is_undone_to_the_last_figure(cast: Cast) -> None:
    first = loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    second = loaded(cast, reading(table(row(cast.school, (2, 6, 8, 4)), row(cast.neighbour, (1, 1, 1, 1), line=10))))
    with pytest.raises(Refused, match="Сначала отмените"):
        imports.undo(by=cast.methodist, batch=first)
    imports.undo(by=cast.methodist, batch=second)
    assert marks(cast) == (3, 5, 8, 4) and Result.objects.count() == 1
    imports.undo(by=cast.methodist, batch=first)
    assert not Result.objects.exists()
    with pytest.raises(Refused, match="выполненную"):
        imports.undo(by=cast.methodist, batch=first)


def test_what_an_approved_list_stands_on_is_not_undone(cast: Cast) -> None:
    batch = loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))))
    DataLock.objects.create(
        authority=cast.authority,
        school_year=2026,
        reason="перечень ШНОР 2025/2026",
        object_type="x",
        object_id=1,
        created_at=clock.now(),
    )
    with pytest.raises(Refused, match="перечень ШНОР"):
        imports.undo(by=cast.methodist, batch=batch)
    assert Result.objects.exists()


def test_region_and_district_stand_beside_and_are_not_results(cast: Cast) -> None:
    region = {
        **row(None, None),
        "group": "region",
        "name": "Приозёрная область",
        "participants": 12000,
        "shares": {"2": 5.06},
    }
    district = {**row(None, (10, 20, 30, 40)), "group": "municipality", "name": "Заречный округ"}
    loaded(cast, reading(table(region, district, row(cast.school, (3, 5, 8, 4)))))
    assert Result.objects.count() == 1
    shares = {one.scope: one.share("2") for one in ReferenceShare.objects.all()}
    assert shares == {"region": Decimal("5.06"), "municipality": Decimal("10.00")}


def test_comparison_with_the_journal_is_a_facet_of_its_own(cast: Cast) -> None:
    compared = row(cast.school, None, participants=28, comparison={"lowered": 7, "confirmed": 21, "raised": 0})
    loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)))), reading(table(compared, form="fisoko_comparison")))
    kept = JournalComparison.objects.get()
    assert (kept.participants, kept.lowered, kept.confirmed, kept.raised) == (28, 7, 21, 0)


def test_a_ministry_loads_one_file_for_all_its_offices_and_each_sees_its_part(cast: Cast) -> None:
    batch = uploads.begin(by=cast.observer, authority=cast.region)
    put(batch, reading(table(row(cast.school, (3, 5, 8, 4)), row(cast.neighbour, (1, 1, 1, 1), line=10))))
    imports.load(by=cast.observer, batch=imports.check(batch=batch))
    assert {one.authority for one in Result.objects.all()} == {cast.authority}
    assert Result.objects.visible_to(cast.methodist).count() == 2
    assert Result.objects.visible_to(cast.stranger).count() == 0


def test_a_school_sees_its_own_results_only(cast: Cast) -> None:
    loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)), row(cast.neighbour, (1, 1, 1, 1), line=10))))
    seen = {
        name: sorted(one.organization.name for one in Result.objects.visible_to(person).select_related("organization"))
        for name, person in cast.people.items()
    }
    both, own = ["СОШ № 1", "СОШ № 2"], ["СОШ № 1"]
    assert seen == {
        "methodist": both,
        "head": both,
        "observer": both,
        "director": own,
        "curator": own,
        "neighbour_director": ["СОШ № 2"],
        "admin": [],
        "stranger": [],
    }


def test_many_rows_go_the_same_way_by_copy(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitoring.actions import stored

    monkeypatch.setattr(stored, "COPY_FROM", 1)
    loaded(cast, reading(table(row(cast.school, (3, 5, 8, 4)), row(cast.neighbour, (1, 1, 1, 1), line=10))))
    second = loaded(cast, reading(table(row(cast.school, (2, 6, 8, 4)))))
    assert marks(cast) == (2, 6, 8, 4) and Result.objects.get(organization=cast.school).low == 2
    imports.undo(by=cast.methodist, batch=second)
    assert marks(cast) == (3, 5, 8, 4)
