"""Rule sets: a version that some list rests on is never changed, saving makes the next one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from monitoring.default_rules import DEFAULT, MARK, NAME, SOURCE, parameters_of
from monitoring.low_results import RuleSet as Rules
from monitoring.models import RuleSet
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User


@transaction.atomic
def save_rules(
    *,
    by: User,
    authority: Organization,
    rules: Rules,
    name: str,
    source: str,
    source_date: dt.date | None = None,
    kept: RuleSet | None = None,
) -> RuleSet:
    """A new version of the rules called `name`, or `kept` itself while no list rests on it and its name stays."""
    name = " ".join(name.split())[:120]
    if not name or not source.strip():
        raise Refused("Укажите название набора правил и на чём он основан.")
    Organization.objects.select_for_update().get(pk=authority.pk)  # two savers get two versions
    row = RuleSet.objects.select_for_update().filter(pk=kept.pk).first() if kept else None
    if row is None or row.lists.exists() or row.name != name:
        last = RuleSet.objects.filter(authority=authority, name=name).aggregate(last=Max("version"))["last"] or 0
        row = RuleSet(authority=authority, name=name, version=last + 1, created_by=by)
    before = row.parameters if row.pk else None
    title = f"{name}, версия {row.version}"
    row.parameters = parameters_of(replace(rules, id=rules.id if rules.id == DEFAULT.id else title, title=title))
    row.source, row.source_date = source.strip()[:300], source_date
    row.save()
    record(
        by=by,
        action="rules.saved",
        row=row,
        authority=authority,
        summary=str(row),
        before=before,
        after=row.parameters,
    )
    return row


def default_rule_set(*, by: User, authority: Organization) -> RuleSet:
    """The default rules as a version of the office, for a list that rests on them."""
    kept = RuleSet.objects.filter(authority=authority, name=NAME).order_by("-version").first()
    if kept is not None and kept.parameters.get("id") == DEFAULT.id:
        return kept
    return save_rules(by=by, authority=authority, rules=DEFAULT, name=NAME, source=f"{SOURCE} ({MARK})")
