"""Users, their dated memberships, invitations, and the trail of what was done and seen."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q

from config import clock
from schools import access
from schools.enums import OrganizationKind, Role
from schools.models.calendar import OfficeSettings
from schools.models.organizations import Organization
from schools.models.people import Person


@dataclass(frozen=True)
class Reach:
    """Where a permission holds: whole authorities (and the ministries above), and single organisations."""

    authorities: frozenset[int]
    ministries: frozenset[int]
    organizations: frozenset[int]
    parents: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.authorities or self.ministries or self.organizations)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        reaches = [user.reach(name) for name in ("people.manage", "people.view")]
        authorities = frozenset().union(*(r.authorities for r in reaches))
        ministries = frozenset().union(*(r.ministries for r in reaches))
        return self.filter(
            Q(memberships__organization__authority_id__in=authorities)
            | Q(memberships__organization_id__in=ministries)
            | Q(pk=user.pk)
        ).distinct()


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").casefold())


class User(AbstractUser):
    """An account. Log-in names are kept in lower case; what the person may do comes from dated memberships."""

    person = models.OneToOneField(
        Person,
        models.SET_NULL,
        verbose_name="сотрудник",
        null=True,
        blank=True,
        related_name="user",
    )
    time_zone = models.CharField("часовой пояс", max_length=40, blank=True)
    active_membership = models.ForeignKey(
        "schools.Membership",
        models.SET_NULL,
        verbose_name="в роли",
        null=True,
        blank=True,
        related_name="+",
    )
    email_refused = models.BooleanField("почта не принимает письма", default=False)
    last_visit = models.DateTimeField("последний визит", null=True, blank=True)

    objects = PeopleManager()

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"

    def save(self, *args: object, **kwargs: object) -> None:
        self.username = self.username.casefold()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.person.surname_first if self.person else self.username

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """Memberships in force today, with their organisations; one query a request."""
        return list(
            self.memberships.held_on(clock.today(self.time_zone))
            .select_related("organization", "organization__authority", "organization__parent", "organization__office")
            .order_by("pk")
        )

    @cached_property
    def active(self) -> Membership | None:
        """The membership that chooses start page and defaults; what is seen is the union of all."""
        chosen = [m for m in self.current_memberships if m.pk == self.active_membership_id]
        at_work = [m for m in self.current_memberships if m.role not in access.GUEST_ROLES]
        return (chosen or at_work or self.current_memberships or [None])[0]

    @cached_property
    def members(self) -> list[access.Member]:
        return [access.Member(m.role, m.organization_id, m.valid_from, m.valid_to) for m in self.current_memberships]

    def can(self, permission: str, *, at: Organization | int) -> bool:
        """Whether the permission holds for a row that stands at this organisation (an authority or a school)."""
        reach = self.reach(permission)
        pk = at if isinstance(at, int) else at.pk
        if pk in reach.authorities or pk in reach.ministries or pk in reach.organizations:
            return True
        authority = (
            Organization.objects.values_list("authority_id", flat=True).get(pk=pk)
            if isinstance(at, int)
            else at.authority_id
        )
        return authority in reach.authorities

    def may(self, permission: str) -> bool:
        """Whether the permission holds anywhere: what a menu asks. A view asks `can` for its row."""
        if access.may_anywhere(self.members, permission, clock.today(self.time_zone)):
            return True
        return permission in access.DELEGATED and bool(self.reach(permission).authorities)

    def reach(self, permission: str) -> Reach:
        """Where the permission holds, as sets of ids; computed once a request for each permission."""
        cache: dict[str, Reach] = self.__dict__.setdefault("_reach", {})
        if permission not in cache:
            cache[permission] = self._reach_of(permission)
        return cache[permission]

    def _reach_of(self, permission: str) -> Reach:
        office, own = access.reach_of(self.members, permission, clock.today(self.time_zone))
        nodes = {m.organization_id: m.organization for m in self.current_memberships}
        authorities = {pk for pk in office if nodes[pk].kind == OrganizationKind.AUTHORITY}
        ministries = {pk for pk in office if nodes[pk].kind == OrganizationKind.MINISTRY}
        plain = (office - authorities - ministries) | own
        below = {m.organization_id for m in self.current_memberships if not access.at_home_only(m.role, permission)}
        below &= ministries
        if access.handles_papers(permission):
            authorities |= ministries
        while below:
            children = Organization.objects.filter(
                parent__in=below,
                kind__in=[OrganizationKind.AUTHORITY, OrganizationKind.MINISTRY],
            ).values_list("pk", "kind")
            authorities |= {pk for pk, kind in children if kind == OrganizationKind.AUTHORITY}
            below = {pk for pk, kind in children if kind == OrganizationKind.MINISTRY} - ministries
            ministries |= below
            if access.handles_papers(permission):
                authorities |= below
        if permission in access.DELEGATED:
            authorities |= self._delegated(*access.DELEGATED[permission])
        organizations = set(plain) | {pk for parent, pk in self._branches if parent in plain}
        parents = {nodes[pk].authority_id for pk in plain if nodes[pk].authority_id}
        return Reach(
            frozenset(authorities),
            frozenset(ministries),
            frozenset(organizations),
            frozenset(parents),
        )

    def _delegated(self, setting: str, permission: str) -> set[int]:
        """Authorities whose own setting gives a permission to all who have another one; no query of its own for an office."""
        nodes = [m.organization for m in self.current_memberships if permission in access.PERMISSIONS.get(m.role, ())]
        own = {node.pk for node in nodes if getattr(getattr(node, "office", None), setting, False)}
        below = self.reach(permission).authorities - {node.pk for node in nodes}
        if below:  # of a ministry: the settings of the authorities under it
            rows = OfficeSettings.objects.filter(pk__in=below, **{setting: True})
            own |= set(rows.values_list("pk", flat=True))
        return own

    @cached_property
    def _branches(self) -> list[tuple[int, int]]:
        """Branches below the organisations of the memberships, as (parent, branch); asked once a request."""
        places = [m.organization_id for m in self.current_memberships]
        rows = Organization.objects.filter(parent__in=places, kind=OrganizationKind.BRANCH)
        return list(rows.values_list("parent_id", "pk"))

    def forget_memberships(self) -> None:
        """Drops what was remembered for this request, after a membership was changed."""
        for name in ("current_memberships", "active", "members", "_reach", "_branches"):
            self.__dict__.pop(name, None)

    @property
    def authority(self) -> Organization | None:
        """The authority of the active membership."""
        return self.active.organization.authority if self.active else None

    @property
    def office(self) -> Organization | None:
        """The office whose papers the active membership handles: an authority, or a ministry for its own people."""
        if self.active and self.active.organization.kind == OrganizationKind.MINISTRY:
            return self.active.organization
        return self.authority

    @property
    def zone(self) -> str:
        """The IANA zone in which this person's «today» is: own, of the place of work, or empty for the office's default."""
        return self.time_zone or (self.active.organization.zone if self.active else "")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held_on(self, day: dt.date) -> MembershipQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class Membership(models.Model):
    """A role in an organisation from a day to a day, with the paper it rests on."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="пользователь", related_name="memberships")
    role = models.CharField("роль", max_length=20, choices=Role)
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name="организация",
        related_name="memberships",
    )
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)
    basis = models.CharField("основание", max_length=255, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "роль в организации"
        verbose_name_plural = "роли в организациях"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message="Окончание не может быть раньше начала.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
                violation_error_message="Такая роль у этого человека уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organization}"


class Invitation(models.Model):
    """A way in for a person who has no password yet: a link by e-mail or a printed one-time code. Only hashes are kept."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="пользователь", related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    is_code = models.BooleanField("код на бумаге", default=False)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="пригласил", related_name="+")
    created_at = models.DateTimeField("когда", default=clock.now)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("использовано", null=True, blank=True)

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"

    def __str__(self) -> str:
        return f"{self.user}, до {self.expires_at:%d.%m.%Y}"

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()


class AuditEvent(models.Model):
    """Who did what, when, with what it was before and after. Written by actions, never changed."""

    at = models.DateTimeField("когда", default=clock.now, db_index=True)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name="кто",
        null=True,
        blank=True,
        related_name="+",
    )
    authority = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField("что", max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    summary = models.CharField("кратко", max_length=500, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.TextField("причина", blank=True)

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "журнал действий"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.action}"


class AccessLog(models.Model):
    """Who saw something confidential: written before it is shown, append-only."""

    at = models.DateTimeField("когда", default=clock.now, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="кто", related_name="+")
    what = models.CharField("что", max_length=60)
    object_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = "просмотр"
        verbose_name_plural = "журнал просмотров"

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.what}"
