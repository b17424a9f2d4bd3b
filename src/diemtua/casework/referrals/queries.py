"""Questions about referrals."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from diemtua.accounts.models import Role
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import Case, Section, Sex
from diemtua.casework.referrals import policies
from diemtua.casework.referrals.models import LIVE, DeclineReason, Referral, State
from diemtua.directory import queries as directory
from diemtua.directory.models import Facility
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

REFERENCE = Path(__file__).resolve().parent / "reference" / "answering.toml"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take before the sender is reminded, and the supervisor told."""

    remind: timedelta
    escalate: timedelta


@cache
def patience(*, is_urgent: bool) -> Patience:
    """Return how long an answer may take; the city's own rule, in ``answering.toml``."""
    told = tomllib.loads(REFERENCE.read_text())["urgent" if is_urgent else "other"]
    return Patience(
        remind=timedelta(minutes=told["remind_minutes"]),
        escalate=timedelta(minutes=told["escalate_minutes"]),
    )


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
    def answered_in(self) -> timedelta | None:
        """How long the place took to answer; None while it has not."""
        return self.answered_at - self.sent_at if self.answered_at else None

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


def waiting_count(*, asker: Asker) -> int:
    """Return how many referrals wait for the asker's answer."""
    waiting = Referral.objects.filter(policies.RECEIVES.filter(asker), state=State.SENT)
    return waiting.count()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A referral that has waited too long for its answer, as its sender's team sees it."""

    case_id: UUID
    alias: str
    facility: str
    is_urgent: bool
    due_at: datetime


def unanswered(*, asker: Asker, at: datetime, limit: int = 50) -> list[Unanswered]:
    """Return the referrals whose answer is overdue: to a supervisor only those that waited longest.

    Nothing has to run for it: what is overdue is computed from when it was sent.
    """
    if asker.has_role(Role.PROVIDER):
        return []
    escalated = asker.has_role(Role.SUPERVISOR)
    waiting = _seen(asker).filter(state=State.SENT).select_related("case")
    rows = []
    for referral in waiting.order_by("-is_urgent", "sent_at")[:limit]:
        rule = patience(is_urgent=referral.is_urgent)
        due_at = referral.sent_at + (rule.escalate if escalated else rule.remind)
        if due_at <= at:
            rows.append(
                Unanswered(
                    case_id=referral.case_id,
                    alias=referral.case.alias,
                    facility=referral.facility.name,
                    is_urgent=referral.is_urgent,
                    due_at=due_at,
                )
            )
    return rows


def misfits(*, case: Case, facility: Facility, children: int) -> tuple[str, ...]:
    """Return why the place does not fit who comes, in words; empty when it does.

    What the place says of itself is asked: men (her sex as she states it) and children.
    """
    found = []
    if children and not facility.takes_children:
        found.append(gettext("nơi này không đón trẻ em"))
    if case.sex == Sex.MALE and facility.is_lodging and not facility.takes_men:
        found.append(gettext("nơi này không đón nam giới"))
    return tuple(found)


def of_case(*, asker: Asker, case_id: UUID) -> list[ReferralRow]:
    """Return a case's referrals, the newest first."""
    return [row(r) for r in _seen(asker).filter(case_id=case_id).order_by("-sent_at")]


def one(*, asker: Asker, referral_id: UUID) -> Referral:
    """Return a referral that the asker sent or received.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = _seen(asker).filter(pk=referral_id).first()
    if found is None:
        raise NotFound
    return found


def is_readable(referral: Referral, *, at: datetime) -> bool:
    """Return whether the receiving side may read what was shared at this moment."""
    is_over = referral.shared_until is not None and referral.shared_until <= at
    return referral.state in LIVE and not is_over


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


def ready_places(*, asker: Asker, case: Case, at: datetime) -> list[directory.ReadyPlace]:
    """Return the places that help in and near the commune where it happened, the readiest first."""
    return directory.ready_near(asker=asker, unit_key=case.unit_id, at=at)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A place that a referral may go to, and what she agrees that it may know."""

    facility_id: UUID
    organisation_id: UUID
    organisation_kind: str
    name: str
    takes_children: bool
    allowed: frozenset[str]

    @property
    def may_be_sent(self) -> bool:
        """Whether she agrees at least to what people need on arrival."""
        return Section.NEEDS in self.allowed

    @property
    def missing(self) -> tuple[str, ...]:
        """The sections that she has not agreed to share with this place."""
        return tuple(str(s.label) for s in Section if s not in self.allowed)


def recipient(*, facility_id: str | UUID, case_id: UUID, at: datetime) -> Recipient:
    """Return a place as the recipient of a referral.

    Raises:
        NotFound: there is no such place.
    """
    facility = _facility(facility_id)
    sharing = cases.sharing(case_id=case_id, organisation=facility.organisation, at=at)
    return Recipient(
        facility_id=facility.pk,
        organisation_id=facility.organisation_id,
        organisation_kind=facility.organisation.kind,
        name=facility.name,
        takes_children=facility.takes_children,
        allowed=sharing.sections,
    )


def _facility(facility_id: str | UUID) -> Facility:
    try:
        key = UUID(str(facility_id))
    except ValueError:
        raise NotFound from None
    found = Facility.objects.select_related("organisation").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def places_free(*, asker: Asker, facility_id: UUID, at: datetime) -> int | None:
    """Return how many places a lodging last said it has; None when it has not said lately."""
    listed = directory.listed(asker=asker, id=facility_id, at=at)
    answer = listed.answer
    if not listed.facility.is_lodging or not answer.state or answer.is_stale:
        return None
    return answer.places
