"""Stays that follow from a referral."""

from datetime import datetime
from uuid import UUID

from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case
from diemtua.casework.referrals import policies
from diemtua.casework.referrals.errors import ImpossibleStay, NoStayHere, NotAcceptedYet
from diemtua.casework.referrals.models import Referral, State, Stay
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker, asking, job_asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live

STAY_RECORDED = "casework.stay.recorded"


def record_stay(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    referral: Referral,
    adults: int,
    children: int,
    arrived_at: datetime,
    at: datetime,
) -> Stay:
    """Record that people arrived; the stay counts as a shelter service of the case.

    The provider may not see the case, so the service is written by ``casework.stay.recorded``, a
    named asker that row-level security lets do exactly that for a case with a recorded stay. It
    runs inside this transaction: both are written or neither, with no worker to wait for.

    Raises:
        NotAcceptedYet: the referral is not accepted.
        ImpossibleStay: nobody came, or they came in the future.
    """
    policies.RECEIVES.require(asker, referral)
    existing = Stay.objects.filter(referral=referral).first()
    if existing is not None:
        return existing
    if referral.state != State.ACCEPTED:
        raise NotAcceptedYet
    earliest = referral.sent_at.replace(second=0, microsecond=0)  # arrivals are told by the minute
    if adults < 1 or children < 0 or not earliest <= arrived_at <= at:
        raise ImpossibleStay

    def make() -> Stay:
        return Stay.objects.create(
            id=id,
            referral=referral,
            adults=adults,
            children=children,
            arrived_at=arrived_at,
            recorded_by_id=asker.member,
        )

    stay, is_new = create_once(Stay, id, make)
    if is_new:
        _count(stay=stay, referral=referral, at=at)
        _tell("began", asker=asker, referral=referral, stay=stay)
    return stay


def _count(*, stay: Stay, referral: Referral, at: datetime) -> None:
    with asking(job_asker(STAY_RECORDED)) as job:
        cases.record_from_stay(
            asker=job,
            case=Case.objects.get(pk=referral.case_id),
            stay_id=stay.pk,
            organisation_id=referral.to_organisation_id,
            given_on=stay.arrived_at.astimezone(CITY_TIME).date(),
            at=at,
        )


def end_stay(*, asker: Asker, referral: Referral, left_at: datetime, at: datetime) -> Stay:
    """Record that they left; the referral is completed. Doing so twice changes nothing.

    Raises:
        NoStayHere: nobody has arrived.
        ImpossibleStay: they left before they came, or in the future.
    """
    policies.RECEIVES.require(asker, referral)
    stay = Stay.objects.filter(referral=referral).first()
    if stay is None:
        raise NoStayHere
    if stay.left_at is not None:
        return stay
    if not stay.arrived_at <= left_at <= at:
        raise ImpossibleStay
    Stay.objects.filter(pk=stay.pk, left_at__isnull=True).update(left_at=left_at)
    stay.refresh_from_db()
    Referral.objects.filter(pk=referral.pk, state=State.ACCEPTED).update(
        state=State.COMPLETED, ended_at=at
    )
    _tell("ended", asker=asker, referral=referral, stay=stay)
    return stay


def _tell(what: str, *, asker: Asker, referral: Referral, stay: Stay) -> None:
    audit.write(
        asker=asker,
        action=f"casework.stay.{what}",
        subject=referral,
        adults=stay.adults,
        children=stay.children,
    )
    live.tell(
        f"org:{referral.from_organisation_id}",
        f"org:{referral.to_organisation_id}",
        event="referral",
    )
