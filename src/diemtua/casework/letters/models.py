"""Links that open a referral once, for a place without an account."""

import uuid

from django.db import models
from django.db.models import F, Q

from diemtua.accounts.models import User
from diemtua.casework.referrals.models import Referral
from diemtua.foundation.database.tables import protected


@protected
class ReferralLink(models.Model):
    """A link to one referral: whoever holds it and is told its number reads once, then answers.

    Neither the link nor the number stands here: both are made from the id under a key outside the
    database, and the row keeps only the hash by which PostgreSQL knows who holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="+", db_index=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    open_until = models.DateTimeField()  # exclusive
    answer_until = models.DateTimeField()  # exclusive
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "letters_link"
        constraints = [
            models.CheckConstraint(
                condition=Q(open_until__gt=F("made_at"), answer_until__gte=F("open_until")),
                name="link_lasts",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(closed_at__isnull=True), name="link_living_once"
            ),
        ]
        indexes = [models.Index(fields=["referral", "-made_at"], name="link_of_referral")]

    def __str__(self) -> str:
        """The id alone."""
        return str(self.pk)
