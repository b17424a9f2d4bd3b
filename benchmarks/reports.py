"""Reports and figures: how long the files take, and what a figure costs beside plain SQL.

``documents()`` needs no database. ``figures(asker)`` needs one with facts in it, inside
``asking(asker)`` of someone who sees figures; it compares with a plain ``GROUP BY``, which only the
owner role may run, by the ``owner`` connection.
"""

from datetime import datetime
from decimal import Decimal
from statistics import median
from time import perf_counter

from django.db import connections

from diemtua.foundation.clock import CITY_TIME
from diemtua.indicators import queries as indicators
from diemtua.reports import material, services

ROUNDS = 9
AT = datetime(2026, 12, 16, 9, 0, tzinfo=CITY_TIME)
QUARTER = indicators.parse("2026-Q4R")
BUDGET = {"DOCX": 1.0, "PDF": 0.5}  # seconds after the data


def documents():
    """Return the seconds that the DOCX and the PDF of a full report take, pictures included."""
    from django.utils.translation import override

    from diemtua.foundation.ui import charts
    from diemtua.reports import writers
    from diemtua.reports.wording import document

    made_of = _material()
    services.files(made_of, at=AT)  # the renderer and the fonts load once for a process
    with override("vi"):
        drawing = indicators.trend_chart(made_of.figures.trend, width=560, height=150, font="Tinos")
    return {
        "DOCX": _timed(lambda: writers.docx(document(made_of), picture=charts.png(drawing), at=AT)),
        "PDF": _timed(lambda: writers.pdf(document(made_of), picture=charts.svg(drawing), at=AT)),
    }


def figures(asker, *, period=QUARTER):
    """Return the seconds for the commune table and eight quarters, and for the same in plain SQL."""
    trend = period.back(8)
    return {
        "commune table": _timed(lambda: indicators.by_commune(asker=asker, period=period)),
        "plain SQL, communes": _timed(lambda: _plain(period.since, period.until)),
        "eight quarters": _timed(lambda: indicators.trend(asker=asker, periods=trend)),
        "plain SQL, eight quarters": _timed(lambda: _plain(trend[0].since, period.until)),
    }


def _plain(since, until):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT unit_key, bucket, count(*) FILTER (WHERE attributes ->> 'reached' = 'true'),"
            " count(*) FROM facts_fact"
            " WHERE kind_id = 'survivor.detected' AND bucket >= %s AND bucket < %s GROUP BY 1, 2",
            [since, until],
        )
        return cursor.fetchall()


def _timed(work):
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def _material():
    definition = indicators.definition("3.2a")
    trend = tuple(
        _figure(one, reached=60 + 8 * i, detected=80 + 9 * i)
        for i, one in enumerate(QUARTER.back(8))
    )
    communes = tuple(
        indicators.CommuneFigure(
            12, 20, Decimal("0.6"), i % 4 == 0,
            unit_key=f"c{i}", name=f"Xã Thứ {i}", sort_key=str(i), is_estimated=False,
        )
        for i in range(103)
    )  # fmt: skip
    return material.Material(
        letterhead=material.letterhead(),
        number=7,
        on=AT.date(),
        figures=material.Figures(definition, trend[-1], trend, communes, 0),
        told=material.Told(
            situation="Đường dây trực liên tục. " * 40,
            next_tasks="Rà soát địa chỉ tin cậy. " * 20,
            recipients=material.letterhead().recipients,
            signs_for_head=True,
            signer_post="Phó Chủ tịch Ủy ban nhân dân thành phố",
            signer_name="Nguyễn Thị Mẫu",
        ),
    )


def _figure(period, *, reached, detected):
    definition = indicators.definition("3.2a")
    return indicators.CityFigure(
        reached, detected, Decimal(reached) / detected, False,
        code="3.2a", unit_key="p92", period=period, target=definition.target_on(period.last_day),
        as_of=AT, minimum=10,
    )  # fmt: skip
