"""Sending a referral, and taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Section, Status
from diemtua.casework.referrals import policies, queries
from diemtua.casework.referrals.errors import AddressFull, ConsentDoesNotCover, DoesNotFit
from diemtua.casework.referrals.models import LIVE, Packet, Referral, State
from diemtua.directory.models import Facility
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault

SEALED_PARTS = {
    Section.NAME: "identity",
    Section.ADDRESS: "identity",
    Section.CONTACT: "safe_contact",
    Section.STORY: "story",
}


def send(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    facility_id: UUID,
    sections: Iterable[str],
    adults: int,
    children: int,
    at: datetime,
    is_urgent: bool = False,
    note: str = "",
    has_called: bool = False,
) -> Referral:
    """Refer a case to a facility with the chosen sections alone; the same id twice makes one.

    What people need on arrival (how many they are, ``note``) always goes along; without consent
    to that there is no referral. There is no way around the consent, for nobody.

    Raises:
        ConsentDoesNotCover: she has not agreed that these sections go there now.
        DoesNotFit: the place does not take who comes, and nobody has called to ask (``has_called``).
        AddressFull: the place has said that it has no room for so many.
    """
    policies.MAY_REFER.require(asker, case)
    existing = Referral.objects.filter(pk=id, case=case).first()
    if existing is not None:
        return existing
    if case.status == Status.CLOSED:
        raise CaseClosed
    facility = Facility.objects.select_related("organisation").filter(pk=facility_id).first()
    if facility is None:
        raise NotFound
    chosen = frozenset({*map(Section, sections), Section.NEEDS})
    if not has_called and (why := queries.misfits(case=case, facility=facility, children=children)):
        raise DoesNotFit(why=", ".join(why))
    _require_room(asker=asker, facility=facility, wanted=adults + children, at=at)
    referral = Referral(
        id=id,
        case=case,
        facility=facility,
        from_organisation_id=case.organisation_id,
        to_organisation_id=facility.organisation_id,
        sent_by_id=asker.member,
        sections=sorted(chosen),
        adults=adults,
        children=children,
        is_urgent=is_urgent,
        sent_at=at,
        shared_until=_covered_until(case=case, facility=facility, chosen=chosen, at=at),
    )
    saved, is_new = create_once(Referral, id, lambda: _save(asker, referral, note))
    if is_new:
        _tell(asker, saved, "sent")
    return saved


def _covered_until(
    *, case: Case, facility: Facility, chosen: frozenset[str], at: datetime
) -> datetime | None:
    sharing = cases.sharing(case_id=case.pk, organisation=facility.organisation, at=at)
    if missing := sharing.lacks(chosen):
        labels = ", ".join(str(Section(code).label).lower() for code in sorted(missing))
        raise ConsentDoesNotCover(sections=labels)
    return sharing.ends(chosen)


def _require_room(*, asker: Asker, facility: Facility, wanted: int, at: datetime) -> None:
    free = queries.places_free(asker=asker, facility_id=facility.pk, at=at)
    if free is not None and free < wanted:
        raise AddressFull(free=free, wanted=wanted)


def _save(asker: Asker, referral: Referral, note: str) -> Referral:
    referral.save(force_insert=True)
    packet = Packet(referral=referral)
    vault.seal(packet, content=_content(asker, referral, note))
    packet.save(force_insert=True)
    return referral


def _content(asker: Asker, referral: Referral, note: str) -> dict[str, Any]:
    """Return the chosen sections of the case and nothing beside them."""
    case, chosen = referral.case, [Section(code) for code in referral.sections]
    fields = sorted({SEALED_PARTS[code] for code in chosen if code in SEALED_PARTS})
    told = (
        vault.unseal(case, *fields, asker=asker, why="casework.referral.packed") if fields else None
    )
    person: dict[str, Any] = (getattr(told, "identity", None) or {}) if told else {}
    parts: dict[Section, Any] = {
        Section.NEEDS: {"sex": case.sex, "age_group": case.age_group, "note": note},
        Section.NAME: person.get("full_name") or "",
        Section.ADDRESS: person.get("address") or "",
        Section.CONTACT: getattr(told, "safe_contact", None) or {},
        Section.INCIDENT: {
            "gbv_type": case.gbv_type,
            "acts": case.acts,
            "danger_now": case.danger_now,
        },
        Section.STORY: getattr(told, "story", None) or "",
    }
    return {"alias": case.alias} | {code.value: parts[code] for code in chosen}


def revoke(*, asker: Asker, referral: Referral, at: datetime) -> None:
    """Take a live referral back: the packet's key is destroyed. Doing so twice changes nothing."""
    policies.MAY_REVOKE.require(asker, referral)
    packet = Packet.objects.filter(referral=referral).first()
    changed = Referral.objects.filter(pk=referral.pk, state__in=LIVE).update(
        state=State.REVOKED, ended_at=at
    )
    referral.refresh_from_db()
    if not changed:
        return
    if packet is not None:
        vault.erase(packet, asker=asker, why="casework.packet.erased")
    _tell(asker, referral, "revoked")


def end_uncovered(*, asker: Asker, case: Case, at: datetime) -> None:
    """Take back every live referral that her consents no longer cover."""
    live_ones = Referral.objects.filter(case=case, state__in=LIVE).select_related("to_organisation")
    for referral in live_ones:
        sharing = cases.sharing(case_id=case.pk, organisation=referral.to_organisation, at=at)
        if sharing.lacks(frozenset(referral.sections)):
            revoke(asker=asker, referral=referral, at=at)


def _tell(asker: Asker, referral: Referral, what: str) -> None:
    audit.write(
        asker=asker,
        action=f"casework.referral.{what}",
        subject=referral,
        sections=",".join(referral.sections),
        state=referral.state,
    )
    live.tell(
        f"org:{referral.to_organisation_id}",
        f"org:{referral.from_organisation_id}",
        event="referral",
    )
