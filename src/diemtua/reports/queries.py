"""Questions about reports: which were issued, and what a new one would be made of."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.indicators import queries as indicators
from diemtua.reports.errors import PeriodNotReported
from diemtua.reports.material import FIGURE, QUARTERS_SHOWN, Figures
from diemtua.reports.models import Report
from diemtua.reports.policies import READS


def issued(*, asker: Asker) -> QuerySet[Report]:
    """Return the reports of the asker's committee, the newest first, without their files."""
    return (
        READS.of(asker, Report.objects.all())
        .select_related("issued_by")
        .defer("docx", "pdf", "data")
        .order_by("-issued_at")
    )


def report(*, asker: Asker, id: UUID) -> Report:  # noqa: A002 - the word for it
    """Return one report with its files.

    Raises:
        NotForYou: the asker's role reads no reports.
        NotFound: there is none, or it is another body's.
    """
    READS.require(asker)
    found = READS.of(asker, Report.objects.filter(pk=id)).first()
    if found is None:
        raise NotFound
    return found


def periods(at: datetime) -> list[indicators.Period]:
    """Return the quarters a report may be made for, the present one first."""
    return indicators.choices(
        at.astimezone(CITY_TIME).date(), calendar=indicators.Calendar.REPORTING
    )


def reported_period(code: str) -> indicators.Period:
    """Return the quarter a code names.

    Raises:
        PeriodUnknown: it names no period.
        PeriodNotReported: it is no quarter of the reporting calendar. One calendar only: two that
            overlap would let small numbers be worked out from their difference.
    """
    period = indicators.parse(code)
    if period.span is not indicators.Span.QUARTER or not period.is_reporting:
        raise PeriodNotReported
    return period


def figures(*, asker: Asker, period: indicators.Period, at: datetime) -> Figures:
    """Return the figures of a period as they may leave the committee.

    Raises:
        NotForYou: the asker may not see figures.
    """
    outside = indicators.Audience.OUTSIDE
    table = indicators.by_commune(asker=asker, period=period, code=FIGURE, audience=outside, at=at)
    earlier = indicators.trend(
        asker=asker,
        periods=period.back(QUARTERS_SHOWN)[:-1],
        code=FIGURE,
        audience=outside,
        at=at,
    )
    counted = [row for row in table.rows if row.is_suppressed or row.denominator]
    return Figures(
        definition=indicators.definition(FIGURE),
        now=table.total,
        trend=(*earlier, table.total),
        communes=tuple(counted),
        silent=len(table.rows) - len(counted),
    )
