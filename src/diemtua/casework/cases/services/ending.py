"""A case is closed, and opened again. Who agrees to it the alcove ``closing`` decides."""

from datetime import datetime

from diemtua.casework.cases import policies, queries
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import steps


def close_case(*, asker: Asker, case: Case, at: datetime) -> None:
    """Close a case; PostgreSQL lets it happen only after a closure was agreed to.

    What an alcove declared for ``casework.case.closed`` follows in the same transaction.
    """
    policies.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        return
    case.status = Status.CLOSED
    case.save(update_fields=["status"])
    audit.write(asker=asker, action="casework.case.closed", subject=case)
    steps.take("casework.case.closed", asker=asker, case=case, at=at)


def reopen_case(*, asker: Asker, case: Case, at: datetime) -> None:
    """Open a closed case again for the worker who had it; the next contact is due by her risk."""
    policies.MAY_WORK.require(asker, case)
    if case.status != Status.CLOSED:
        return
    case.status = Status.IN_PROGRESS
    case.contact_due_at = at + queries.pace(case.risk)
    case.save(update_fields=["status", "contact_due_at"])
    audit.write(asker=asker, action="casework.case.reopened", subject=case)
    steps.take("casework.case.reopened", asker=asker, case=case, at=at)
