"""Taking a table of cases out."""

from datetime import date, datetime

from diemtua.casework.exports import policies, queries, writer
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker


def export(
    *,
    asker: Asker,
    at: datetime,
    status: str = "",
    since: date | None = None,
    until: date | None = None,
) -> bytes:
    """Return the organisation's cases as XLSX, without identity; the trail keeps how many rows."""
    policies.MAY_EXPORT.require(asker)
    found = queries.wanted(asker=asker, status=status, since=since, until=until)
    made, rows = writer.xlsx(queries.sheets(found, at=at))
    audit.write(asker=asker, action="casework.export.made", rows=rows)
    return made
