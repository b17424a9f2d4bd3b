"""What assessments add elsewhere: tab, log and next step of a case, and the queues of work."""

from datetime import datetime, time

from django.core import checks
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.accounts.models import Role
from diemtua.casework.assessments import policies, queries
from diemtua.casework.assessments.models import Assessment, Level, State
from diemtua.casework.cases import frame
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work
from diemtua.foundation.ui import bar


def declare() -> None:
    """Declare everything; twice does no harm."""
    frame.tabs.declare(
        "assessments", label=gettext_lazy("Đánh giá"), url_name="assessments:index", order=20
    )
    frame.timeline.declare("assessments", events)
    frame.next_steps.declare("assessments", rank=20, find=next_step)
    work.declare(
        "assessments.review",
        label=gettext_lazy("Nguy cơ cao chờ giám sát xem"),
        icon="alert-triangle",
        find=to_review,
    )
    work.declare(
        "assessments.due", label=gettext_lazy("Đến hạn đánh giá nguy cơ"), icon="scale", find=due
    )
    bar.count_waiting(grave_results, changed_by="case")
    checks.register(definitions_hold, "assessments")


def next_step(asker: Asker, case: Case, at: datetime) -> frame.Step | None:
    """Return the assessment that is due, or the one that was begun and waits."""
    if case.status == Status.CLOSED:
        return None
    found = Assessment.objects.filter(policies.SEES.filter(asker), case=case)
    rows = list(found.defer("answers", "note"))
    begun = next((row for row in rows if row.state == State.DRAFT and row.sets_risk), None)
    if begun is not None:
        href = reverse("assessments:fill", args=[case.pk, begun.instrument])
        return frame.Step(_("Làm tiếp đánh giá"), _("Đánh giá nguy cơ đang dở."), "scale", href)
    href = reverse("assessments:fill", args=[case.pk, queries.rhythm().first_instrument])
    latest = queries.latest_of_danger(rows)
    if latest is None:
        why = _("Mức nguy cơ quyết định hạn liên hệ.")
        return frame.Step(_("Đánh giá nguy cơ"), why, "scale", href)
    due_at = queries.due_at(case, latest)
    if due_at is not None and due_at <= at:
        href = reverse("assessments:index", args=[case.pk])
        why = _("Đã đến hạn đánh giá lại theo mức nguy cơ.")
        return frame.Step(_("Đánh giá lại nguy cơ"), why, "scale", href)
    return None


def events(asker: Asker, case: Case) -> list[frame.Event]:
    """Return the finished assessments as lines of the log."""
    done = queries.of_case(asker=asker, case=case).done
    return [
        frame.Event(row.at, "scale", row.title, f"{row.level_label or row.band_label} · {row.by}")
        for row in done
    ]


def due(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return a case worker's cases whose danger must be assessed by the end of today."""
    if not asker.has_role(Role.CASE_WORKER):
        return []
    tonight = datetime.combine(at.date(), time.max, at.tzinfo)
    return [
        WorkItem(
            title=row.alias,
            note=f"{row.code} · {row.unit}",
            href=reverse("assessments:index", args=[row.case_id]),
            urgency=_urgency(row, at),
            due_at=row.due_at,
        )
        for row in queries.due(asker=asker, until=tonight)
    ]


def _urgency(row: queries.DueRow, at: datetime) -> Urgency:
    if row.danger_now and row.is_first:
        return Urgency.DANGER
    return Urgency.NOW if row.due_at <= at or row.risk == Level.HIGH else Urgency.TODAY


def to_review(asker: Asker, at: datetime) -> list[WorkItem]:  # noqa: ARG001 - a finder
    """Return the grave results that a supervisor has not looked at."""
    if not asker.has_role(Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=f"{row.code} · {row.title}",
            href=reverse("assessments:result", args=[row.assessment_id]),
            urgency=Urgency.DANGER,
            due_at=row.finished_at,
        )
        for row in queries.to_review(asker=asker)
    ]


def grave_results(asker: Asker) -> int:
    """Return how many grave results wait for a supervisor, for the number on her bell."""
    return queries.review_count(asker=asker) if asker.has_role(Role.SUPERVISOR) else 0


def definitions_hold(**_options: object) -> list[checks.CheckMessage]:
    """Say which instrument cannot be read: ours is an error, the city's a warning."""
    ours = {path.name for path in queries.shipped()}
    return [
        (checks.Error if fault.placeholders["name"] in ours else checks.Warning)(
            fault.says, hint=fault.advises, id="assessments.E001"
        )
        for fault in queries.known().faults
    ]
