"""Questions about cases, and the room's reference data."""

from diemtua.casework.cases.queries.catalogue import (
    Act,
    Sector,
    acts,
    decline_reasons,
    pace,
    sectors,
)
from diemtua.casework.cases.queries.naming import draw_alias, draw_code, is_code, is_drawn
from diemtua.casework.cases.queries.sharing import Sharing, sharing

__all__ = [
    "Act",
    "Sector",
    "Sharing",
    "acts",
    "decline_reasons",
    "draw_alias",
    "draw_code",
    "is_code",
    "is_drawn",
    "pace",
    "sectors",
    "sharing",
]
