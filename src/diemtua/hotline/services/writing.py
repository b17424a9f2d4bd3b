"""Writing a contact down as it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError

from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies
from diemtua.hotline.errors import SavedElsewhere
from diemtua.hotline.models import CallerKind, Channel, Contact, Danger, Outcome

CLOCKS_DIFFER_BY = timedelta(minutes=5)
A_DAY = timedelta(days=1)
COLUMNS = {  # which part of the page is written into which column
    "line": "line",
    "channel": "channel",
    "caller_kind": "caller_kind",
    "unit": "unit_id",
    "acts": "acts",
    "gbv_type": "gbv_type",
    "danger_now": "danger_now",
    "children": "children",
    "call_back": "call_back_at",
    "outcome": "outcome",
    "handed_to": "handed_to",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the page of a contact; anything may still be missing.

    ``started`` is the time of day that was typed. ``unread`` holds what was typed into a part that
    cannot read it, by the part's name: the column stays as it was, the text is kept, sealed.
    """

    line: str
    channel: str = Channel.PHONE
    started: time | None = None
    caller_kind: str = CallerKind.UNKNOWN
    unit_id: str | None = None
    acts: Sequence[str] = ()
    gbv_type: str = ""
    danger_now: str = Danger.UNKNOWN
    children: int = 0
    is_notice_told: bool = False
    call_back_at: datetime | None = None
    outcome: str = ""
    handed_to: str = ""
    notes: str = ""
    callback: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


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
            id=id,
            organisation_id=asker.home,
            taken_by_id=asker.member,
            held_by_id=asker.member,
            tab=tab,
            line=written.line,
            started_at=at,
        )
        _write(contact, written, at)
        contact.save(force_insert=True)
        audit.write(asker=asker, action="hotline.contact.begun", subject=contact)
        tell(contact)
        return contact

    try:
        contact, is_new = create_once(Contact, id, make)
    except IntegrityError as error:
        if "hotline_contact_pkey" in str(error):
            raise NotFound from error
        raise
    return contact if is_new else _save_again(asker, contact, at, tab, seen, written)


def _save_again(  # noqa: PLR0917 - the arguments of save, in its order
    asker: Asker, contact: Contact, at: datetime, tab: UUID, seen: int, written: Written
) -> Contact:
    policies.MAY_WRITE.require(asker, contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.tab != tab and contact.version != seen:
        raise SavedElsewhere
    contact.tab, contact.version = tab, contact.version + 1
    shown = _shown(contact)
    _write(contact, written, at)
    contact.save(update_fields=[*COLUMNS.values(), *_OTHERS])
    if _shown(contact) != shown:
        tell(contact)
    return contact


_OTHERS = (
    "started_at",
    "notice_told_at",
    "called_back_at",
    "notes",
    "callback",
    "unread",
    "phone_token",
    "tab",
    "version",
)


def _shown(contact: Contact) -> tuple[object, ...]:
    """What lists show of a contact: when it changes, lists are told."""
    return (contact.unit_id, contact.danger_now, contact.started_at, contact.call_back_at)


def _write(contact: Contact, written: Written, at: datetime) -> None:
    promised = contact.call_back_at
    for part, column in COLUMNS.items():
        if part not in written.unread:
            value = getattr(written, column)
            setattr(contact, column, list(value) if part == "acts" else value)
    if contact.call_back_at != promised:
        contact.called_back_at = None
    if contact.case_id is not None:
        contact.outcome = Outcome.CASE
    if written.started is not None:
        contact.started_at = _nearest(written.started, to=contact.started_at, at=at)
    if written.is_notice_told and contact.notice_told_at is None:
        contact.notice_told_at = at
    contact.phone_token = next(iter(blind.tokens("phone", written.callback.get("phone", ""))), None)
    vault.seal(
        contact,
        notes=written.notes or None,
        callback=dict(written.callback) or None,
        unread=dict(written.unread) or None,
    )


def _nearest(typed: time, *, to: datetime, at: datetime) -> datetime:
    """Return the moment nearest to ``to`` at which the clock said what was typed, not in the future."""
    known = to.astimezone(CITY_TIME)
    if (known.hour, known.minute) == (typed.hour, typed.minute):
        return to
    same_day = datetime.combine(known.date(), typed, tzinfo=CITY_TIME)
    possible = [same_day - A_DAY, same_day, same_day + A_DAY]
    past = [moment for moment in possible if moment <= at + CLOCKS_DIFFER_BY]
    return min(past, key=lambda moment: abs(moment - known))


def tell(contact: Contact) -> None:
    """Tell the open desks of the centre that a contact has changed."""
    live.tell(f"org:{contact.organisation_id}", event="contact")
