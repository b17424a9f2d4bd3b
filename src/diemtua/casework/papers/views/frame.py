"""What the pages of papers have in common."""

from datetime import datetime

from diemtua.casework.cases import frame
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.database.asker import Asker

TAB = "papers"


def around(asker: Asker, case: Case, at: datetime) -> dict[str, object]:
    """Return what the frame of the case shows, and whether something may be added."""
    return frame.of(asker, case, at=at, tab=TAB) | {"is_open": case.status != Status.CLOSED}
