"""A figure as a picture: the same on the page, in the DOCX and in the PDF."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from diemtua.foundation.text import number, percent
from diemtua.foundation.ui.charts import INK, TARGET
from diemtua.indicators.queries.figures import CityFigure

ROOMY = 200  # so many pixels of height hold a label every 20 points


def trend_chart(
    figures: Sequence[CityFigure], *, width: int = 640, height: int = 240, font: str = ""
) -> dict[str, Any]:
    """Return the drawing of a share through time against its target, dashed, with its year.

    A period whose numbers are hidden, or in which nobody was counted, leaves a gap.
    """
    target = figures[-1].target
    label = _("Mục tiêu %(year)s: %(share)s") % {
        "year": target.year,
        "share": percent(target.share),
    }
    rows = [
        {
            "period": figure.period.short_name,
            "share": None if figure.value is None else float(figure.value * 100),
            "told": "" if figure.value is None else percent(figure.value, 1),
        }
        for figure in figures
    ]
    order = [row["period"] for row in rows]
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order},
        "title": _("Quý"),
        "axis": {"labelAngle": 0},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "title": _("Tỷ lệ (%)"),
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 20, 40, 60, 80, 100] if height >= ROOMY else [0, 50, 100]},
    }
    spec: dict[str, Any] = {
        "width": width,
        "height": height,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "line", "point": True},
                "transform": [{"filter": "isValid(datum.share)"}],
                "encoding": {"x": x, "y": y},
            },
            {
                "mark": {"type": "text", "dy": 15, "fontWeight": 600, "color": INK},
                "transform": [{"filter": "isValid(datum.share)"}],
                "encoding": {"x": x, "y": y, "text": {"field": "told"}},
            },
            {
                "data": {"values": [{"target": float(target.value), "label": label}]},
                "mark": {"type": "rule"},
                "encoding": {"y": {"field": "target", "type": "quantitative"}},
            },
            {
                "data": {"values": [{"target": float(target.value), "label": label}]},
                "mark": {
                    "type": "text",
                    "align": "right",
                    "baseline": "bottom",
                    "dy": -4,
                    "color": TARGET,
                    "fontWeight": 600,
                },
                "encoding": {
                    "x": {"value": width},
                    "y": {"field": "target", "type": "quantitative"},
                    "text": {"field": "label"},
                },
            },
        ],
    }
    return spec | ({"config": {"font": font}} if font else {})


def trend_in_words(figures: Sequence[CityFigure]) -> str:
    """Return what the picture shows, for whoever cannot see it."""
    shown = [
        f"{figure.period.name}: {percent(figure.value, 1)}"
        for figure in figures
        if figure.value is not None
    ]
    target = figures[-1].target
    return _("Tỷ lệ theo quý: %(quarters)s. Mục tiêu năm %(year)s: %(share)s%%.") % {
        "quarters": "; ".join(shown) or "–",
        "year": target.year,
        "share": number(target.value),
    }
