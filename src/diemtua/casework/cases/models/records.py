"""Cases: a person's file, what she agreed to, and the help she was given."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, OrganisationKind, User
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import BlindToken, SealedField, VaultRecord
from diemtua.places.models import Unit


class Status(models.TextChoices):
    """Where a case stands."""

    OPEN = "OPEN", _("Chưa có người nhận")
    IN_PROGRESS = "IN_PROGRESS", _("Đang hỗ trợ")
    CLOSED = "CLOSED", _("Đã khép lại")


class Risk(models.TextChoices):
    """How great the danger to her is, as last judged."""

    HIGH = "HIGH", _("Nguy cơ cao")
    UNASSESSED = "UNASSESSED", _("Chưa đánh giá")
    MEDIUM = "MEDIUM", _("Nguy cơ vừa")
    LOW = "LOW", _("Nguy cơ thấp")


class GbvType(models.TextChoices):
    """The GBVIMS classification: the first that applies, in this order."""

    RAPE = "RAPE", _("Hiếp dâm")
    SEXUAL_ASSAULT = "SEXUAL_ASSAULT", _("Xâm hại tình dục khác")
    PHYSICAL_ASSAULT = "PHYSICAL_ASSAULT", _("Bạo lực thể chất")
    FORCED_MARRIAGE = "FORCED_MARRIAGE", _("Ép kết hôn, tảo hôn")
    DENIAL_OF_RESOURCES = "DENIAL_OF_RESOURCES", _("Tước nguồn lực, cơ hội, dịch vụ")
    PSYCHOLOGICAL_ABUSE = "PSYCHOLOGICAL_ABUSE", _("Bạo lực tinh thần")
    NON_GBV = "NON_GBV", _("Không phải bạo lực trên cơ sở giới")


class Sex(models.TextChoices):
    """Sex as she states it; unknown is an answer."""

    FEMALE = "FEMALE", _("Nữ")
    MALE = "MALE", _("Nam")
    UNKNOWN = "UNKNOWN", _("Chưa rõ")


class AgeGroup(models.TextChoices):
    """Age in the groups that statistics use; unknown is an answer."""

    UNDER_16 = "UNDER_16", _("Dưới 16 tuổi")
    FROM_16 = "FROM_16", _("16–17 tuổi")
    FROM_18 = "FROM_18", _("18–25 tuổi")
    FROM_26 = "FROM_26", _("26–40 tuổi")
    FROM_41 = "FROM_41", _("41–59 tuổi")
    FROM_60 = "FROM_60", _("Từ 60 tuổi")
    UNKNOWN = "UNKNOWN", _("Chưa rõ")


@protected
class Case(VaultRecord):
    """One person's file. Who she is, what she told and how to reach her are always ciphertext.

    ``identity`` holds {full_name, phones, address, birth_year}; ``fact_link`` the id of her
    non-identifying fact row, so that nobody can go from the statistics to her without the key.
    ``urgency`` is computed by PostgreSQL from ``risk``: a smaller number is seen to first.
    """

    code = models.CharField(max_length=20)
    alias = models.CharField(max_length=40)  # generated, never typed
    # The lists' indexes below begin with these three, so they need none of their own.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # where it happened
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    risk = models.CharField(max_length=10, choices=Risk, default=Risk.UNASSESSED)
    urgency = models.GeneratedField(
        expression=models.Case(
            models.When(risk=Risk.HIGH, then=Value(1)),
            models.When(risk=Risk.UNASSESSED, then=Value(2)),
            models.When(risk=Risk.MEDIUM, then=Value(3)),
            default=Value(4),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    danger_now = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    contact_due_at = models.DateTimeField()  # when somebody must have spoken with her again
    gbv_type = models.CharField(max_length=20, choices=GbvType)
    acts = ArrayField(models.CharField(max_length=2), default=list)  # points of the law, art. 3.1
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    age_group = models.CharField(max_length=8, choices=AgeGroup, default=AgeGroup.UNKNOWN)
    identity = SealedField()
    story = SealedField()
    safe_contact = SealedField()
    fact_link = SealedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="case_code_once"),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN, worker__isnull=True)
                | (~Q(status=Status.OPEN) & Q(worker__isnull=False)),
                name="case_open_without_worker",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "urgency", "contact_due_at"],
                condition=~Q(status=Status.CLOSED),
                name="case_team_board",
            ),
            models.Index(
                fields=["worker", "urgency", "contact_due_at"],
                condition=~Q(status=Status.CLOSED),
                name="case_worker_today",
            ),
            models.Index(fields=["organisation", "-opened_at"], name="case_team_newest"),
            models.Index(fields=["worker", "-opened_at"], name="case_worker_newest"),
            models.Index(fields=["opened_by", "-opened_at"], name="case_opener_newest"),
            models.Index(
                fields=["organisation", "urgency", "opened_at"],
                condition=Q(status=Status.OPEN),
                name="case_waiting",
            ),
            models.Index(fields=["organisation", "alias"], name="case_alias"),
        ]

    def __str__(self) -> str:
        """The code, which tells nothing of the person."""
        return self.code


class Purpose(models.TextChoices):
    """What one consent is for."""

    STORE = "STORE", _("Lưu hồ sơ")
    SHARE = "SHARE", _("Chia sẻ thông tin")
    STATISTICS = "STATISTICS", _("Dùng cho thống kê, không có danh tính")
    CONTACT = "CONTACT", _("Được liên lạc với chị")


class Section(models.TextChoices):
    """A part of the case that can be shared on its own."""

    NEEDS = "NEEDS", _("Nhu cầu khi đón")
    NAME = "NAME", _("Họ tên")
    ADDRESS = "ADDRESS", _("Nơi ở")
    CONTACT = "CONTACT", _("Cách liên lạc an toàn")
    INCIDENT = "INCIDENT", _("Loại bạo lực và hành vi")
    STORY = "STORY", _("Điều đã kể")


class How(models.TextChoices):
    """How she gave her consent."""

    SPOKEN_BY_PHONE = "SPOKEN_BY_PHONE", _("Nói qua điện thoại")
    SPOKEN_IN_PERSON = "SPOKEN_IN_PERSON", _("Nói trực tiếp")
    WRITTEN = "WRITTEN", _("Viết, ký")


@protected
class Consent(models.Model):
    """One thing she agreed to: for what, with whom, which parts, since and until when.

    A SHARE consent names one organisation or a kind of organisation. It is never changed but by
    its withdrawal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient_kind = models.CharField(max_length=24, choices=OrganisationKind, blank=True)
    sections = ArrayField(models.CharField(max_length=10, choices=Section), default=list)
    how = models.CharField(max_length=16, choices=How)
    explained_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)  # exclusive
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(purpose=Purpose.SHARE, recipient__isnull=False, recipient_kind="")
                    | (Q(purpose=Purpose.SHARE, recipient__isnull=True) & ~Q(recipient_kind=""))
                    | (~Q(purpose=Purpose.SHARE) & Q(recipient__isnull=True, recipient_kind=""))
                ),
                name="consent_share_names_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("given_at")),
                name="consent_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["case", "purpose"], name="consent_of_case")]

    def __str__(self) -> str:
        """Purpose and id."""
        return f"{self.purpose} · {self.pk}"


class Outcome(models.TextChoices):
    """What became of a service."""

    GIVEN = "GIVEN", _("Đã cung cấp")
    DECLINED = "DECLINED", _("Chị không nhận")


@protected
class ServiceGiven(VaultRecord):
    """A service given to her, or offered and declined, under the case's own data key.

    ``source`` is the record it follows from, such as a stay in a shelter: one service for each.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="services", db_index=False)
    sector = models.CharField(max_length=16)  # cases/reference/services.toml
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.GIVEN)
    decline_reason = models.CharField(max_length=24, blank=True)
    given_on = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who gave it
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    source = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    note = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GIVEN, decline_reason="")
                | (Q(outcome=Outcome.DECLINED) & ~Q(decline_reason="")),
                name="service_declined_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "given_on"], name="service_of_case")]

    def __str__(self) -> str:
        """Sector and day."""
        return f"{self.sector} · {self.given_on}"


@protected
class CaseToken(BlindToken):
    """A blind index of a name's word or a phone number: finds a case without storing the text."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tokens", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "token"], name="case_token_once")
        ]
        indexes = [models.Index(fields=["kind", "token", "case"], name="case_token_search")]

    def __str__(self) -> str:
        """The kind alone."""
        return self.kind
