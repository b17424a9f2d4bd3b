"""A facility says whether it can take someone tonight."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from diemtua.directory import policies
from diemtua.directory.errors import (
    AwayUntilThePast,
    FacilityWithdrawn,
    MorePlacesThanBeds,
    NoPlaceIsNotReady,
)
from diemtua.directory.models import Facility, Readiness, ReadinessAnswer
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotForYou
from diemtua.places.queries import city

SAME_TAP = timedelta(minutes=1)
"""The same answer by the same person within this time is the same tap."""


def answer_readiness(
    *,
    asker: Asker,
    facility: Facility,
    state: str,
    places: int,
    at: datetime,
    valid_until: datetime | None = None,
    id: UUID | None = None,  # noqa: A002 - the page makes the record's id
) -> ReadinessAnswer:
    """Record a facility's answer for tonight; a second tap, or the same id, makes no second one.

    Everyone who watches places near hears of it at once. ``places`` counts for READY alone.

    Raises:
        NoPlaceIsNotReady: ready, but with no place.
        MorePlacesThanBeds: more free places than the facility has.
        AwayUntilThePast: ``valid_until`` is not in the future.
        FacilityWithdrawn: it no longer takes part.
    """
    policies.MAY_ANSWER.require(asker, facility)
    require_taking_part(facility, at)
    state = Readiness(state)
    free = places if state == Readiness.READY else 0
    answer = ReadinessAnswer(
        id=id or uuid4(),
        facility=facility,
        state=state,
        places=free,
        answered_at=at,
        answered_by_id=_person(asker),
        valid_until=valid_until,
    )
    _require_sense(answer)
    if (tapped := _tapped_before(answer)) is not None:
        return tapped
    saved, is_new = create_once(ReadinessAnswer, answer.pk, lambda: _save(answer))
    if is_new:
        _tell(asker, facility, saved)
    return saved


def _person(asker: Asker) -> UUID:
    if asker.user_id is None:  # a job keeps no place
        raise NotForYou
    return asker.user_id


def require_taking_part(facility: Facility, at: datetime) -> None:
    """Refuse when the facility has been withdrawn.

    Raises:
        FacilityWithdrawn: it no longer takes part.
    """
    if facility.valid_to is not None and facility.valid_to <= at.date():
        raise FacilityWithdrawn


def _require_sense(answer: ReadinessAnswer) -> None:
    beds = answer.facility.beds
    if answer.state == Readiness.READY and answer.places < 1:
        raise NoPlaceIsNotReady
    if answer.places > beds:
        raise MorePlacesThanBeds(beds=beds, places=answer.places)
    if answer.valid_until is not None and answer.valid_until <= answer.answered_at:
        raise AwayUntilThePast


def _tapped_before(answer: ReadinessAnswer) -> ReadinessAnswer | None:
    """Return the earlier answer that this one repeats: by its id, or the same within a minute.

    A page kept open may send its id again with another answer: that is a new one.
    """
    given = ReadinessAnswer.objects.filter(facility=answer.facility)
    if (known := given.filter(pk=answer.pk).first()) is not None:
        if _says_the_same(known, answer):
            return known
        answer.pk = uuid4()
    latest = given.order_by("-answered_at").first()
    if latest is None or answer.answered_at - latest.answered_at >= SAME_TAP:
        return None
    return latest if _says_the_same(latest, answer) else None


def _says_the_same(one: ReadinessAnswer, other: ReadinessAnswer) -> bool:
    return all(
        getattr(one, field) == getattr(other, field)
        for field in ("state", "places", "valid_until", "answered_by_id")
    )


def _save(answer: ReadinessAnswer) -> ReadinessAnswer:
    answer.save(force_insert=True)
    return answer


def _tell(asker: Asker, facility: Facility, answer: ReadinessAnswer) -> None:
    audit.write(
        asker=asker,
        action="directory.readiness.answered",
        subject=facility,
        state=answer.state,
        places=answer.places,
    )
    live.tell(
        f"org:{facility.organisation_id}",
        f"unit:{facility.unit_id}",
        f"unit:{city().key}",
        event="readiness",
    )
