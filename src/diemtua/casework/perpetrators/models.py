"""Files of people who used violence: apart from the file of the person harmed, with keys of their own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.casework.cases.models import AgeGroup, Case, Sex
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import BlindToken, SealedField, VaultRecord
from diemtua.places.models import Unit


class State(models.TextChoices):
    """Where a file stands."""

    WAITING = "WAITING", _("Chờ người nhận")
    ACTIVE = "ACTIVE", _("Đang tham gia")
    CLOSED = "CLOSED", _("Đã kết thúc")


class Threat(models.TextChoices):
    """How likely he is judged to use violence again."""

    UNJUDGED = "UNJUDGED", _("Chưa đánh giá")
    HIGH = "HIGH", _("Nguy cơ cao")
    MEDIUM = "MEDIUM", _("Nguy cơ vừa")
    LOW = "LOW", _("Nguy cơ thấp")


class Attendance(models.TextChoices):
    """Whether he came."""

    CAME = "CAME", _("Có mặt")
    EXCUSED = "EXCUSED", _("Vắng có lý do")
    ABSENT = "ABSENT", _("Vắng không lý do")


@protected
class File(VaultRecord):
    """One person who used violence: worked with for change, by people who do not work her case.

    ``identity`` holds {full_name, phones, address, birth_year}, ``told`` what he or the referring
    office told; nothing of what the person harmed said ever stands here. ``fact_link`` leads to
    his non-identifying fact.
    """

    code = models.CharField(max_length=20, unique=True)
    alias = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    threat = models.CharField(max_length=8, choices=Threat, default=Threat.UNJUDGED)
    is_below_criminal = models.BooleanField()
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    age_group = models.CharField(max_length=8, choices=AgeGroup, default=AgeGroup.UNKNOWN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    identity = SealedField()
    told = SealedField()
    fact_link = SealedField()

    class Meta:
        db_table = "perpetrators_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.WAITING, worker__isnull=True)
                | (~Q(state=State.WAITING) & Q(worker__isnull=False)),
                name="perpetrator_waiting_without_worker",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True, outcome="")),
                name="perpetrator_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "opened_at"], name="perpetrator_team"),
            models.Index(fields=["worker", "state", "opened_at"], name="perpetrator_worker"),
        ]

    def __str__(self) -> str:
        """The code, which tells nothing of the person."""
        return self.code


@protected
class FileToken(BlindToken):
    """A blind index of his name or phone."""

    file = models.ForeignKey(File, models.CASCADE, related_name="tokens", db_index=False)

    class Meta:
        db_table = "perpetrators_file_token"
        constraints = [
            models.UniqueConstraint(fields=["file", "kind", "token"], name="perpetrator_token_once")
        ]
        indexes = [models.Index(fields=["kind", "token", "file"], name="perpetrator_token_search")]

    def __str__(self) -> str:
        """The kind alone."""
        return self.kind


@protected
class Tie(models.Model):
    """That a file belongs to the violence of a case. Who works with him cannot read this row."""

    id = models.UUIDField(primary_key=True, editable=False)
    file = models.ForeignKey(File, models.CASCADE, related_name="ties", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="ties", db_index=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "perpetrators_tie"
        constraints = [
            models.UniqueConstraint(fields=["case", "file"], name="perpetrator_tie_once")
        ]
        indexes = [models.Index(fields=["file"], name="perpetrator_tie_file")]

    def __str__(self) -> str:
        """The id alone."""
        return str(self.pk)


class Part(VaultRecord):
    """Something that happened in a file, under the file's own key."""

    file = models.ForeignKey(File, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    note = SealedField()

    class Meta:
        abstract = True


@protected
class Judgement(Part):
    """An assessment: risk factors, where he stands on the way to change, and the threat judged."""

    factors = ArrayField(models.CharField(max_length=16), default=list)
    stage = models.CharField(max_length=10)
    threat = models.CharField(max_length=8, choices=Threat)

    class Meta:
        db_table = "perpetrators_judgement"
        indexes = [models.Index(fields=["file", "-on"], name="perpetrator_judgement")]

    def __str__(self) -> str:
        """Threat and day."""
        return f"{self.threat} · {self.on}"


@protected
class Meeting(Part):
    """A meeting of the programme: what about, and whether he came."""

    topic = models.CharField(max_length=16)
    attendance = models.CharField(max_length=8, choices=Attendance)

    class Meta:
        db_table = "perpetrators_meeting"
        indexes = [models.Index(fields=["file", "-on"], name="perpetrator_meeting")]

    def __str__(self) -> str:
        """Topic and day."""
        return f"{self.topic} · {self.on}"


@protected
class Commitment(Part):
    """Something he undertook; ``note`` holds the words. ``is_kept`` says how it went."""

    until = models.DateField(null=True, blank=True)
    is_kept = models.BooleanField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "perpetrators_commitment"
        indexes = [models.Index(fields=["file", "-on"], name="perpetrator_commitment")]

    def __str__(self) -> str:
        """The day."""
        return str(self.on)


@protected
class Support(Part):
    """Help for what drives the violence: alcohol, work, mental health."""

    kind = models.CharField(max_length=16)
    is_accepted = models.BooleanField()

    class Meta:
        db_table = "perpetrators_support"
        indexes = [models.Index(fields=["file", "-on"], name="perpetrator_support")]

    def __str__(self) -> str:
        """Kind and day."""
        return f"{self.kind} · {self.on}"


@protected
class Relapse(Part):
    """He used violence again, or is about to: her team is told at once, without the words."""

    is_imminent = models.BooleanField(default=False)

    class Meta:
        db_table = "perpetrators_relapse"
        indexes = [models.Index(fields=["file", "-on"], name="perpetrator_relapse")]

    def __str__(self) -> str:
        """The day."""
        return str(self.on)
