"""What waits in persons' requests over their data."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Role
from diemtua.casework.retention import policies, queries
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work

SOON = timedelta(days=3)


def declare() -> None:
    """Declare the queue of this alcove."""
    work.declare("retention.requests", label=_("Yêu cầu về dữ liệu"), icon="lock", find=requests)


def requests(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the requests that wait for the supervisor or the data protection officer."""
    if not asker.has_role(Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER):
        return []
    is_officer = policies.MAY_ERASE.lets_in(asker)
    where = "retention:erasure" if is_officer else "retention:of-case"
    return [
        WorkItem(
            title=row.label,
            note=row.code,
            href=reverse(where, args=[row.id if is_officer else row.case_id]),
            urgency=Urgency.NOW if row.due_at - at < SOON else Urgency.TODAY,
            due_at=row.due_at if row.replied_at or is_officer else row.reply_due_at,
        )
        for row in queries.open_of(asker=asker, at=at)
        if is_officer or not row.is_erasure or row.state == "RECEIVED"
    ]
