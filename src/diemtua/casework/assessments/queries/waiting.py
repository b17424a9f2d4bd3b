"""What waits: cases whose danger must be assessed, and results that a supervisor must see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import (
    DateTimeField,
    DurationField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from diemtua.casework.assessments import policies
from diemtua.casework.assessments.models import Assessment, State
from diemtua.casework.assessments.queries import catalogue
from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.foundation.database.asker import Asker

MOST = 50


@dataclass(frozen=True, slots=True)
class DueRow:
    """A case whose danger must be assessed; no identity is in it."""

    case_id: UUID
    alias: str
    code: str
    unit: str
    risk: str
    danger_now: bool
    due_at: datetime
    is_first: bool


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A result of high danger that no supervisor has looked at."""

    assessment_id: UUID
    alias: str
    code: str
    title: str
    finished_at: datetime


def due(*, asker: Asker, until: datetime, at_most: int = MOST) -> list[DueRow]:
    """Return the asker's own cases whose next assessment of danger is due by then, soonest first."""
    mine = Case.objects.filter(cases.CARRIES.filter(asker)).exclude(status=Status.CLOSED)
    said = Assessment.objects.filter(
        Q(is_complete=True) | ~Q(level="") | ~Q(judged_level=""),
        case=OuterRef("pk"),
        state=State.DONE,
        sets_risk=True,
    )
    latest = said.order_by("-finished_at").values("finished_at")[:1]
    found = (
        mine.annotate(latest=Subquery(latest, output_field=DateTimeField()))
        .annotate(due_at=_due())
        .filter(due_at__lte=until)
        .select_related("unit")
        .defer("identity", "story", "safe_contact", "fact_link")
        .order_by("urgency", "due_at")
    )
    return [
        DueRow(
            case_id=case.pk,
            alias=case.alias,
            code=case.code,
            unit=case.unit.name,
            risk=case.risk,
            danger_now=case.danger_now,
            due_at=case.due_at,
            is_first=case.latest is None,
        )
        for case in found[:at_most]
    ]


def _due() -> Coalesce:
    rules = catalogue.rhythm()
    again = Choose(
        *(When(risk=risk, then=Value(rules.again[risk])) for risk in Risk.values),
        output_field=DurationField(),
    )
    return Coalesce(
        F("latest") + again,
        F("opened_at") + Value(rules.first, output_field=DurationField()),
        output_field=DateTimeField(),
    )


def to_review(*, asker: Asker, at_most: int = MOST) -> list[ReviewRow]:
    """Return the results of high danger that wait for a supervisor, the oldest first."""
    rows = _awaiting(asker).select_related("case").order_by("finished_at")
    return [
        ReviewRow(
            assessment_id=row.pk,
            alias=row.case.alias,
            code=row.case.code,
            title=catalogue.title_of(row.instrument, row.version),
            finished_at=row.finished_at or row.saved_at,
        )
        for row in rows.defer("answers", "note")[:at_most]
    ]


def review_count(*, asker: Asker) -> int:
    """Return how many results of high danger wait for the supervisor."""
    return _awaiting(asker).count()


def _awaiting(asker: Asker) -> QuerySet[Assessment]:
    grave = Assessment.objects.filter(policies.MAY_REVIEW.filter(asker), awaits_review=True)
    return grave.exclude(case__status=Status.CLOSED)
