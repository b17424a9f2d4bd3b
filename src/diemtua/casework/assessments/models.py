"""Assessments: what was answered, what it said, and what a professional judged otherwise."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import User
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.models import SealedField, VaultRecord


class State(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "DRAFT", _("Đang làm")
    DONE = "DONE", _("Đã xong")


class Level(models.TextChoices):
    """How great the danger is by an instrument, or by whoever judged otherwise."""

    LOW = "LOW", _("Nguy cơ thấp")
    MEDIUM = "MEDIUM", _("Nguy cơ vừa")
    HIGH = "HIGH", _("Nguy cơ cao")


@protected
class Assessment(VaultRecord):
    """One instrument in one version, answered in one case; under the case's own data key.

    ``answers`` is {question: option or options or text}; ``note`` is for what no question asks. The
    result's numbers and codes stand beside it readable, so that lists, what is due and figures need no
    unsealing; they can be computed again from the answers. ``level`` is what the answers say,
    ``judged_level`` what a professional says instead. PostgreSQL lets a finished one change in
    ``judged_level`` and ``awaits_review`` alone.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments", db_index=False)
    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)  # of the definition, word for word
    sets_risk = models.BooleanField()
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField()
    tab = models.UUIDField(default=uuid.uuid4, editable=False)  # the page that saved it
    revision = models.PositiveIntegerField(default=1)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    is_complete = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    highest = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=6, choices=Level, blank=True)
    judged_level = models.CharField(max_length=6, choices=Level, blank=True)
    awaits_review = models.BooleanField(default=False)
    answers = SealedField()
    note = SealedField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument"],
                condition=Q(state=State.DRAFT),
                name="assessment_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.DRAFT,
                    finished_at__isnull=True,
                    finished_by__isnull=True,
                    score__isnull=True,
                    level="",
                    judged_level="",
                    awaits_review=False,
                )
                | Q(
                    state=State.DONE,
                    finished_at__isnull=False,
                    finished_by__isnull=False,
                    score__isnull=False,
                    highest__isnull=False,
                ),
                name="assessment_result_when_done",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.LOW) | Q(is_complete=True),
                name="assessment_no_false_low",
            ),
            models.CheckConstraint(
                condition=Q(highest__isnull=True) | Q(highest__gte=F("score")),
                name="assessment_highest_not_below",
            ),
            models.CheckConstraint(
                condition=Q(sets_risk=True) | Q(level="", judged_level=""),
                name="assessment_level_of_danger_only",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "finished_at"], name="assessment_of_case"),
            models.Index(
                fields=["case"], condition=Q(awaits_review=True), name="assessment_to_review"
            ),
        ]

    def __str__(self) -> str:
        """Instrument and version."""
        return f"{self.instrument} {self.version}"

    @property
    def final_level(self) -> str:
        """The level that holds: what was judged, else what the answers say."""
        return self.judged_level or self.level


class Verdict(models.TextChoices):
    """What somebody did with a finished assessment."""

    JUDGED = "JUDGED", _("Xác định mức khác")
    REVIEWED = "REVIEWED", _("Đã xem xét")


@protected
class Judgement(VaultRecord):
    """A professional judged otherwise than the answers, or the supervisor looked at it; never changed."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="judgements", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Verdict)
    level = models.CharField(max_length=6, choices=Level, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = SealedField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=Verdict.JUDGED, reason__isnull=False) & ~Q(level="")
                    | Q(kind=Verdict.REVIEWED, level="")
                ),
                name="judgement_says_why",
            )
        ]
        indexes = [models.Index(fields=["assessment", "at"], name="judgement_of_assessment")]

    def __str__(self) -> str:
        """Kind and id."""
        return f"{self.kind} · {self.pk}"
