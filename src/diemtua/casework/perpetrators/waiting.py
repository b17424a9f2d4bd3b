"""What waits in the work with people who used violence, and what her team must know."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.casework.cases.frame import Step
from diemtua.casework.cases.models import Case
from diemtua.casework.perpetrators import policies, queries
from diemtua.casework.perpetrators.models import State
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work


def declare() -> None:
    """Declare the queues of this alcove."""
    work.declare(
        "perpetrators.files",
        label=gettext_lazy("Người gây bạo lực"),
        icon="user-heart",
        find=files_that_wait,
    )


def files_that_wait(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return files nobody has taken and files without a meeting for too long."""
    if not policies.SEES.lets_in(asker):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=row.state_label if row.state == State.WAITING else _("Lâu chưa gặp"),
            href=reverse("perpetrators:file", args=[row.id]),
            urgency=Urgency.NOW if row.state == State.WAITING else Urgency.TODAY,
            due_at=row.opened_at if row.state == State.WAITING else None,
        )
        for row in queries.listing(asker=asker, at=at)
        if row.state == State.WAITING or row.is_quiet
    ]


def relapse_step(asker: Asker, case: Case, at: datetime) -> Step | None:  # noqa: ARG001 - a finder
    """Return the step that a fresh danger from him asks for: her safety plan, now."""
    if not any(one.is_imminent for one in queries.progress_of(case.pk)):
        return None
    return Step(
        _("Liên hệ và xem lại kế hoạch an toàn"),
        _("Người gây bạo lực được báo là sắp hoặc vừa gây bạo lực trở lại."),
        "alert-triangle",
        reverse("perpetrators:of-case", args=[case.pk]),
    )
