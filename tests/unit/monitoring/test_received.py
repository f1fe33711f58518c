"""A received list as a table: columns by headings, schools as in result files, nothing matched by likeness."""

from __future__ import annotations

from monitoring.received import cluster_of, read_list
from schools.registry import RegistryEntry

REGISTRY = [
    RegistryEntry(
        canonical="СОШ № 5", full_name="МБОУ «СОШ № 5»", authority="УО", kind="СОШ", fisoko_login="edu981005", key=5
    ),
    RegistryEntry(canonical="ООШ № 12", authority="УО", kind="ООШ", key=12),
    RegistryEntry(canonical="Лицей", authority="УО", kind="лицей", key=1),
]
TABLE = """Перечень школ с низкими результатами;;;;
№;Название_ОО;Кластер;Динамика ШНОР;Участие в проекте 500+
1;МБОУ «ООШ №12»;2 Умеренно неуспевающие;В списках 2019 и 2021 гг;Не участвовали
2;МБОУ СОШ № 5 (edu981005);3 Сильно неуспевающие;Только в списке 2021 года;Введены в проект 2022
3;СОШ № 55;;;
;СОШ с. Дальнее;;;
4;ООШ № 12;2;;
5;Лицей;;Только в списке 2019 года;
Итого;5;;;
Исполнитель Иванова;;;;
"""


def test_a_list_as_of_document_002_is_read_whole() -> None:
    found = read_list(TABLE.encode("cp1251"), "Перечень.csv", registry=REGISTRY, year=2021)
    assert [(row.key, row.cluster_code, row.cluster_name, row.trajectory) for row in found.rows] == [
        (12, "2", "Умеренно неуспевающие", "stays"),
        (5, "3", "Сильно неуспевающие", "entered"),
        (None, "", "", ""),
        (None, "", "", ""),  # a name alone in its line is asked about, never taken for a note
        (1, "", "", "left"),
    ]
    assert found.rows[1].project_500 == "Введены в проект 2022"
    assert "СОШ № 55" in found.rows[2].reason
    assert [one["severity"] for one in found.problems] == ["warning"] and "строке 3" in found.problems[0]["message"]


def test_a_bare_column_of_names_is_a_list_too() -> None:
    found = read_list("СОШ № 5\nООШ № 12\nНаписано рукой\n".encode(), "x.csv", registry=REGISTRY, year=2021)
    assert [row.key for row in found.rows] == [5, 12]


def test_a_file_that_is_no_table_is_said_and_gives_no_rows() -> None:
    for data in (b"%PDF-1.4 x", b"", b"PK\x03\x04broken", "Привет\nмир\n".encode()):
        found = read_list(data, "x.xlsx", registry=REGISTRY, year=2021)
        assert found.rows == [] and [one["severity"] for one in found.problems] == ["error"]


def test_a_cluster_is_a_code_and_a_name() -> None:
    assert cluster_of("2 Умеренно неуспевающие") == ("2", "Умеренно неуспевающие")
    assert cluster_of("Кластер № 3. Сильно неуспевающие") == ("3", "Сильно неуспевающие")
    assert cluster_of("слабо неуспевающие") == ("", "слабо неуспевающие")
    assert cluster_of("") == ("", "")
