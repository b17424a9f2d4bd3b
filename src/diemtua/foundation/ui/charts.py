"""Charts: drawn on the server, the same on the page, in the DOCX and in the PDF."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.html import escape

FONTS = Path(__file__).parent / "static" / "vendor" / "print"
FONT = "Be Vietnam Pro"
INK, QUIET, LINE = "#1f2a2c", "#56635f", "#dcd6ce"
TEAL, TARGET, ON_BAR = "#0b6b6a", "#8a3b12", "#ffffff"
SERIES = (
    TEAL,
    "#c98a1b",
    "#5b7fb4",
    "#8c6d9e",
    "#6f7a3a",
    "#a3543c",
)  # told apart without colour vision
ON_PAGE = {
    INK: "--chart-ink",
    QUIET: "--chart-quiet",
    LINE: "--chart-line",
    TARGET: "--chart-target",
    ON_BAR: "--on-teal",
    **{colour: f"--chart-{number}" for number, colour in enumerate(SERIES, start=1)},
}
_FORBIDDEN = re.compile(
    r"<script|<foreignObject|\son[a-z]+\s*=|javascript:|<image|<a\b|style\s*=", re.IGNORECASE
)

_ROLES = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')

THEME: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12,
        "titleFontWeight": 400, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE,
        "labelLimit": 220, "titlePadding": 10,
    },
    "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
    "axisX": {"labelPadding": 6},
    "legend": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400, "symbolType": "square"},
    "title": {"color": INK, "fontSize": 15, "fontWeight": 600, "anchor": "start", "offset": 14},
    "header": {"labelColor": INK, "titleColor": QUIET},
    "bar": {"color": TEAL, "cornerRadiusEnd": 3},
    "line": {"color": TEAL, "strokeWidth": 2.5},
    "point": {"color": TEAL, "filled": True, "size": 60},
    "area": {"color": TEAL, "opacity": 0.18},
    "rule": {"color": TARGET, "strokeDash": [6, 4], "strokeWidth": 1.5},
    "text": {"color": INK, "fontSize": 12},
    "range": {"category": list(SERIES)},
}  # fmt: skip
NUMBERS = {
    "decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"],
}  # fmt: skip


class NoChart(ValueError):
    """The text is not a chart drawn here."""


@lru_cache(maxsize=1)
def _renderer() -> Any:
    import vl_convert  # noqa: PLC0415 - 60 MB that only pages with a chart need

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _dressed(spec: dict[str, Any]) -> dict[str, Any]:
    config = {**THEME, **spec.get("config", {})}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", **spec, "config": config}


def svg(spec: dict[str, Any]) -> str:
    """Return a Vega-Lite drawing as SVG, in the house's colours, Vietnamese font and numbers.

    Give it a ``title`` that names the finding's subject and axes titled in words.
    """
    drawn: str = _renderer().vegalite_to_svg(_dressed(spec), format_locale=NUMBERS)
    return drawn


def png(spec: dict[str, Any], scale: float = 2.0) -> bytes:
    """Return the same drawing as PNG on white, for documents."""
    on_white = {**spec, "background": "white"}
    drawn: bytes = _renderer().vegalite_to_png(
        _dressed(on_white), scale=scale, format_locale=NUMBERS
    )
    return drawn


def inline(drawn: str, label: str = "") -> str:
    """Return a chart's SVG ready for a page: one picture, its colours follow the theme.

    Raises:
        NoChart: it is no SVG of ours, or holds a script, a link, a handler or a style.
    """
    text = drawn.strip()
    if not text.startswith("<svg ") or _FORBIDDEN.search(text):
        raise NoChart("Only drawings made by ui.charts come onto a page.")
    for colour, token in ON_PAGE.items():
        text = text.replace(f'"{colour}"', f'"var({token})"')
    text = _ROLES.sub("", text)
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return text.replace("<svg ", f"<svg {named} ", 1)
