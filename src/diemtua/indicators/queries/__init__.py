"""Questions about indicators: what they are, what they stand at, and what may be shown of it."""

from diemtua.indicators.periods import Calendar, Period, Span, choices, containing, parse
from diemtua.indicators.queries.arranging import ORDERS, arranged
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
from diemtua.indicators.queries.words import Headline, headline, points, sentences, target_in_words

__all__ = [
    "ORDERS",
    "Audience",
    "ByCommune",
    "Calendar",
    "CityFigure",
    "CommuneFigure",
    "Definition",
    "Figure",
    "Headline",
    "Minimum",
    "Objective",
    "Period",
    "Span",
    "Strategy",
    "Target",
    "arranged",
    "by_commune",
    "choices",
    "containing",
    "definition",
    "figure",
    "headline",
    "measure",
    "minimum",
    "parse",
    "points",
    "sentences",
    "strategy",
    "target_in_words",
    "trend",
    "trend_chart",
    "trend_in_words",
]
