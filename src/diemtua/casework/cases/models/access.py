"""Who besides its team may open a case, since when, until when and why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models.records import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class AccessKind(models.TextChoices):
    """How somebody came by the access."""

    BREAK_GLASS = "BREAK_GLASS", _("Mở khẩn cấp")
    COVER = "COVER", _("Trực thay")


class Verdict(models.TextChoices):
    """What the supervisor found when she looked at an emergency access afterwards."""

    JUSTIFIED = "JUSTIFIED", _("Chính đáng")
    NOT_JUSTIFIED = "NOT_JUSTIFIED", _("Chưa thấy chính đáng")


@protected
class CaseAccess(VaultRecord):
    """One person's temporary access to one case of her organisation.

    ``BREAK_GLASS`` she took herself in an emergency, for hours, and the supervisor reviews it;
    ``COVER`` the supervisor gave her, for days. Both end by themselves. What was written as the
    reason and at the review is sealed under a key of its own: it outlives the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="accesses", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=AccessKind)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # exclusive
    ended_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=13, choices=Verdict, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = SealedField()
    review = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="access_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at__isnull=True, reviewed_by__isnull=True)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="access_verdict_has_its_reviewer",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="access_of_user"),
            models.Index(fields=["case", "-begins_at"], name="access_of_case"),
            models.Index(
                fields=["organisation", "begins_at"],
                condition=Q(kind=AccessKind.BREAK_GLASS, verdict=""),
                name="access_to_review",
            ),
        ]

    def __str__(self) -> str:
        """Kind and id."""
        return f"{self.kind} · {self.pk}"
