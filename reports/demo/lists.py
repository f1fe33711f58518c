"""Low-result lists of the demo district: one received from the region and approved, and the forecast as a draft to look at."""

from __future__ import annotations

import datetime as dt

from monitoring.actions import lists
from monitoring.actions.rules import default_rule_set
from monitoring.enums import ListLevel
from monitoring.models import DataVersion
from reports.demo.district import District

RECEIVED = {
    "СОШ № 3": ("3", "Сильно неуспевающие", "В списках 2024 и 2026 гг", "Участвует с 2024 года"),
    "СОШ с. Малая Берёзовка": ("2", "Умеренно неуспевающие", "Только в списке 2026 года", "Не участвовала"),
    "ООШ с. Ключи": ("2", "Умеренно неуспевающие", "Только в списке 2024 года", ""),
}


def build(made: District) -> None:
    """Uses the results of the demo: the forecast and the received list agree in part."""
    methodist, head = made.users["metodist"], made.users["nachalnik"]
    DataVersion.raise_for([made.authority.pk])
    received = lists.start_received(
        by=methodist,
        authority=made.authority,
        school_year=2026,
        level=ListLevel.REGIONAL,
        letter="Письмо министерства образования № 01-17/842 «О перечне школ»",
        letter_date=dt.date(2026, 9, 14),
    )
    for name, (code, cluster, words, project) in RECEIVED.items():
        lists.put_school(
            by=methodist,
            listing=received,
            organization=made.schools[name],
            words={
                "cluster_code": code,
                "cluster_name": cluster,
                "trajectory_text": words,
                "project_500": project,
            },
        )
    lists.approve(by=head, listing=received)
    rules = default_rule_set(by=methodist, authority=made.authority)
    lists.save_forecast(by=methodist, authority=made.authority, rule_set=rules, school_year=2026)
