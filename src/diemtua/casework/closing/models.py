"""Closures: who asked to close a case and why, what was checked, who agreed, and when it was reopened."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class State(models.TextChoices):
    """Where a closure stands."""

    ASKED = "ASKED", _("Chờ duyệt")
    RETURNED = "RETURNED", _("Trả lại để làm tiếp")
    APPROVED = "APPROVED", _("Đã khép")
    REOPENED = "REOPENED", _("Đã mở lại")


@protected
class Closure(VaultRecord):
    """One closing of one case. The notes are sealed under the case's own data key.

    Whoever agrees is never who asked; PostgreSQL closes a case by no other way.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=12)  # reference/closing.toml
    checks = ArrayField(models.CharField(max_length=12), default=list)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.CharField(max_length=12, blank=True)
    note = SealedField()
    answer = SealedField()

    class Meta:
        db_table = "closing_closure"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["ASKED", "APPROVED"]),
                name="closure_living_once",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state=State.ASKED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="closure_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REOPENED, reopened_by__isnull=False)
                | (~Q(state=State.REOPENED) & Q(reopened_by__isnull=True)),
                name="closure_reopened_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["case", "-asked_at"], name="closure_of_case")]

    def __str__(self) -> str:
        """State and id."""
        return f"{self.state} · {self.pk}"
