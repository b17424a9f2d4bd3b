"""Noting safe ways, reaching her by one, and saying what came of it."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID, uuid5

from diemtua.casework.cases import services as cases
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Purpose, Status
from diemtua.casework.reaching import policies, queries
from diemtua.casework.reaching.errors import (
    HoursTurned,
    NotAgreed,
    NotSafeNow,
    RevealingName,
    WayEnded,
)
from diemtua.casework.reaching.models import Answers, Attempt, Came, Channel, SafeWay
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault


def note_way(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    channel: str,
    to: str,
    how: str,
    at: datetime,
    days: Sequence[int] = (),
    since: time | None = None,
    until: time | None = None,
    answers: str = Answers.SELF,
    say: str = "",
    code_word: str = "",
    note: str = "",
) -> SafeWay:
    """Note a way that she called safe, and that she agrees to be contacted so (``how`` she said it).

    The same id twice makes one.

    Raises:
        RevealingName: the name to say would give her away.
        HoursTurned: the hours end before they begin.
    """
    policies.MAY_REACH.require(asker, case)
    if word := queries.revealing(say):
        raise RevealingName(word=word)
    if since and until and until <= since:
        raise HoursTurned
    content = {
        "channel": Channel(channel).value,
        "to": to,
        "days": sorted({*map(int, days)}),
        "since": f"{since:%H:%M}" if since else "",
        "until": f"{until:%H:%M}" if until else "",
        "answers": Answers(answers).value,
        "say": say,
        "code_word": code_word,
        "note": note,
    }

    def make() -> SafeWay:
        way = SafeWay(
            id=id, case=case, data_key_id=case.data_key_id, noted_by_id=asker.member, noted_at=at
        )
        vault.seal(way, content=content)
        way.save(force_insert=True)
        return way

    way, is_new = create_once(SafeWay, id, make)
    if is_new:
        _agree(asker=asker, case=case, way_id=id, how=how, at=at)
        audit.write(asker=asker, action="reaching.way.noted", subject=case)
        live.tell(f"org:{case.organisation_id}", event="case")
    return way


def _agree(*, asker: Asker, case: Case, way_id: UUID, how: str, at: datetime) -> None:
    if queries.is_agreed(case_id=case.pk, at=at):
        return
    cases.give_consent(
        asker=asker,
        id=uuid5(way_id, "consent"),
        case=case,
        purpose=Purpose.CONTACT,
        how=how,
        at=at,
    )


def end_way(*, asker: Asker, way: SafeWay, at: datetime) -> None:
    """End a way: nobody reaches her by it any more. Ending twice changes nothing."""
    policies.SEES_WAY.require(asker, way)
    changed = SafeWay.objects.filter(pk=way.pk, ended_at__isnull=True).update(
        ended_at=at, ended_by_id=asker.member
    )
    if changed:
        audit.write(asker=asker, action="reaching.way.ended", subject=way.case)
        live.tell(f"org:{way.case.organisation_id}", event="case")


def reach(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    way: SafeWay,
    at: datetime,
) -> Attempt:
    """Reach for her by a safe way: the only verb after which its number or address is shown.

    There is no way around the gate, for nobody: it opens when she agrees to be contacted, the way
    still counts, and the moment lies within her hours.

    Raises:
        NotAgreed, WayEnded, NotSafeNow: it does not open, and why.
        CaseClosed: a closed case is reopened first.
    """
    policies.SEES_WAY.require(asker, way)
    existing = Attempt.objects.filter(pk=id, way=way).first()
    if existing is not None:
        return existing
    told = _through_the_gate(asker=asker, way=way, at=at)
    attempt = Attempt(
        id=id,
        case=way.case,
        way=way,
        data_key_id=way.data_key_id,
        channel=told.channel,
        tried_by_id=asker.member,
        tried_at=at,
    )

    def make() -> Attempt:
        attempt.save(force_insert=True)
        return attempt

    made, is_new = create_once(Attempt, id, make)
    if is_new:
        audit.write(
            asker=asker, action="reaching.reached-for", subject=way.case, channel=told.channel
        )
    return made


def _through_the_gate(*, asker: Asker, way: SafeWay, at: datetime) -> queries.Way:
    if way.case.status == Status.CLOSED:
        raise CaseClosed
    if way.ended_at is not None:
        raise WayEnded
    if not queries.is_agreed(case_id=way.case_id, at=at):
        raise NotAgreed
    told = queries.opened(asker=asker, way=way)
    if not told.is_safe(at):
        raise NotSafeNow(hours=told.hours)
    return told


def tell(*, asker: Asker, attempt: Attempt, came: str, at: datetime, note: str = "") -> None:
    """Say what came of an attempt; telling twice keeps the first. Speaking with her counts as contact.

    When somebody else answered, the way ends at once: she is asked anew before it is used again.
    """
    policies.SEES_WAY.require(asker, attempt)
    if attempt.came != Came.BEGUN:
        return
    vault.seal(attempt, note=note or None)
    changed = Attempt.objects.filter(
        pk=attempt.pk, came=Came.BEGUN, tried_by_id=asker.member
    ).update(came=Came(came), told_at=at, note=attempt.note)
    if not changed:
        return
    audit.write(asker=asker, action="reaching.told", subject=attempt.case, came=Came(came).value)
    if came == Came.REACHED:
        cases.note_contact(asker=asker, case=attempt.case, at=at)
    if came == Came.SOMEBODY_ELSE:
        end_way(asker=asker, way=attempt.way, at=at)
