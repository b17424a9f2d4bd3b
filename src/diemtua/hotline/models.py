"""Contacts: one call or message to the hotline."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.models import Case, GbvType
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord
from diemtua.places.models import Unit


class CallerKind(models.TextChoices):
    """Who calls."""

    PERSON_HARMED = "PERSON_HARMED", _("Người bị bạo lực")
    RELATIVE = "RELATIVE", _("Người thân")
    NEIGHBOUR = "NEIGHBOUR", _("Hàng xóm, người quen")
    OFFICIAL = "OFFICIAL", _("Cán bộ, cơ quan")
    UNKNOWN = "UNKNOWN", _("Chưa rõ")


class Danger(models.TextChoices):
    """Is anybody in danger now? Not knowing and not being sure are answers of their own."""

    YES = "YES", _("Có")
    NO = "NO", _("Không")
    UNSURE = "UNSURE", _("Chị không chắc")
    UNKNOWN = "UNKNOWN", _("Chưa hỏi được")


class CallBack(models.TextChoices):
    """May she be called back?"""

    CALL = "CALL", _("Gọi được")
    MESSAGE = "MESSAGE", _("Chỉ nhắn tin")
    NEVER = "NEVER", _("Không gọi, không nhắn")


class Channel(models.TextChoices):
    """How it came in. Source: Law 13/2022/QH15, art. 19 clause 2."""

    PHONE = "PHONE", _("Gọi điện")
    MESSAGE = "MESSAGE", _("Nhắn tin")
    LETTER = "LETTER", _("Gửi đơn, thư")
    IN_PERSON = "IN_PERSON", _("Đến trực tiếp")


class Outcome(models.TextChoices):
    """How a contact ended."""

    INFORMED = "INFORMED", _("Đã tư vấn")
    HANDED_OVER = "HANDED_OVER", _("Đã chuyển máy")
    CALL_BACK = "CALL_BACK", _("Hẹn gọi lại")
    CUT_OFF = "CUT_OFF", _("Đứt giữa chừng")
    SILENT = "SILENT", _("Không nói gì")
    NOT_OURS = "NOT_OURS", _("Không thuộc việc của đường dây")
    CASE = "CASE", _("Đã mở hồ sơ")


class State(models.TextChoices):
    """Where a contact stands."""

    DRAFT = "DRAFT", _("Đang ghi")
    DONE = "DONE", _("Đã ghi xong")


@protected
class Contact(VaultRecord):
    """A call or message. What was told and how to call back are always ciphertext.

    ``tab`` and ``version`` tell whether another page saved it meanwhile. ``notice_told_at`` is when
    the counsellor said, before listening, that the commune's chairman must be told. ``unread`` keeps
    what was typed into a part that cannot read it, by the part's name, until it is put right.

    ``taken_by`` took the call and stays; ``held_by`` is who has it now, after a hand-over.
    ``phone_token`` finds other calls from the same number, without the number.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.PHONE)
    line = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    caller_kind = models.CharField(max_length=13, choices=CallerKind, default=CallerKind.UNKNOWN)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    acts = ArrayField(models.CharField(max_length=2), default=list)
    gbv_type = models.CharField(max_length=20, choices=GbvType, blank=True)
    danger_now = models.CharField(max_length=7, choices=Danger, default=Danger.UNKNOWN)
    children = models.PositiveSmallIntegerField(default=0)
    notice_told_at = models.DateTimeField(null=True, blank=True)
    call_back_at = models.DateTimeField(null=True, blank=True)
    called_back_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    handed_to = models.CharField(max_length=20, blank=True)  # the number of a line
    callback = SealedField()  # {phone, may, hours, say, code_word}
    notes = SealedField()
    unread = SealedField()
    phone_token = models.BinaryField(max_length=16, null=True, blank=True)
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    tab = models.UUIDField(null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["held_by", "-started_at"], name="contact_of_counsellor"),
            models.Index(fields=["organisation", "-started_at"], name="contact_of_centre"),
            models.Index(
                fields=["held_by", "call_back_at"],
                condition=models.Q(call_back_at__isnull=False, called_back_at__isnull=True),
                name="contact_to_call_back",
            ),
            models.Index(
                fields=["organisation", "phone_token"],
                condition=models.Q(phone_token__isnull=False),
                name="contact_by_phone",
            ),
        ]

    def __str__(self) -> str:
        """The id, which tells nothing."""
        return str(self.pk)


@protected
class HandOver(VaultRecord):
    """A contact that passed from one counsellor to another, with a sealed word for the next shift."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="hand_overs", db_index=False)
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # who had it before
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_to = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    word = SealedField()

    class Meta:
        indexes = [models.Index(fields=["contact", "-given_at"], name="hand_over_of_contact")]

    def __str__(self) -> str:
        """The id, which tells nothing."""
        return str(self.pk)


@protected
class Line(models.Model):
    """A telephone number: one that is answered here, or one a caller may be handed to.

    ``is_checked``: somebody called it or read it in a public source, on ``last_checked``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=20)  # as it is dialled
    shown = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    is_own = models.BooleanField(default=False)
    is_used = models.BooleanField(default=True)
    is_checked = models.BooleanField(default=False)
    last_checked = models.DateField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="line_number_once")]

    def __str__(self) -> str:
        """The number as it is printed."""
        return self.shown
