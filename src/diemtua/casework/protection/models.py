"""Measures that protect her, and the steps by which they began, ran and ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class AskedBy(models.TextChoices):
    """Who asked. Source: Law 13/2022/QH15, art. 25 clause 1."""

    SURVIVOR = "SURVIVOR", _("Người bị bạo lực")
    GUARDIAN = "GUARDIAN", _("Người giám hộ")
    REPRESENTATIVE = "REPRESENTATIVE", _("Người đại diện theo pháp luật")
    BODY = "BODY", _("Cơ quan, tổ chức, cá nhân có thẩm quyền")
    NOBODY = "NOBODY", _("Không ai đề nghị; nơi quyết định tự áp dụng")


class Kind(models.TextChoices):
    """One step of a measure."""

    ASKED = "ASKED", _("Đề nghị áp dụng")
    DECIDED = "DECIDED", _("Có quyết định áp dụng")
    REFUSED = "REFUSED", _("Từ chối bằng văn bản")
    ASSIGNED = "ASSIGNED", _("Phân công người giám sát")
    CONTACT = "CONTACT", _("Thông báo tiếp xúc, người giám sát đã ký")
    VIOLATED = "VIOLATED", _("Vi phạm lệnh cấm")
    CANCEL_ASKED = "CANCEL_ASKED", _("Đề nghị hủy bỏ")
    CANCELLED = "CANCELLED", _("Hủy bỏ quyết định")
    CANCEL_REFUSED = "CANCEL_REFUSED", _("Không chấp nhận hủy bỏ")
    ENDED = "ENDED", _("Kết thúc biện pháp")


class ContactReason(models.TextChoices):
    """Why contact is allowed during a ban. Source: Decree 76/2023/NĐ-CP, art. 18."""

    CEREMONY = "CEREMONY", _("Cưới hỏi, tang lễ trong gia đình")
    ILLNESS = "ILLNESS", _("Tai nạn, bệnh nặng")
    DISASTER = "DISASTER", _("Thiên tai, hỏa hoạn, dịch bệnh")


@protected
class Measure(models.Model):
    """One measure of a case. ``rule`` is the law as it stood on the day it was begun."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    definition = models.CharField(max_length=20)
    rule = models.JSONField()
    asked_by = models.CharField(max_length=14, choices=AskedBy)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()

    class Meta:
        db_table = "protection_measure"
        indexes = [models.Index(fields=["case", "-begun_at"], name="measure_of_case")]

    def __str__(self) -> str:
        """Definition and id."""
        return f"{self.definition} · {self.pk}"


@protected
class Step(VaultRecord):
    """One step of a measure, never changed. How the measure stands follows from its steps.

    ``content`` holds {number, note} under the case's own data key.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="steps", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=Kind)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=8, choices=ContactReason, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    noted_at = models.DateTimeField()
    content = SealedField()

    class Meta:
        db_table = "protection_step"
        constraints = [
            # Two officers at once: the second finds that the measure has gone on.
            models.UniqueConstraint(fields=["measure", "ordinal"], name="step_in_its_place"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("at")),
                name="step_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Kind and id."""
        return f"{self.kind} · {self.pk}"
