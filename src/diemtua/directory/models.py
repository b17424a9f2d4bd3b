"""Places that help: what they are, whether they can take someone tonight, and where they are."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord
from diemtua.places.models import Unit


class FacilityKind(models.TextChoices):
    """What a facility is; the supporting facilities of Law 13/2022 art. 35.2 and one-stop centres."""

    TRUSTED_ADDRESS = "TRUSTED_ADDRESS", _("Địa chỉ tin cậy")
    SHELTER = "SHELTER", _("Nơi tạm lánh")
    ONE_STOP = "ONE_STOP", _("Trung tâm một cửa")
    HEALTH = "HEALTH", _("Cơ sở y tế")
    COUNSELLING = "COUNSELLING", _("Tư vấn tâm lý")
    LEGAL_AID = "LEGAL_AID", _("Trợ giúp pháp lý")
    POLICE = "POLICE", _("Công an")
    SOCIAL = "SOCIAL", _("Trợ giúp xã hội")
    OTHER = "OTHER", _("Nơi hỗ trợ khác")


LODGING: tuple[str, ...] = (
    FacilityKind.TRUSTED_ADDRESS,
    FacilityKind.SHELTER,
    FacilityKind.ONE_STOP,
    FacilityKind.HEALTH,
)
"""Kinds where a person can stay the night; the others are not asked for tonight's places."""


class Readiness(models.TextChoices):
    """A facility's own answer: can it take someone tonight?"""

    READY = "READY", _("Sẵn sàng")
    FULL = "FULL", _("Hết chỗ")
    AWAY = "AWAY", _("Tạm vắng")


@protected
class Facility(models.Model):
    """A service at a location, as HSDS calls it: what it offers, to whom, by which number.

    Where it stands is not here: street and directions lie sealed in ``FacilityAddress``, and
    ``latitude``/``longitude`` are masked to about a kilometre. ``is_published`` says that its name
    and number may be shown to the public; members' pages do not depend on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=FacilityKind)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=400, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    beds = models.PositiveSmallIntegerField(default=0)
    takes_children = models.BooleanField(default=False)
    takes_boys_up_to = models.PositiveSmallIntegerField(null=True, blank=True)  # age; null: any
    takes_men = models.BooleanField(default=False)
    is_accessible = models.BooleanField(default=False)  # for a wheelchair
    phone = models.CharField(max_length=20, blank=True)  # may be given to the public
    staff_phone = models.CharField(max_length=20, blank=True)  # among colleagues alone
    opening = models.CharField(
        max_length=120, blank=True
    )  # «cả ngày đêm», «7:00–17:00 ngày làm việc»
    latitude = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    longitude = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_published = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # exclusive; set: withdrawn

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(valid_to__isnull=True),
                name="facility_once_in_organisation",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="facility_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(takes_boys_up_to__isnull=True) | Q(takes_children=True),
                name="facility_boys_are_children",
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], name="facility_unit"),
            models.Index(fields=["organisation"], name="facility_organisation"),
        ]

    def __str__(self) -> str:
        """The facility's name."""
        return self.name

    @property
    def is_lodging(self) -> bool:
        """Whether a person can stay the night here."""
        return self.kind in LODGING


@protected
class FacilityAddress(VaultRecord):
    """Where a facility stands: street and the way there, sealed, in a table of its own.

    Read by its own organisation, by the officer of its commune, and by organisations that hold
    an ``AddressGrant`` that has not run out.
    """

    facility = models.OneToOneField(Facility, models.CASCADE, related_name="address")
    street = SealedField()
    directions = SealedField()

    def __str__(self) -> str:
        """The facility's id."""
        return str(self.facility_id)


@protected
class AddressGrant(models.Model):
    """An organisation may open a facility's address until a moment, because it was accepted there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_until = models.DateTimeField()  # exclusive

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("granted_at")), name="address_grant_lasts"
            )
        ]
        indexes = [
            models.Index(
                fields=["facility", "organisation", "valid_until"], name="address_grant_held"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


@protected
class ReadinessAnswer(models.Model):
    """What a facility said about tonight; never changed, the latest counts until it grows stale.

    ``valid_until`` is set by who answers (away until then); without it an answer holds as long as
    ``reference/readiness.toml`` says. Silence is no answer and never counts as ready.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="answers")
    state = models.CharField(max_length=5, choices=Readiness)
    places = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    valid_until = models.DateTimeField(null=True, blank=True)  # exclusive

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Readiness.READY, places__gte=1)
                | ~Q(state=Readiness.READY) & Q(places=0),
                name="readiness_ready_with_places",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("answered_at")),
                name="readiness_lasts",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-answered_at"], name="readiness_latest")]

    def __str__(self) -> str:
        """State and places."""
        return f"{self.state} · {self.places}"
