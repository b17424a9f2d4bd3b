"""Papers of a case: notes, files and body maps, each in versions, and their withdrawals."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import User
from diemtua.casework.cases.models import Case, How
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class Kind(models.TextChoices):
    """What a paper is. It shows in lists and in the log before anything is opened."""

    CALL = "CALL", _("Cuộc gọi")
    MEETING = "MEETING", _("Cuộc gặp")
    VISIT = "VISIT", _("Đến nhà")
    SUPERVISION = "SUPERVISION", _("Giám sát chuyên môn")
    NOTE = "NOTE", _("Ghi chú khác")
    PHOTO = "PHOTO", _("Ảnh")
    AUDIO = "AUDIO", _("Ghi âm")
    MEDICAL = "MEDICAL", _("Giấy tờ y tế")
    OFFICIAL = "OFFICIAL", _("Giấy của cơ quan")
    CONSENT = "CONSENT", _("Giấy đồng thuận đã ký")
    IDENTITY = "IDENTITY", _("Giấy tờ tùy thân")
    DOCUMENT = "DOCUMENT", _("Giấy tờ khác")
    BODY_MAP = "BODY_MAP", _("Sơ đồ thương tích")


NOTES = (Kind.CALL, Kind.MEETING, Kind.VISIT, Kind.SUPERVISION, Kind.NOTE)
FILES = (
    Kind.PHOTO,
    Kind.AUDIO,
    Kind.MEDICAL,
    Kind.OFFICIAL,
    Kind.CONSENT,
    Kind.IDENTITY,
    Kind.DOCUMENT,
)


@protected
class Paper(VaultRecord):
    """One version of a paper; a correction is a new version that names the one it replaces.

    ``content`` is {text} of a note, {title, note} of a file, {marks, note} of a body map. The versions
    of one paper (``thread``: the first one's id) are sealed under one data key of their own, so that
    one paper can be erased; PostgreSQL destroys it with the key of the case. Nothing of a paper is
    ever changed; ``erase_paper`` alone empties it. A photo names how and when she agreed to it.
    """

    thread = models.UUIDField(editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=Kind)
    happened_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    agreed_how = models.CharField(max_length=16, choices=How, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    content = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, thread=F("id"))
                | (Q(replaces__isnull=False) & ~Q(thread=F("id"))),
                name="paper_thread_is_its_first",
            ),
            models.UniqueConstraint(
                fields=["data_key"], condition=Q(replaces__isnull=True), name="paper_key_of_its_own"
            ),
            models.CheckConstraint(
                condition=(Q(kind=Kind.PHOTO, agreed_on__isnull=False) & ~Q(agreed_how=""))
                | (~Q(kind=Kind.PHOTO) & Q(agreed_on__isnull=True, agreed_how="")),
                name="paper_photo_agreed_to",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-happened_on", "-recorded_at"], name="paper_of_case"),
            models.Index(fields=["thread", "recorded_at"], name="paper_of_thread"),
        ]

    def __str__(self) -> str:
        """Kind and id."""
        return f"{self.kind} · {self.pk}"


class State(models.TextChoices):
    """Where a withdrawal stands."""

    ASKED = "ASKED", _("Chờ giám sát duyệt xóa")
    KEPT = "KEPT", _("Giữ lại")
    WITHDRAWN = "WITHDRAWN", _("Đã rút")
    ERASED = "ERASED", _("Đã xóa vĩnh viễn")


@protected
class Withdrawal(models.Model):
    """A paper taken out of use, with its reason. To erase it takes a supervisor who did not ask for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    thread = models.UUIDField(editable=False)
    reason = models.CharField(max_length=12)  # reference/reasons.toml
    erases = models.BooleanField()
    state = models.CharField(max_length=9, choices=State)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=~Q(state=State.KEPT), name="withdrawal_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.ASKED, State.WITHDRAWN], decided_at__isnull=True)
                | Q(
                    state__in=[State.KEPT, State.ERASED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="withdrawal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(erases=False, state=State.WITHDRAWN)
                | Q(erases=True, state__in=[State.ASKED, State.KEPT, State.ERASED]),
                name="withdrawal_erases_by_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ERASED) | ~Q(asked_by=F("decided_by")),
                name="withdrawal_erased_by_two",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "asked_at"], name="withdrawal_of_case"),
            models.Index(
                fields=["asked_at"], condition=Q(state=State.ASKED), name="withdrawal_to_decide"
            ),
        ]

    def __str__(self) -> str:
        """State and id."""
        return f"{self.state} · {self.pk}"
