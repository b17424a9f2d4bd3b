"""Questions about referrals."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from diemtua.casework.cases.models import Section
from diemtua.casework.referrals import policies
from diemtua.casework.referrals.models import LIVE, DeclineReason, Referral, State
from diemtua.directory import queries as directory
from diemtua.directory.models import Facility
from diemtua.foundation.database.asker import Asker


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as both sides may see it: nothing of the person."""

    id: UUID
    facility: str
    sender: str
    sent_by: str
    sender_phone: str
    state: str
    state_label: str
    reason: str
    adults: int
    children: int
    is_urgent: bool
    sections: tuple[str, ...]
    sent_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    shared_until: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether the receiving side may still read what was shared."""
        return self.state in LIVE

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state == State.SENT

    @property
    def is_accepted(self) -> bool:
        """Whether it was accepted and is still going on."""
        return self.state == State.ACCEPTED

    @property
    def tone(self) -> str:
        """The tone of the state's badge."""
        return {State.SENT: "soon", State.ACCEPTED: "info", State.COMPLETED: "done"}.get(
            State(self.state), "neutral"
        )


def _seen(asker: Asker) -> QuerySet[Referral]:
    return Referral.objects.filter(policies.SEES.filter(asker)).select_related(
        "facility", "from_organisation", "sent_by", "stay"
    )


def received(*, asker: Asker, limit: int = 50) -> list[ReferralRow]:
    """Return the referrals made to the asker's organisation: waiting ones first, then the newest."""
    waiting = _seen(asker).filter(state=State.SENT).order_by("-is_urgent", "sent_at")
    others = _seen(asker).exclude(state=State.SENT).order_by("-sent_at")
    return [row(r) for r in [*waiting[:limit], *others[:limit]]]


def of_case(*, asker: Asker, case_id: UUID) -> list[ReferralRow]:
    """Return a case's referrals, the newest first."""
    return [row(r) for r in _seen(asker).filter(case_id=case_id).order_by("-sent_at")]


def row(referral: Referral) -> ReferralRow:
    """Return the referral as both sides may see it."""
    stay = getattr(referral, "stay", None)
    return ReferralRow(
        id=referral.pk,
        facility=referral.facility.name,
        sender=referral.from_organisation.name,
        sent_by=referral.sent_by.full_name,
        sender_phone=referral.sent_by.phone,
        state=referral.state,
        state_label=referral.get_state_display(),
        reason=str(DeclineReason(referral.decline_reason).label) if referral.decline_reason else "",
        adults=referral.adults,
        children=referral.children,
        is_urgent=referral.is_urgent,
        sections=tuple(str(Section(code).label) for code in referral.sections),
        sent_at=referral.sent_at,
        answered_at=referral.answered_at,
        ended_at=referral.ended_at,
        shared_until=referral.shared_until,
        arrived_at=stay.arrived_at if stay else None,
        left_at=stay.left_at if stay else None,
    )


def places_free(*, asker: Asker, facility: Facility, at: datetime) -> int | None:
    """Return how many places the facility last said it has; None when it has not said lately."""
    near = directory.ready_near(asker=asker, unit_key=facility.unit_id, at=at)
    answer = next((place for place in near if place.facility_id == facility.pk), None)
    return None if answer is None or answer.is_stale else answer.places_free
