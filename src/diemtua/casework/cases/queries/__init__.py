"""Questions about cases, and the room's reference data."""

from diemtua.casework.cases.queries.catalogue import (
    Act,
    Sector,
    acts,
    decline_reasons,
    pace,
    sectors,
)
from diemtua.casework.cases.queries.details import (
    ConsentRow,
    ServiceRow,
    consent,
    consents_of,
    one,
    services_of,
)
from diemtua.casework.cases.queries.lists import (
    CaseRow,
    Listing,
    Load,
    due,
    listing,
    loads,
    overdue_count,
    pressing,
    waiting,
    workers,
)
from diemtua.casework.cases.queries.naming import (
    draw_alias,
    draw_code,
    draw_report_code,
    is_code,
    is_drawn,
)
from diemtua.casework.cases.queries.sharing import Sharing, sharing

__all__ = [
    "Act",
    "CaseRow",
    "ConsentRow",
    "Listing",
    "Load",
    "Sector",
    "ServiceRow",
    "Sharing",
    "acts",
    "consent",
    "consents_of",
    "decline_reasons",
    "draw_alias",
    "draw_code",
    "draw_report_code",
    "due",
    "is_code",
    "is_drawn",
    "listing",
    "loads",
    "one",
    "overdue_count",
    "pace",
    "pressing",
    "sectors",
    "services_of",
    "sharing",
    "waiting",
    "workers",
]
