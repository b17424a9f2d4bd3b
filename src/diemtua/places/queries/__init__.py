"""Questions about places: which unit, what became of it, what it was, and figures across maps."""

from diemtua.places.queries.maps import crosswalk, edition, roll_up, shares_on
from diemtua.places.queries.search import Match, forget, search
from diemtua.places.queries.units import (
    City,
    ancestors,
    as_of,
    children,
    city,
    communes,
    named,
    neighbours,
    predecessors,
    reform_day,
    subtree,
    successors,
    today_of,
    unit,
)

__all__ = [
    "City",
    "Match",
    "ancestors",
    "as_of",
    "children",
    "city",
    "communes",
    "crosswalk",
    "edition",
    "forget",
    "named",
    "neighbours",
    "predecessors",
    "reform_day",
    "roll_up",
    "search",
    "shares_on",
    "subtree",
    "successors",
    "today_of",
    "unit",
]
