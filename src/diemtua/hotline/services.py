"""What a counsellor does with a contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from diemtua.casework.cases import services as cases
from diemtua.casework.models import Case
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies
from diemtua.hotline.errors import PlaceMissing, SavedElsewhere
from diemtua.hotline.models import CallerKind, Contact, Danger, State


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the page of a contact; anything may still be missing."""

    line: str
    started_at: datetime
    caller_kind: str = CallerKind.UNKNOWN
    unit_key: str | None = None
    acts: Sequence[str] = ()
    gbv_type: str = ""
    danger_now: str = Danger.UNKNOWN
    children: int = 0
    is_notice_told: bool = False
    notes: str = ""
    callback: Mapping[str, str] = field(default_factory=dict)


def save(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    at: datetime,
    tab: UUID,
    seen: int,
    written: Written,
) -> Contact:
    """Write a contact down as it stands on the page; the first time, it is made.

    ``tab`` is made by the page when it opens, ``seen`` is the version it opened with: a page that
    was overtaken by another one is refused instead of overwriting it.

    Raises:
        SavedElsewhere: another page saved it since this one was opened.
        NotFound: the id belongs to a contact of somebody else.
    """
    policies.MAY_WRITE.require(asker)

    def make() -> Contact:
        contact = Contact(
            id=id, organisation_id=asker.organisation_id, taken_by_id=asker.user_id, tab=tab
        )
        _write(contact, written, at)
        contact.save(force_insert=True)
        audit.write(asker=asker, action="hotline.contact.begun", subject=contact)
        return contact

    contact, is_new = create_once(Contact, id, make)
    if is_new:
        return contact
    policies.MAY_WRITE.require(asker, contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.tab != tab and contact.version != seen:
        raise SavedElsewhere
    contact.tab, contact.version = tab, contact.version + 1
    _write(contact, written, at)
    contact.save()
    return contact


def _write(contact: Contact, written: Written, at: datetime) -> None:
    contact.line = written.line
    contact.started_at = written.started_at
    contact.caller_kind = written.caller_kind
    contact.unit_id = written.unit_key
    contact.acts = list(written.acts)
    contact.gbv_type = written.gbv_type
    contact.danger_now = written.danger_now
    contact.children = written.children
    if written.is_notice_told and contact.notice_told_at is None:
        contact.notice_told_at = at
    vault.seal(contact, notes=written.notes or None, callback=dict(written.callback) or None)


def finish(*, asker: Asker, contact: Contact, at: datetime) -> Contact:
    """Put a contact down as written; a second time changes nothing."""
    policies.MAY_WRITE.require(asker, contact)
    if contact.state == State.DONE:
        return contact
    contact.state, contact.ended_at = State.DONE, at
    contact.save(update_fields=["state", "ended_at"])
    audit.write(
        asker=asker,
        action="hotline.contact.finished",
        subject=contact,
        danger_now=contact.danger_now,
    )
    return contact


def open_case(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    contact: Contact,
    at: datetime,
    told: Mapping[str, Any],
    consent: cases.ConsentGiven,
) -> Case:
    """Open a case from a contact and put the contact down; a second time returns the same case.

    ``told`` holds the arguments of ``casework.cases.services.open_case``.

    Raises:
        PlaceMissing: no commune was chosen.
        ConsentMissing: she has not agreed that a file is kept.
    """
    policies.MAY_WRITE.require(asker, contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.case_id is not None:
        return Case.objects.get(pk=contact.case_id)
    if not told.get("unit_key"):
        raise PlaceMissing
    case = cases.open_case(asker=asker, id=id, at=at, consent=consent, **told)
    contact.case = case
    contact.save(update_fields=["case"])
    finish(asker=asker, contact=contact, at=at)
    return case
