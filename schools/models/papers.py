"""Papers that were issued: the very bytes, their sum, and the short code by which anybody may ask whether a paper is in force.

One row is one version of one paper of any kind (`object_type`, `object_id` name what it was made of), so a protocol, an
excerpt or a note of an upper app all live here. What a stranger may be told (kind, number, date, authority, state) stands on
the row itself: the check page needs to know nothing else.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from config import clock
from schools.enums import PaperKind, PaperState, SignatureVerdict
from schools.models.access import User
from schools.models.files import StoredFile
from schools.models.organizations import Organization
from schools.models.people import Person

# Crockford's letters: no I, L, O, U, which a hand confuses with 1 and 0. Ten of them are fifty bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LOOKALIKE = str.maketrans("OILОВЕТАСКМНРХУ", "0110BETACKMHPXY")  # and the Cyrillic letters that look like ours


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def plain_code(typed: str) -> str:
    """A code as a person may type it («k4f7-9x2mqp», Cyrillic lookalikes) in the form it is kept, or an empty string."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOKALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


class IssuedPaperQuerySet(models.QuerySet["IssuedPaper"]):
    def visible_to(self, user: User) -> IssuedPaperQuerySet:
        """The office sees all versions of its papers; a school gets a paper through its document only."""
        return self.filter(authority_id__in=user.reach("document.view").authorities)

    def of(self, row: models.Model) -> IssuedPaperQuerySet:
        return self.filter(object_type=row._meta.label_lower, object_id=row.pk)

    def waiting(self) -> IssuedPaperQuerySet:
        """Not rendered yet, and not given up after several failures."""
        return self.filter(file__isnull=True, tries__lt=TRIES)


TRIES = 5


class IssuedPaper(models.Model):
    """One version of a paper. `content` is what it says, as plain values taken at the moment of issuing; `file` are the bytes
    made of it once, right after, and never again (`sha256` of them, hexadecimal)."""

    authority = models.ForeignKey(Organization, models.PROTECT, verbose_name="орган управления", related_name="papers")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="для кого", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("вид", max_length=12, choices=PaperKind)
    version = models.PositiveSmallIntegerField("редакция")
    to_sign = models.BooleanField("экземпляр на подпись", default=False)
    number = models.CharField("номер", max_length=40, blank=True)
    date = models.DateField("дата", null=True, blank=True)
    code = models.CharField("код проверки", max_length=LENGTH, unique=True, default=new_code)
    state = models.CharField("состояние", max_length=10, choices=PaperState, default=PaperState.IN_FORCE)
    reason = models.CharField("почему выпущена", max_length=500, blank=True)
    content = models.JSONField("содержание", default=dict)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="paper")
    sha256 = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField("неудачных попыток", default=0)
    issued_at = models.DateTimeField("выпущена", default=clock.now)
    issued_by = models.ForeignKey(User, models.PROTECT, verbose_name="кто", null=True, related_name="+")
    ended_at = models.DateTimeField("перестала действовать", null=True, blank=True)

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "выпущенный документ"
        verbose_name_plural = "выпущенные документы"
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "version"],
                condition=Q(organization__isnull=True),
                name="paper_version_once",
            ),
            models.UniqueConstraint(
                fields=["object_type", "object_id", "organization", "version"],
                condition=Q(organization__isnull=False),
                name="paper_version_of_organization_once",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, sha256="") | Q(file__isnull=False) & ~Q(sha256=""),
                name="paper_file_has_sum",
            ),
        ]
        indexes = [models.Index(fields=["file"], condition=Q(file__isnull=True), name="paper_waiting")]

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        date = f" от {self.date:%d.%m.%Y}" if self.date else ""
        return f"{self.get_kind_display().capitalize()}{number}{date}, редакция {self.version}"

    @property
    def shown_code(self) -> str:
        """«K4F79-X2MQP»: in two halves, as it is read aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"


class PaperSignature(models.Model):
    """A detached electronic signature of the bytes of one version. Several people may sign one paper.

    `verdict` stays «не проверена» until something verifies it; `details` keeps what the verifier said (certificate, owner,
    validity), so that a mark on paper is never drawn before that.
    """

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    signer = models.CharField("кто подписал", max_length=200)
    post = models.CharField("должность", max_length=300, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("когда подписано", null=True, blank=True)
    verdict = models.CharField(
        "проверка", max_length=12, choices=SignatureVerdict, default=SignatureVerdict.NOT_CHECKED
    )
    checked_at = models.DateTimeField("проверена", null=True, blank=True)
    details = models.JSONField("сведения о проверке", default=dict, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("добавлена", default=clock.now)

    class Meta:
        verbose_name = "электронная подпись"
        verbose_name_plural = "электронные подписи"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.signer}: {self.get_verdict_display()}"


class RequestCount(models.Model):
    """How often one address asked for one thing in one minute: the limit of pages open to everybody, without Redis.

    `key` is a keyed hash, so no address of a visitor is kept.
    """

    key = models.CharField(max_length=64)
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "счётчик обращений"
        verbose_name_plural = "счётчики обращений"
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="request_count_once")]
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.minute:%H:%M}: {self.count}"
