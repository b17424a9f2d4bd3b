"""Who she is in full, what happened and by whom; and what is being typed about it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models import Case, GbvType, Sex
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import BlindToken, SealedField, VaultRecord
from diemtua.places.models import Unit


class Written(VaultRecord):
    """A part of a case that pages write: under the case's own key, in steps that are counted.

    ``tab`` is the page that saved it last, ``revision`` what a page opened with, so that no page
    overwrites what another one saved meanwhile.
    """

    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField()
    tab = models.UUIDField(default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


@protected
class Profile(Written):
    """The person of a case. ``person`` holds everything told, also ethnicity, disability, pregnancy.

    In the open stand the two codes that lists and referrals need before anybody opens the file:
    where the case came from, and whether an interpreter is needed. Sex and age group stand with the
    case; whether she is a child follows from them.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="profile")
    source = models.CharField(max_length=10)  # reference/options.toml
    needs_interpreter = models.BooleanField(default=False)
    person = SealedField()

    class Meta:
        db_table = "incidents_profile"

    def __str__(self) -> str:
        """The source alone."""
        return self.source


@protected
class Incident(Written):
    """Something that happened: one day or a period, in one place.

    ``detail`` holds all answers and words. ``contexts`` and ``elapsed`` are computed from the tables
    in ``reference`` and never typed.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="incidents", db_index=False)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, blank=True)
    reported_on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    gbv_type = models.CharField(max_length=20, choices=GbvType)
    acts = ArrayField(models.CharField(max_length=2), default=list)
    contexts = ArrayField(models.CharField(max_length=20), default=list)
    elapsed = models.CharField(max_length=14, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    detail = SealedField()

    class Meta:
        db_table = "incidents_incident"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="incident_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(began_on__lte=F("reported_on")),
                name="incident_before_its_report",
            ),
        ]
        indexes = [models.Index(fields=["case", "began_on"], name="incident_of_case")]

    def __str__(self) -> str:
        """Type and id."""
        return f"{self.gbv_type} · {self.pk}"


@protected
class Perpetrator(VaultRecord):
    """Who is said to have done it. ``identity`` holds {full_name, phone, id_number, address, note}."""

    incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="perpetrators", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    relationship = models.CharField(max_length=14)
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    age_group = models.CharField(max_length=10, default="UNKNOWN")
    occupation = models.CharField(max_length=14, default="UNKNOWN")
    identity = SealedField()

    class Meta:
        db_table = "incidents_perpetrator"
        constraints = [
            models.UniqueConstraint(fields=["incident", "position"], name="perpetrator_place_once")
        ]

    def __str__(self) -> str:
        """The relationship alone."""
        return self.relationship


@protected
class PerpetratorToken(BlindToken):
    """A blind index of a name, phone or ID number: known again without storing the text."""

    perpetrator = models.ForeignKey(
        Perpetrator, models.CASCADE, related_name="tokens", db_index=False
    )

    class Meta:
        db_table = "incidents_perpetrator_token"
        constraints = [
            models.UniqueConstraint(
                fields=["perpetrator", "kind", "token"], name="alleged_token_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "token"], name="alleged_token_search")]

    def __str__(self) -> str:
        """The kind alone."""
        return self.kind


class Kind(models.TextChoices):
    """Which page is being typed."""

    INTAKE = "INTAKE", _("Tiếp nhận")
    PROFILE = "PROFILE", _("Nhân thân")
    INCIDENT = "INCIDENT", _("Sự việc")


@protected
class Draft(VaultRecord):
    """What one person has typed and not yet saved; nobody else reads it.

    Its id follows from writer, page and record, so a page finds it again after a crash. ``typed``
    is what stands in the fields, also what no field can read. A draft within a case is under the
    case's key; an intake has a key of its own, which ends with it.
    """

    kind = models.CharField(max_length=8, choices=Kind)
    record = models.UUIDField(editable=False)  # the record it will become, or changes
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    writer = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField()
    tab = models.UUIDField(editable=False)
    revision = models.PositiveIntegerField(default=1)
    typed = SealedField()

    class Meta:
        db_table = "incidents_draft"
        indexes = [models.Index(fields=["writer", "kind", "-saved_at"], name="draft_of_writer")]

    def __str__(self) -> str:
        """Kind and id."""
        return f"{self.kind} · {self.pk}"
