"""Referrals: a case's chosen parts, sent to one facility, for as long as the referral lives."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models import Case, Section
from diemtua.directory.models import Facility
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class State(models.TextChoices):
    """Where a referral stands."""

    SENT = "SENT", _("Đang chờ trả lời")
    ACCEPTED = "ACCEPTED", _("Đã nhận")
    DECLINED = "DECLINED", _("Không nhận được")
    COMPLETED = "COMPLETED", _("Đã xong")
    REVOKED = "REVOKED", _("Đã thu hồi")


LIVE = (State.SENT, State.ACCEPTED)
"""States in which the receiving side may read what was shared."""


class DeclineReason(models.TextChoices):
    """Why a provider cannot take her; a code, so that nothing about her is typed here."""

    FULL = "FULL", _("Hết chỗ")
    NOT_FIT = "NOT_FIT", _("Không phù hợp với nhu cầu")
    UNSAFE = "UNSAFE", _("Nơi này không còn an toàn")
    CLOSED = "CLOSED", _("Tạm ngừng đón")
    OTHER = "OTHER", _("Lý do khác, sẽ gọi điện")


@protected
class Referral(models.Model):
    """A case referred to a facility: who, to whom, which parts, and how it was answered.

    ``people`` counts and states are no secrets between the two sides; everything about the person
    is in the packet. ``shared_until`` ends the sharing by itself when her consent ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals", db_index=False)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False
    )
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sections = ArrayField(models.CharField(max_length=10, choices=Section))
    adults = models.PositiveSmallIntegerField(default=1)
    children = models.PositiveSmallIntegerField(default=0)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    decline_reason = models.CharField(max_length=8, choices=DeclineReason, blank=True)
    sent_at = models.DateTimeField()
    shared_until = models.DateTimeField(null=True, blank=True)  # exclusive
    first_read_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DECLINED) & ~Q(decline_reason="")
                | ~Q(state=State.DECLINED) & Q(decline_reason=""),
                name="referral_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("sent_at")),
                name="referral_answered_after_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-sent_at"], name="referral_of_case"),
            models.Index(fields=["to_organisation", "-sent_at"], name="referral_inbox"),
        ]

    def __str__(self) -> str:
        """State and id."""
        return f"{self.state} · {self.pk}"


@protected
class Packet(VaultRecord):
    """What the receiving side may read, sealed under its own key, apart from the case.

    PostgreSQL shows it to the receiving side only while the referral lives; revoking destroys the
    key.
    """

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="packet")
    content = SealedField()

    def __str__(self) -> str:
        """The referral's id."""
        return str(self.referral_id)


@protected
class Stay(models.Model):
    """A stay that followed from a referral: when, and how many people. It names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, models.CASCADE, related_name="stay")
    adults = models.PositiveSmallIntegerField()
    children = models.PositiveSmallIntegerField(default=0)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="stay_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(adults__gte=1), name="stay_of_somebody"),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
