"""How an instrument's score went through time, as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from diemtua.casework.assessments.queries import catalogue
from diemtua.casework.assessments.queries.definitions import Instrument
from diemtua.casework.assessments.queries.standing import AssessmentRow
from diemtua.foundation.clock import CITY_TIME

FEWEST = 2  # one point is no trend


@dataclass(frozen=True, slots=True)
class Trend:
    """One instrument's finished assessments, the oldest first, and their drawing."""

    title: str
    note: str
    rows: list[AssessmentRow]
    spec: dict[str, Any]


def trends(rows: Sequence[AssessmentRow]) -> list[Trend]:
    """Return a trend for each instrument that was finished at least twice in the same version."""
    by_key: dict[tuple[str, int], list[AssessmentRow]] = {}
    for row in rows:
        if row.is_done and row.score is not None:
            by_key.setdefault((row.instrument, row.version), []).append(row)
    known = catalogue.known().by_key
    return [
        _trend(known[key], sorted(found, key=lambda row: row.at))
        for key, found in by_key.items()
        if len(found) >= FEWEST and key in known
    ]


def _trend(instrument: Instrument, rows: list[AssessmentRow]) -> Trend:
    note = (
        _("Điểm càng cao càng tốt.")
        if instrument.is_better_high
        else _("Điểm càng cao càng nguy hiểm.")
    )
    if not instrument.is_better_high and not instrument.sets_risk:
        note = _("Điểm càng cao càng nhiều nhu cầu.")
    if any(not row.is_complete for row in rows):
        note += " " + _("Đường đứng là khoảng điểm có thể khi còn câu chưa trả lời.")
    return Trend(str(instrument.title), note, rows, _spec(instrument, rows))


def _spec(instrument: Instrument, rows: list[AssessmentRow]) -> dict[str, Any]:
    values = [
        {
            "at": f"{row.at.astimezone(CITY_TIME):%d/%m/%Y}"
            + (f" ({n})" if _again(rows, n) else ""),
            "score": row.score,
            "highest": row.highest,
        }
        for n, row in enumerate(rows, 1)
    ]
    order = [value["at"] for value in values]
    x = {
        "field": "at",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order},
        "title": _("Ngày đánh giá"),
        "axis": {"labelAngle": 0},
    }
    y = {
        "field": "score",
        "type": "quantitative",
        "title": _("Điểm"),
        "scale": {"domain": [0, instrument.top]},
        "axis": {"tickCount": 5},
    }
    starts = [{"start": band.start} for band in instrument.bands[1:]]
    return {
        "width": 560,
        "height": 200,
        "data": {"values": values},
        "layer": [
            {
                "data": {"values": starts},
                "mark": "rule",
                "encoding": {"y": {"field": "start", "type": "quantitative"}},
            },
            {
                "mark": {"type": "rule", "strokeDash": [1, 0]},
                "encoding": {"x": x, "y": y, "y2": {"field": "highest"}},
            },
            {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y}},
        ],
    }


def _again(rows: list[AssessmentRow], place: int) -> bool:
    """Return whether another one was finished on the same day, so that both need a number."""
    days = [row.at.astimezone(CITY_TIME).date() for row in rows]
    return days.count(days[place - 1]) > 1
