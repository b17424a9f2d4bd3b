"""The receiving side reads what was shared, and answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import AgeGroup, GbvType, Section, Sex
from diemtua.casework.cases.services import SafeContact
from diemtua.casework.referrals import policies, queries
from diemtua.casework.referrals.errors import AlreadyAnswered, SharingEnded
from diemtua.casework.referrals.models import DeclineReason, Packet, Referral, State
from diemtua.directory import services as directory
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault

ADDRESS_FOR = timedelta(hours=72)
"""How long the sending organisation may read the shelter's address once it was accepted."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sender shared, as words for a page; a part that was not shared is empty."""

    alias: str
    sex: str
    age_group: str
    note: str
    full_name: str
    address: str
    contact: SafeContact | None
    gbv_type: str
    acts: tuple[str, ...]
    danger_now: bool
    story: str


def read_packet(*, asker: Asker, referral: Referral, at: datetime) -> Shared:
    """Return what was shared with the asker's organisation; the audit trail says who read it.

    Raises:
        SharingEnded: the referral is no longer live, or her consent has ended.
    """
    policies.RECEIVES.require(asker, referral)
    _require_shared(referral, at)
    packet = Packet.objects.filter(referral=referral).first()
    if packet is None:
        raise SharingEnded
    shared = unpack(asker=asker, packet=packet, why="casework.referral.read")
    Referral.objects.filter(pk=referral.pk, first_read_at__isnull=True).update(first_read_at=at)
    return shared


def unpack(*, asker: Asker, packet: Packet, why: str) -> Shared:
    """Return a packet's content in words; who may have it PostgreSQL decided when it was found."""
    return _in_words(vault.unseal(packet, "content", asker=asker, why=why).content)


def _require_shared(referral: Referral, at: datetime) -> None:
    if not queries.is_readable(referral, at=at):
        raise SharingEnded


def _in_words(content: dict[str, Any]) -> Shared:
    needs, incident = content[Section.NEEDS], content.get(Section.INCIDENT) or {}
    contact = content.get(Section.CONTACT)
    return Shared(
        alias=content["alias"],
        sex=str(Sex(needs["sex"]).label),
        age_group=str(AgeGroup(needs["age_group"]).label),
        note=needs["note"],
        full_name=content.get(Section.NAME, ""),
        address=content.get(Section.ADDRESS, ""),
        contact=SafeContact.told(contact) if contact else None,
        gbv_type=str(GbvType(incident["gbv_type"]).label) if incident else "",
        acts=tuple(cases.acts()[code].short for code in incident.get("acts", ())),
        danger_now=incident.get("danger_now", False),
        story=content.get(Section.STORY, ""),
    )


def accept(*, asker: Asker, referral: Referral, at: datetime) -> None:
    """Accept a referral; the sending organisation may read the place's address for a while.

    Accepting twice, or by two people at once, changes nothing more.

    Raises:
        AlreadyAnswered: it was declined before.
        SharingEnded: it was revoked, or her consent has ended.
    """
    policies.RECEIVES.require(asker, referral)
    if referral.state == State.SENT:
        _require_shared(referral, at)
    if not _answer(asker, referral, at, state=State.ACCEPTED):
        return
    directory.grant_address(
        asker=asker,
        facility=referral.facility,
        organisation=referral.from_organisation,
        until=at + ADDRESS_FOR,
        at=at,
    )
    _tell(asker, referral, "accepted")


def decline(*, asker: Asker, referral: Referral, reason: str, at: datetime) -> None:
    """Decline a referral with a reason; declining twice changes nothing.

    Raises:
        AlreadyAnswered: it was accepted before.
        SharingEnded: it was revoked.
    """
    policies.RECEIVES.require(asker, referral)
    reason = DeclineReason(reason)
    if _answer(asker, referral, at, state=State.DECLINED, decline_reason=reason, ended_at=at):
        _tell(asker, referral, "declined")


def complete(*, asker: Asker, referral: Referral, at: datetime) -> None:
    """Say that what the referral asked for is done; the receiving side's rights end with it.

    Raises:
        AlreadyAnswered: it was never accepted.
    """
    policies.RECEIVES.require(asker, referral)
    _complete(asker, referral, at)


def settle(*, asker: Asker, referral: Referral, state: str, reason: str = "", at: datetime) -> bool:
    """Move a referral to the answer of a place without an account; return whether that was new.

    Who may say so the caller has decided, and PostgreSQL decides again.

    Raises:
        AlreadyAnswered: it was answered otherwise.
        SharingEnded: it was revoked, or her consent has ended.
    """
    match State(state):
        case State.COMPLETED:
            return _complete(asker, referral, at)
        case State.ACCEPTED:
            if referral.state == State.SENT:
                _require_shared(referral, at)
            is_new = _answer(asker, referral, at, state=State.ACCEPTED)
        case State.DECLINED:
            why = DeclineReason(reason)
            is_new = _answer(
                asker, referral, at, state=State.DECLINED, decline_reason=why, ended_at=at
            )
        case _:
            raise AlreadyAnswered
    if is_new:
        _tell(asker, referral, state.lower())
    return is_new


def _complete(asker: Asker, referral: Referral, at: datetime) -> bool:
    changed = Referral.objects.filter(pk=referral.pk, state=State.ACCEPTED).update(
        state=State.COMPLETED, ended_at=at
    )
    referral.refresh_from_db()
    if changed:
        _tell(asker, referral, "completed")
    elif referral.state != State.COMPLETED:
        raise AlreadyAnswered
    return bool(changed)


def _answer(
    asker: Asker, referral: Referral, at: datetime, *, state: State, **changes: Any
) -> bool:
    """Move a sent referral to its answer, in one statement so that only one of two can win."""
    changed = Referral.objects.filter(pk=referral.pk, state=State.SENT).update(
        state=state, answered_at=at, answered_by_id=asker.user_id, **changes
    )
    referral.refresh_from_db()
    if changed:
        return True
    if referral.state == State.REVOKED:
        raise SharingEnded
    is_as_asked = referral.state == state or (state, referral.state) == (
        State.ACCEPTED,
        State.COMPLETED,
    )
    if not is_as_asked:
        raise AlreadyAnswered
    return False


def _tell(asker: Asker, referral: Referral, what: str) -> None:
    audit.write(
        asker=asker,
        action=f"casework.referral.{what}",
        subject=referral,
        state=referral.state,
        reason=referral.decline_reason,
    )
    live.tell(
        f"org:{referral.from_organisation_id}",
        f"org:{referral.to_organisation_id}",
        f"user:{referral.sent_by_id}",
        event="referral",
    )
