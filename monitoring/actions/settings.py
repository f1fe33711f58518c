"""What an office sets for its results."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from monitoring.models import MonitoringSettings
from schools.audit import record
from schools.models import Organization, User


@transaction.atomic
def save(*, by: User, authority: Organization, small_group: int, jump_points: int, bias: dict[str, Any]) -> None:
    row, _ = MonitoringSettings.objects.select_for_update().get_or_create(authority=authority)
    before = {"small_group": row.small_group, "jump_points": row.jump_points, "bias": row.bias}
    row.small_group, row.jump_points, row.bias = small_group, jump_points, bias
    row.save()
    after = {"small_group": small_group, "jump_points": jump_points, "bias": bias}
    record(by=by, action="results.settings_saved", row=row, authority=authority, before=before, after=after)
