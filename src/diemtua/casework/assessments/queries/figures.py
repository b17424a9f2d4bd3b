"""Counts for the figures of case management; nobody can be told from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery

from diemtua.casework.assessments.models import Assessment, State
from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.asker import Asker


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """Of the cases opened in a span: how many were assessed in time, later, not at all."""

    opened: int
    in_time: int
    later: int
    days: int

    @property
    def never(self) -> int:
        """How many were not assessed until now."""
        return self.opened - self.in_time - self.later

    @property
    def share_in_time(self) -> float | None:
        """The share assessed in time; None when no case was opened."""
        return self.in_time / self.opened if self.opened else None


def status_of_cases(
    *, asker: Asker, since: datetime, until: datetime, within_days: int = 3
) -> CaseStatus:
    """Return how soon the cases opened since (inclusive) until (exclusive) were first assessed.

    Only cases that the asker carries; a supervisor's are those of her whole team. What counts is the
    first finished assessment that is complete, of whatever instrument. A case still within its days
    counts as not assessed: ask for spans that have passed.
    """
    first = Assessment.objects.filter(case=OuterRef("pk"), state=State.DONE, is_complete=True)
    opened = Case.objects.filter(
        cases.CARRIES.filter(asker), opened_at__gte=since, opened_at__lt=until
    ).annotate(first_at=Subquery(first.order_by("finished_at").values("finished_at")[:1]))
    took = ExpressionWrapper(F("first_at") - F("opened_at"), output_field=DurationField())
    in_time = Q(took__lte=timedelta(days=within_days))
    counts = opened.annotate(took=took).aggregate(
        opened=Count("pk"),
        in_time=Count("pk", filter=in_time),
        later=Count("pk", filter=~in_time & Q(took__isnull=False)),
    )
    return CaseStatus(counts["opened"], counts["in_time"], counts["later"], within_days)
