"""What closing adds to the list of what waits."""

from datetime import datetime

from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.casework.closing import queries
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem


def to_decide(asker: Asker, at: datetime) -> list[WorkItem]:  # noqa: ARG001 - a finder
    """Return the closures that wait for the supervisor."""
    if not asker.has_role(Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=closure.case.alias,
            note=closure.asked_by.full_name,
            href=reverse("closing:index", args=[closure.case_id]),
            urgency=Urgency.TODAY,
            due_at=closure.asked_at,
        )
        for closure in queries.to_decide(asker=asker)
    ]
