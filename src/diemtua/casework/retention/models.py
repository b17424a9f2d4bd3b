"""What a person asks of her data, by when it is answered, and the erasure that two people decide."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class State(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "RECEIVED", _("Đã nhận")
    GRANTED = "GRANTED", _("Đã chấp thuận")
    DONE = "DONE", _("Đã làm xong")
    REFUSED = "REFUSED", _("Đã từ chối")


@protected
class DataRequest(VaultRecord):
    """One thing she asks of her data: a copy, a correction, a limit, the erasure of her file.

    An erasure is granted by the supervisor and carried out by the data protection officer, never
    one person. ``note`` holds her words under the case's own key and goes with it; ``code`` is
    the case's, kept so that the erasure can be proven afterwards.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    right = models.CharField(max_length=10)  # reference/rights.toml
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField()
    reply_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    extended_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=20, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)
    note = SealedField()

    class Meta:
        db_table = "retention_request"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(done_at__isnull=False, done_by__isnull=False),
                name="request_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REFUSED) | Q(refusal=""), name="request_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(right="ERASE", state=State.DONE) | ~Q(decided_by=F("done_by")),
                name="request_erased_by_two",
            ),
            models.UniqueConstraint(
                fields=["case", "right"],
                condition=Q(state__in=[State.RECEIVED, State.GRANTED]),
                name="request_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at"],
                condition=Q(state__in=[State.RECEIVED, State.GRANTED]),
                name="request_of_team",
            ),
            models.Index(fields=["case", "-received_at"], name="request_of_case"),
            models.Index(
                fields=["due_at"],
                condition=Q(right="ERASE", state=State.GRANTED),
                name="request_to_erase",
            ),
        ]

    def __str__(self) -> str:
        """The right and the id."""
        return f"{self.right} · {self.pk}"
