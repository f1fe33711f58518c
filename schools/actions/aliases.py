"""Printed forms a person confirmed: remembered for the authority, signed, revocable."""

from __future__ import annotations

import re

from django.db import transaction

from config import clock
from schools.audit import record
from schools.enums import AliasSource
from schools.models import Organization, OrganizationAlias, User
from schools.search import normalized

# «№5», «с. Репное», «12»: a fragment of a list means something only behind its head and is never remembered.
FRAGMENT = re.compile(r"^\W*(№?\s*\d+|(с|п|д|г|х|ст|пос|дер|гор|р\.?\s*п|пгт)\.?\s*[\w\- ]+)\W*$", re.IGNORECASE)


@transaction.atomic
def learn_alias(*, by: User, organization: Organization, text: str) -> OrganizationAlias | None:
    """Remembers that `text` means `organization`; a list fragment is not remembered and gives None."""
    text = " ".join(text.split())
    if FRAGMENT.match(text):
        return None
    known = OrganizationAlias.objects.in_force().filter(organization=organization, normalized=normalized(text)[:500])
    if row := known.first():
        return row
    alias = OrganizationAlias.objects.create(
        organization=organization,
        authority=organization.authority or organization,
        text=text[:500],
        source=AliasSource.LEARNED,
        confirmed_by=by,
        confirmed_at=clock.now(),
    )
    record(by=by, action="alias.learned", row=alias, authority=organization.authority_id, after={"text": text})
    return alias


@transaction.atomic
def revoke_alias(*, by: User, alias: OrganizationAlias) -> None:
    """Forgets a remembered form; documents already read stay as they were."""
    alias.revoked_at, alias.revoked_by = clock.now(), by
    alias.save(update_fields=["revoked_at", "revoked_by"])
    record(by=by, action="alias.revoked", row=alias, authority=alias.authority_id, before={"text": alias.text})
