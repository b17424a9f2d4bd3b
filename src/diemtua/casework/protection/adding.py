"""What protection adds elsewhere: tab, log and next step of a case, and the queue of its clocks."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.accounts.models import Role
from diemtua.casework.cases import frame
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.protection import queries
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work

SOON = timedelta(hours=24)
LOOKED_BACK = timedelta(days=200)  # longer than any measure of the law runs


def declare() -> None:
    """Declare everything; twice does no harm."""
    frame.tabs.declare(
        "protection", label=gettext_lazy("Bảo vệ"), url_name="protection:index", order=50
    )
    frame.timeline.declare("protection", events)
    frame.next_steps.declare("protection", rank=10, find=next_step)
    work.declare(
        "protection.clocks",
        label=gettext_lazy("Biện pháp bảo vệ sắp đến hạn"),
        icon="shield",
        find=clocks,
    )


def is_pressing(now: queries.Standing, at: datetime) -> bool:
    """Return whether one of the measure's clocks runs out soon or has run out."""
    return now.next_due_at is not None and now.next_due_at <= at + SOON


def why(now: queries.Standing) -> str:
    """Return what a measure's clock asks for."""
    if now.is_late:
        return _("Quá hạn luật định mà chưa có quyết định.")
    if now.next_due_at in {now.decision_due_at, now.cancel_due_at}:
        return _("Quyết định phải có trong thời hạn luật định.")
    return _("Lệnh sắp hết hiệu lực; hỏi người bị bạo lực có cần đề nghị tiếp không.")


def next_step(asker: Asker, case: Case, at: datetime) -> frame.Step | None:
    """Return the measure whose clock presses most."""
    if case.status == Status.CLOSED:
        return None
    found = queries.of_case(asker=asker, case_id=case.pk, at=at)
    pressing = [one for one in found if is_pressing(one, at)]
    if not pressing:
        return None
    first = min(pressing, key=lambda one: one.next_due_at or at)
    href = reverse("protection:measure", args=[first.measure.pk])
    return frame.Step(_("Theo dõi biện pháp bảo vệ"), why(first), "shield", href)


def events(asker: Asker, case: Case) -> list[frame.Event]:
    """Return the steps of the measures as lines of the log."""
    return [
        frame.Event(
            step.at, now.measure.rule["icon"], step.get_kind_display(), now.measure.rule["label"]
        )
        for now in queries.of_case(asker=asker, case_id=case.pk, at=clock.now())
        for step in now.steps
    ]


def clocks(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the measures of the asker's cases whose clocks run out soon, or have."""
    if not asker.has_role(Role.CASE_WORKER, Role.SUPERVISOR):
        return []
    found = queries.of_asker(asker=asker, since=at - LOOKED_BACK, at=at)
    return [
        WorkItem(
            title=now.measure.case.alias,
            note=f"{now.measure.case.code} · {now.measure.rule['label']}",
            href=reverse("protection:measure", args=[now.measure.pk]),
            urgency=Urgency.DANGER if now.is_late else Urgency.NOW,
            due_at=now.next_due_at,
        )
        for now in found
        if is_pressing(now, at)
    ]
