"""Verbs of reports: there is one. An issued report is never changed."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import override

from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotForYou
from diemtua.foundation.ui import charts
from diemtua.indicators import queries as indicators
from diemtua.reports import material, queries, writers
from diemtua.reports.models import Report
from diemtua.reports.policies import ISSUES
from diemtua.reports.wording import document


def issue(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the word for it
    period: indicators.Period,
    told: material.Told,
    at: datetime,
) -> Report:
    """Issue the quarterly report: number it, make its files, keep all of it. A second tap finds the first.

    The number is taken in the same transaction; whoever issues at the same moment waits for it.

    Raises:
        NotForYou: the asker issues no reports.
        PeriodNotReported: the period is no quarter of the reporting calendar.
    """
    ISSUES.require(asker)
    period = queries.reported_period(period.code)
    report, is_new = create_once(
        Report, id, lambda: _make(asker=asker, id=id, period=period, told=told, at=at)
    )
    if is_new:
        audit.write(
            asker=asker,
            action="reports.report.issued",
            subject=report,
            period=report.period,
            number=report.number,
        )
        live.tell(f"org:{report.organisation_id}", event="report")
    return report


def files(made_of: material.Material, *, at: datetime) -> tuple[bytes, bytes]:
    """Return the DOCX and the PDF of a report."""
    words = document(made_of)
    with override("vi"):
        picture = indicators.trend_chart(made_of.figures.trend, width=560, height=150, font="Tinos")
    return (
        writers.docx(words, picture=charts.png(picture), at=at),
        writers.pdf(words, picture=charts.svg(picture), at=at),
    )


def _make(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the word for it
    period: indicators.Period,
    told: material.Told,
    at: datetime,
) -> Report:
    if asker.organisation_id is None or asker.user_id is None:
        raise NotForYou
    here = at.astimezone(CITY_TIME)
    made_of = material.Material(
        letterhead=material.letterhead(),
        number=_next_number(here.year),
        on=here.date(),
        figures=queries.figures(asker=asker, period=period, at=here),
        told=told,
    )
    data = material.as_data(made_of)
    docx, pdf = files(made_of, at=here)
    return Report.objects.create(
        id=id,
        organisation_id=asker.organisation_id,
        period=period.code,
        year=here.year,
        number=made_of.number,
        symbol=made_of.letterhead.symbol,
        issued_at=at,
        issued_by_id=asker.user_id,
        data=data,
        sha256=material.digest(data),
        docx=docx,
        pdf=pdf,
    )


def _next_number(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.reports_next_number(%s)", [year])
        given: int = cursor.fetchone()[0]
    return given
