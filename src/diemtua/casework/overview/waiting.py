"""What waits for somebody in casework: referrals to answer, duties of the law, cases due."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.accounts.models import Role
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.queries import CaseRow
from diemtua.casework.duties import queries as duties
from diemtua.casework.referrals import queries as referrals
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work


def declare() -> None:
    """Declare the queues of this room."""
    queues = [
        ("referrals", gettext_lazy("Chuyển gửi chờ trả lời"), "inbox", referrals_to_answer),
        ("unanswered", gettext_lazy("Chuyển gửi chưa được trả lời"), "clock", referrals_unanswered),
        ("duties", gettext_lazy("Việc theo luật"), "gavel", duties_to_acknowledge),
        ("unmet", gettext_lazy("Việc theo luật chưa ai tiếp nhận"), "gavel", duties_unmet),
        ("due", gettext_lazy("Đến hạn liên hệ"), "checklist", cases_due),
        ("review", gettext_lazy("Mở khẩn cấp chờ xem lại"), "lock-open", emergencies_to_review),
        ("untaken", gettext_lazy("Chưa có người nhận"), "users", cases_untaken),
    ]
    for code, label, icon, find in queues:
        work.declare(f"casework.{code}", label=label, icon=icon, find=find)


def referrals_to_answer(asker: Asker, at: datetime) -> list[WorkItem]:  # noqa: ARG001 - a finder
    """Return the referrals that a provider has not answered."""
    if not asker.has_role(Role.PROVIDER):
        return []
    return [
        WorkItem(
            title=_("%(adults)d người lớn, %(children)d trẻ em")
            % {"adults": row.adults, "children": row.children},
            note=row.sender,
            href=reverse("casework:referral", args=[row.id]),
            urgency=Urgency.DANGER if row.is_urgent else Urgency.NOW,
            due_at=row.sent_at,
        )
        for row in referrals.received(asker=asker)
        if row.is_waiting
    ]


def referrals_unanswered(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the team's referrals whose answer is overdue; a supervisor gets the longest waits alone."""
    if not asker.has_role(Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=row.facility,
            href=reverse("casework:case", args=[row.case_id]),
            urgency=Urgency.DANGER if row.is_urgent else Urgency.NOW,
            due_at=row.due_at,
        )
        for row in referrals.unanswered(asker=asker, at=at)
    ]


def duties_to_acknowledge(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the duties that a commune has not acknowledged."""
    if not asker.has_role(Role.COMMUNE_OFFICER):
        return []
    return [
        WorkItem(
            title=row.title,
            note=row.unit,
            href=reverse("casework:duty", args=[row.id]),
            urgency=Urgency.NOW,
            due_at=row.due_at,
        )
        for row in duties.held(asker=asker, at=at)
        if row.is_open
    ]


def duties_unmet(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the duties of her cases that nobody met in time: somebody must call the holder."""
    if not asker.has_role(Role.CASE_WORKER, Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=row.title,
            note=f"{row.coded.get('code', '')} · {row.holder or row.unit}",
            href=reverse("casework:case", args=[row.case_id]),
            urgency=Urgency.NOW if row.is_late else Urgency.TODAY,
            due_at=row.due_at,
        )
        for row in duties.pressing(asker=asker, at=at)
    ]


def cases_due(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return a case worker's cases whose next contact is due today."""
    if not asker.has_role(Role.CASE_WORKER):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=f"{row.code} · {row.unit}",
            href=reverse("casework:case", args=[row.id]),
            urgency=_urgency(row, Urgency.NOW if row.is_overdue else Urgency.TODAY),
            due_at=row.contact_due_at,
        )
        for row in cases.due(asker=asker, at=at)
    ]


def cases_untaken(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the team's cases that nobody has taken; the list they are taken from is where they lead."""
    if not asker.has_role(Role.CASE_WORKER, Role.SUPERVISOR):
        return []
    where = "casework:team" if asker.has_role(Role.SUPERVISOR) else "casework:list"
    return [
        WorkItem(
            title=row.alias,
            note=f"{row.code} · {row.unit}",
            href=reverse(where),
            urgency=_urgency(row, Urgency.NOW if row.is_overdue else Urgency.TODAY),
            due_at=row.contact_due_at,
        )
        for row in cases.waiting(asker=asker, at=at)
    ]


def emergencies_to_review(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the emergency accesses that a supervisor has still to look at."""
    if not asker.has_role(Role.SUPERVISOR):
        return []
    return [
        WorkItem(
            title=row.alias,
            note=row.who,
            href=reverse("casework:review", args=[row.id]),
            urgency=Urgency.NOW if row.is_open else Urgency.TODAY,
            due_at=row.begins_at,
        )
        for row in cases.to_review(asker=asker, at=at)
    ]


def _urgency(row: CaseRow, otherwise: Urgency) -> Urgency:
    return Urgency.DANGER if row.danger_now else otherwise
