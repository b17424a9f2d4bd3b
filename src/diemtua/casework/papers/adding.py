"""What papers add elsewhere: tab and log of a case, and the supervisor's queue."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Role
from diemtua.casework.cases import frame
from diemtua.casework.cases.models import Case
from diemtua.casework.papers import queries
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work


def declare() -> None:
    """Declare everything; twice does no harm."""
    frame.tabs.declare("papers", label=_("Hồ sơ"), url_name="papers:index", order=60)
    frame.timeline.declare("papers", events)
    work.declare(
        "papers.withdrawals", label=_("Giấy tờ chờ duyệt xóa"), icon="trash", find=to_decide
    )


def events(asker: Asker, case: Case) -> list[frame.Event]:
    """Return the papers as lines of the log: kind and author, nothing of what stands in them."""
    return [
        frame.Event(_when(row), row.icon, row.label, row.by)
        for row in queries.of_case(asker=asker, case=case)
    ]


def _when(row: queries.PaperRow) -> datetime:
    recorded = row.recorded_at.astimezone(CITY_TIME)
    if recorded.date() == row.happened_on:
        return recorded
    return datetime.combine(row.happened_on, time(12), CITY_TIME)


def to_decide(asker: Asker, at: datetime) -> list[WorkItem]:  # noqa: ARG001 - a finder
    """Return the papers whose erasure waits for a supervisor."""
    if not asker.has_role(Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=f"{row.code} · {row.reason}",
            href=reverse("papers:paper", args=[row.paper_id]),
            urgency=Urgency.TODAY,
            due_at=row.asked_at,
        )
        for row in queries.to_decide(asker=asker)
    ]
