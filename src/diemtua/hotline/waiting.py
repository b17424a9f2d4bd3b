"""What waits for a counsellor: promised calls, contacts that were not put down."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.accounts.models import Role
from diemtua.casework.duties import queries as duties
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Urgency, WorkItem, work
from diemtua.hotline import queries


def declare() -> None:
    """Declare the queues of this room."""
    work.declare(
        "hotline.call-backs",
        label=gettext_lazy("Hẹn gọi lại"),
        icon="phone-outgoing",
        find=call_backs,
    )
    work.declare(
        "hotline.drafts", label=gettext_lazy("Cuộc gọi đang ghi dở"), icon="pencil", find=drafts
    )
    work.declare(
        "hotline.chairmen",
        label=gettext_lazy("Chủ tịch chưa xác nhận tin báo"),
        icon="gavel",
        find=chairmen,
    )


def chairmen(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the counsellor's reports that no chairman has acknowledged although it is time."""
    if not asker.has_role(Role.COUNSELLOR):
        return []
    rows = duties.unanswered_calls(asker=asker, at=at)
    return [
        WorkItem(
            title=_("Gọi điện báo") if row.holder else _("Gọi điện báo: chưa dùng hệ thống"),
            note=row.holder or row.unit,
            href=reverse("hotline:contact", args=[row.from_contact]),
            urgency=_urgency(bool(row.coded["danger_now"]), Urgency.NOW),
            due_at=row.due_at,
        )
        for row in rows
        if row.is_late or not row.holder
    ]


def call_backs(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the calls that a counsellor promised."""
    if not asker.has_role(Role.COUNSELLOR):
        return []
    return [
        WorkItem(
            title=_("Gọi lại"),
            note=row.unit or _("Chưa rõ nơi"),
            href=reverse("hotline:contact", args=[row.id]),
            urgency=_urgency(
                row.is_in_danger and row.is_due,
                Urgency.NOW if row.is_due else Urgency.TODAY if row.is_today else Urgency.LATER,
            ),
            due_at=row.at,
        )
        for row in queries.call_backs(asker=asker, at=at)
    ]


def drafts(asker: Asker, at: datetime) -> list[WorkItem]:
    """Return the contacts that a counsellor began and did not put down."""
    if not asker.has_role(Role.COUNSELLOR):
        return []
    return [
        WorkItem(
            title=_("Ghi cho xong"),
            note=f"{row.started_at:%d/%m %H:%M} · {row.unit or _('Chưa rõ nơi')}",
            href=reverse("hotline:contact", args=[row.id]),
            urgency=_urgency(row.is_in_danger, Urgency.TODAY),
        )
        for row in queries.contacts_of_day(asker=asker, at=at)
        if row.is_draft
    ]


def _urgency(is_in_danger: bool, otherwise: Urgency) -> Urgency:  # noqa: FBT001 - private, read aloud
    return Urgency.DANGER if is_in_danger else otherwise
