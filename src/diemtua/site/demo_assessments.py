"""How great the danger is in the invented cases: judged by the safety check, like any other."""

import uuid
from datetime import datetime
from typing import Any

from diemtua.casework.assessments import queries, services
from diemtua.casework.models import Case
from diemtua.foundation.database.asker import Asker

TOLD = {  # what makes the check say this level; everything else is harmless
    "LOW": {},
    "MEDIUM": {"worse-lately": "YES", "somebody": "NO"},
    "HIGH": {"worse-lately": "YES", "threat-to-kill": "YES", "fears-tonight": "YES"},
}


def judge(*, asker: Asker, case: Case, key: uuid.UUID, risk: str, at: datetime) -> None:
    """Finish a safety check that says this level; the second time, nothing more happens."""
    instrument = queries.current(queries.rhythm().first_instrument, on=at.date())
    services.finish(
        asker=asker,
        id=key,
        case=case,
        instrument=instrument,
        at=at,
        tab=key,
        seen=0,
        written=services.Written(_answers(instrument) | TOLD[risk]),
    )


def _answers(instrument: queries.Instrument) -> dict[str, Any]:
    found = {}
    for question in instrument.questions:
        known = [(o.points, o.code) for o in question.options if o.points is not None]
        if known:
            found[question.code] = min(known)[1]
    return found
