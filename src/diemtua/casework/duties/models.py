"""Duties: what the law or the city demands of somebody once a call came in or a case is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord
from diemtua.places.models import Unit


class State(models.TextChoices):
    """Where a duty stands. Overdue is no state: it follows from the clock."""

    OPEN = "OPEN", _("Chờ xác nhận")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Đã tiếp nhận")


@protected
class Duty(VaultRecord):
    """One duty of one holder about one case, under the rule of its day.

    ``rule`` is the definition as it stood when the duty began (law, article, hours, version): a
    later change of law leaves it alone. ``notice`` is the sealed short text for the holder;
    ``coded`` holds facts that identify nobody.

    ``from_contact`` is the hotline's contact it began with, by its id alone, since the hotline lies
    above: a caller who wants no case still has the law's protection. Once there is a case, the duty
    may be joined to it.
    """

    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="duties", db_index=False
    )
    from_contact = models.UUIDField(null=True, blank=True, editable=False)
    definition = models.CharField(max_length=40)
    rule = models.JSONField()
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # the case's
    informed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    coded = models.JSONField()
    notice = SealedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "definition"], name="duty_once_per_case"),
            models.UniqueConstraint(
                fields=["from_contact", "definition", "unit"], name="duty_once_per_contact"
            ),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(from_contact__isnull=False),
                name="duty_about_something",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.OPEN, acknowledged_at__isnull=True)
                | models.Q(state=State.ACKNOWLEDGED, acknowledged_at__isnull=False),
                name="duty_acknowledged_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["holder", "state", "due_at"], name="duty_of_holder")]

    def __str__(self) -> str:
        """Definition and id."""
        return f"{self.definition} · {self.pk}"
