"""Questions about indicators: what they are, what they stand at, and what may be shown of it."""

from diemtua.indicators.periods import Calendar, Period, Span, choices, containing, parse
from diemtua.indicators.queries.catalogue import (
    Definition,
    Minimum,
    Objective,
    Strategy,
    Target,
    definition,
    measure,
    minimum,
    strategy,
)
from diemtua.indicators.queries.figures import (
    Audience,
    ByCommune,
    CityFigure,
    CommuneFigure,
    Figure,
    by_commune,
    figure,
    trend,
)
from diemtua.indicators.queries.pictures import trend_chart, trend_in_words
from diemtua.indicators.queries.words import points, sentences

__all__ = [
    "Audience",
    "ByCommune",
    "Calendar",
    "CityFigure",
    "CommuneFigure",
    "Definition",
    "Figure",
    "Minimum",
    "Objective",
    "Period",
    "Span",
    "Strategy",
    "Target",
    "by_commune",
    "choices",
    "containing",
    "definition",
    "figure",
    "measure",
    "minimum",
    "parse",
    "points",
    "sentences",
    "strategy",
    "trend",
    "trend_chart",
    "trend_in_words",
]
