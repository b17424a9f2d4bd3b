"""The ways that she called safe, and what was tried by them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class Channel(models.TextChoices):
    """How somebody reaches her."""

    CALL = "CALL", _("Gọi điện")
    MESSAGE = "MESSAGE", _("Nhắn tin")
    LETTER = "LETTER", _("Gửi thư")
    SLIP = "SLIP", _("Đưa giấy hẹn")


class Answers(models.TextChoices):
    """Who may be spoken with when somebody answers."""

    SELF = "SELF", _("Chỉ chính chị")
    TRUSTED = "TRUSTED", _("Chị hoặc người chị tin")


class Came(models.TextChoices):
    """What came of trying to reach her."""

    BEGUN = "BEGUN", _("Chưa ghi kết quả")
    REACHED = "REACHED", _("Đã nói chuyện với chị")
    NO_ANSWER = "NO_ANSWER", _("Không ai nghe")
    SOMEBODY_ELSE = "SOMEBODY_ELSE", _("Người khác nghe")
    GIVEN = "GIVEN", _("Đã gửi, đã đưa")


@protected
class SafeWay(VaultRecord):
    """One way to reach her that she called safe, until it is ended. All of it is sealed.

    ``content`` holds {channel, to, days, since, until, answers, say, code_word, note} under the
    case's own data key.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    content = SealedField()

    class Meta:
        db_table = "reaching_way"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="way_ended_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["case", "-noted_at"], name="way_of_case")]

    def __str__(self) -> str:
        """The id alone."""
        return str(self.pk)


@protected
class Attempt(VaultRecord):
    """Somebody reached for her by a safe way, and what came of it; the note is sealed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    way = models.ForeignKey(SafeWay, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=7, choices=Channel)
    tried_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    tried_at = models.DateTimeField()
    came = models.CharField(max_length=13, choices=Came, default=Came.BEGUN)
    told_at = models.DateTimeField(null=True, blank=True)
    note = SealedField()

    class Meta:
        db_table = "reaching_attempt"
        indexes = [models.Index(fields=["case", "-tried_at"], name="attempt_of_case")]

    def __str__(self) -> str:
        """Channel and id."""
        return f"{self.channel} · {self.pk}"
