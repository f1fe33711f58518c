"""Gaps of a chain in words."""

from reports.chain import Element, gaps, may_follow


def chain(*rows: tuple[int, str, tuple[int, ...]]) -> list[Element]:
    labels = {"indicator": "показатель 1.1.2"}
    return [Element(pk, kind, labels.get(kind, f"{kind} «…»"), follows) for pk, kind, follows in rows]


WHOLE = chain(
    (1, "goal", ()),
    (2, "indicator", (1,)),
    (3, "method", (2,)),
    (4, "monitoring", (3,)),
    (5, "analysis", (4,)),
    (6, "recommendation", (5,)),
    (7, "measure", (6,)),
    (8, "decision", (7,)),
    (9, "effect", (8,)),
)


def words(elements: list[Element]) -> list[str]:
    return [gap.words for gap in gaps(elements)]


def test_an_empty_direction_lacks_a_goal() -> None:
    assert words([]) == ["по направлению не названа цель"]


def test_a_whole_chain_has_no_gap() -> None:
    assert gaps(WHOLE) == []


def test_each_missing_end_is_told_once_at_the_place_where_the_chain_breaks() -> None:
    told = {
        9: "decision «…» — эффект не оценён",
        8: "measure «…» без решения",
        7: "recommendation «…» без меры",
        6: "analysis «…» — нет рекомендаций",
        5: "показатель 1.1.2 не проанализирован",
        4: "показатель 1.1.2 — нет мониторинга: не сказано, когда и где собрано",
        3: "показатель 1.1.2 — не указан метод сбора",
        2: "goal «…» — нет показателя, по которому видно, достигнута ли она",
    }
    for last, sentence in told.items():
        assert words([one for one in WHOLE if one.pk < last]) == [sentence]


def test_the_next_step_names_the_kind_that_closes_the_gap_and_what_it_follows_from() -> None:
    (gap,) = gaps([one for one in WHOLE if one.pk < 5])
    assert (gap.kind, gap.element, gap.step) == ("analysis", 4, "Внести анализ")


def test_an_element_that_follows_from_nothing_is_told() -> None:
    alone = [
        *WHOLE,
        *chain((10, "recommendation", ()), (11, "measure", (10,)), (12, "decision", (11,)), (13, "effect", (12,))),
    ]
    assert words(alone) == ["recommendation «…» ни из чего не следует"]


def test_a_second_indicator_without_analysis_is_told_though_the_first_has_one() -> None:
    second = Element(20, "indicator", "показатель 1.1.3", (1,))
    more = [*WHOLE, second, *chain((21, "method", (20,)), (22, "monitoring", (21,)))]
    assert words(more) == ["показатель 1.1.3 не проанализирован"]


def test_an_unmeasured_indicator_and_a_decision_without_a_document_are_told() -> None:
    rows = [Element(one.pk, one.kind, one.label, one.follows, one.pk != 2, one.pk != 8) for one in WHOLE]
    assert [(gap.words, gap.closes) for gap in gaps(rows)] == [
        ("показатель 1.1.2 не измерен", "values"),
        ("decision «…» не связано с документом", "document"),
    ]


def test_a_loop_of_one_kind_does_not_hang() -> None:
    rows = [Element(1, "measure", "мера", (2,)), Element(2, "measure", "мера вторая", (1,))]
    assert "по направлению не названа цель" in words(rows)


def test_what_may_follow_from_what() -> None:
    assert may_follow("analysis", "indicator")
    assert not may_follow("indicator", "analysis")
    assert not may_follow("measure", "measure")
    assert may_follow("goal", "effect")
