"""How duties stand: read from the clock and the record, never from what a worker last wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from diemtua.accounts.models import Role
from diemtua.casework.duties import policies
from diemtua.casework.duties.models import Duty, State
from diemtua.casework.duties.queries.definitions import definitions
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

STILL_WORTH_A_CALL = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as its holder and who began it may see it: nothing of the person."""

    id: UUID
    from_contact: UUID | None
    case_id: UUID | None
    title: str
    title_for_holder: str
    demand: str
    law: str
    is_internal: bool
    is_unverified: bool
    hours: int
    holder: str
    informed_by: str
    informed_by_phone: str
    organisation: str
    unit: str
    state: str
    state_label: str
    started_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    left: timedelta
    coded: dict[str, Any]

    @property
    def is_open(self) -> bool:
        """Whether the holder has yet to acknowledge it."""
        return self.state == State.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it was acknowledged too late, or is overdue now."""
        return self.left < timedelta(0)

    @property
    def tone(self) -> str:
        """The tone of the state's badge: red is kept for danger to a person."""
        if not self.is_open:
            return "done"
        return "soon"


def held(*, asker: Asker, at: datetime, limit: int = 50) -> list[DutyRow]:
    """Return the duties of the asker's organisation: open ones by their clock, then those done."""
    mine = Duty.objects.filter(policies.HOLDS.filter(asker)).select_related(*_NAMES)
    open_ones = mine.filter(state=State.OPEN).order_by("due_at")[:limit]
    done = mine.exclude(state=State.OPEN).order_by("-acknowledged_at")[:limit]
    return [row(duty, at=at) for duty in [*open_ones, *done]]


def open_count(*, asker: Asker) -> int:
    """Return how many duties the asker's organisation has yet to acknowledge."""
    return Duty.objects.filter(policies.HOLDS.filter(asker), state=State.OPEN).count()


def of_case(*, asker: Asker, case_id: UUID, at: datetime) -> list[DutyRow]:
    """Return how the duties of a case stand."""
    duties = Duty.objects.filter(policies.SEES.filter(asker), case_id=case_id)
    return [row(d, at=at) for d in duties.select_related(*_NAMES).order_by("started_at")]


def of_contact(*, asker: Asker, contact_id: UUID, at: datetime) -> list[DutyRow]:
    """Return how the duties that began with a call stand, while it has no case."""
    duties = Duty.objects.filter(policies.SEES.filter(asker), from_contact=contact_id)
    return [row(d, at=at) for d in duties.select_related(*_NAMES).order_by("started_at")]


def late_calls(*, asker: Asker) -> QuerySet[Duty]:
    """Return the duties of the asker's own recent calls that are late by the database's clock."""
    return Duty.objects.filter(
        policies.SEES.filter(asker),
        case__isnull=True,
        informed_by_id=asker.user_id,
        state=State.OPEN,
        due_at__lte=Now(),
        started_at__gt=Now() - STILL_WORTH_A_CALL,
    )


def unanswered_calls(*, asker: Asker, at: datetime) -> list[DutyRow]:
    """Return the duties of the asker's own recent calls that nobody acknowledged, late ones first."""
    mine = Duty.objects.filter(
        policies.SEES.filter(asker),
        case__isnull=True,
        informed_by_id=asker.user_id,
        state=State.OPEN,
        started_at__gt=at - STILL_WORTH_A_CALL,
    )
    return [row(d, at=at) for d in mine.select_related(*_NAMES).order_by("due_at")]


def pressing(*, asker: Asker, at: datetime, limit: int = 50) -> list[DutyRow]:
    """Return the duties of the asker's cases that nobody met though time is short, late ones first.

    Who works a case is reminded before a duty is due; a supervisor is told once it is late. Both
    follow from the due time, so that they are right although no worker ran.
    """
    is_over = asker.has_role(Role.SUPERVISOR)
    reach = 0 if is_over else max((d.remind_hours_before for d in definitions()), default=0)
    unmet = Duty.objects.filter(
        policies.SEES.filter(asker),
        case__isnull=False,
        state=State.OPEN,
        due_at__lte=at + timedelta(hours=reach),
    )
    rows = unmet.select_related(*_NAMES).order_by("due_at")[:limit]
    return [row(duty, at=at) for duty in rows if tells_from(duty, is_over=is_over) <= at]


def tells_from(duty: Duty, *, is_over: bool) -> datetime:
    """Return from when on a duty that nobody met is told, by the rule of its day."""
    if is_over:
        return duty.due_at + timedelta(hours=duty.rule.get("escalate_hours_after", 0))
    return duty.due_at - timedelta(hours=duty.rule.get("remind_hours_before", 0))


def one(*, asker: Asker, duty_id: UUID) -> Duty:
    """Return a duty that the asker's organisation holds.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    mine = Duty.objects.filter(policies.HOLDS.filter(asker)).select_related(*_NAMES)
    found = mine.filter(pk=duty_id).first()
    if found is None:
        raise NotFound
    return found


_NAMES = ("holder", "organisation", "informed_by", "acknowledged_by", "unit")


def row(duty: Duty, *, at: datetime) -> DutyRow:
    """Return how a duty stands at a moment."""
    rule = duty.rule
    return DutyRow(
        id=duty.pk,
        from_contact=duty.from_contact,
        case_id=duty.case_id,
        title=rule["title"],
        title_for_holder=rule["title_for_holder"],
        demand=rule["demand"],
        law=f"{rule['source']}, {rule['article']}",
        is_internal=rule["is_internal"],
        is_unverified="M" in {rule["status"], rule["hours_status"]},
        hours=rule["hours"],
        holder=duty.holder.name if duty.holder else "",
        informed_by=duty.informed_by.full_name,
        informed_by_phone=duty.informed_by.phone,
        organisation=duty.organisation.name,
        unit=duty.unit.name,
        state=duty.state,
        state_label=duty.get_state_display(),
        started_at=duty.started_at,
        due_at=duty.due_at,
        acknowledged_at=duty.acknowledged_at,
        acknowledged_by=duty.acknowledged_by.full_name if duty.acknowledged_by else "",
        left=duty.due_at - (duty.acknowledged_at or at),
        coded=duty.coded,
    )
