"""Contacts: the one in hand, those of the day, whom to call back. Lists hold nothing that was told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from diemtua.accounts.models import Role
from diemtua.casework.duties import queries as duties
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies
from diemtua.hotline.models import Contact, Danger, State

A_SHIFT = timedelta(hours=12)
SHOWN = (
    "started_at",
    "caller_kind",
    "danger_now",
    "state",
    "outcome",
    "call_back_at",
    "case_id",
    "unit__name",
    "taken_by_id",
    "held_by__full_name",
)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact in a list: nothing of what was told."""

    id: UUID
    started_at: datetime
    is_today: bool
    unit: str
    caller: str
    is_in_danger: bool
    is_draft: bool
    outcome: str
    case_id: UUID | None
    held_by: str
    is_handed_over: bool


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """Somebody waits for a call at this time; how to reach her stands in the contact."""

    id: UUID
    at: datetime
    is_today: bool
    is_due: bool
    is_in_danger: bool
    unit: str
    held_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: for the page of the contact in hand, and no longer."""

    notes: str
    callback: dict[str, str]
    unread: dict[str, str]


def contact(*, asker: Asker, contact_id: UUID) -> Contact:
    """Return one contact.

    Raises:
        NotFound: there is none that the asker sees.
    """
    policies.SEES.require(asker)
    found = (
        policies.SEES.of(asker, Contact.objects.select_related("unit", "data_key"))
        .filter(pk=contact_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def told(*, asker: Asker, contact: Contact) -> Told:
    """Return what was told in a contact; the audit trail says who read it."""
    policies.SEES.require(asker, contact)
    plain = vault.unseal(
        contact, "notes", "callback", "unread", asker=asker, why="hotline.contact.read"
    )
    return Told(notes=plain.notes or "", callback=plain.callback or {}, unread=plain.unread or {})


def contacts_of_day(*, asker: Asker, at: datetime, at_most: int = 30) -> list[ContactRow]:
    """Return the contacts of the day and of a night shift so far, and what is still being written."""
    now = at.astimezone(CITY_TIME)
    since = min(now.replace(hour=0, minute=0, second=0, microsecond=0), now - A_SHIFT)
    of_day = Q(started_at__gte=since) | Q(state=State.DRAFT)
    found = _seen(asker).filter(of_day).order_by("-started_at")[:at_most]
    return [
        ContactRow(
            id=one.pk,
            started_at=one.started_at.astimezone(CITY_TIME),
            is_today=_is_today(one.started_at, now),
            unit=one.unit.name if one.unit else "",
            caller=one.get_caller_kind_display(),
            is_in_danger=one.danger_now == Danger.YES,
            is_draft=one.state == State.DRAFT,
            outcome=one.get_outcome_display(),
            case_id=one.case_id,
            held_by=one.held_by.get_short_name(),
            is_handed_over=one.held_by_id != one.taken_by_id,
        )
        for one in found
    ]


def call_backs(*, asker: Asker, at: datetime, at_most: int = 20) -> list[CallBackRow]:
    """Return whom to call back, in the order of the promised times."""
    now = at.astimezone(CITY_TIME)
    promised = _seen(asker).filter(call_back_at__isnull=False, called_back_at__isnull=True)
    return [
        CallBackRow(
            id=one.pk,
            at=one.call_back_at.astimezone(CITY_TIME),
            is_today=_is_today(one.call_back_at, now),
            is_due=one.call_back_at <= at,
            is_in_danger=one.danger_now == Danger.YES,
            unit=one.unit.name if one.unit else "",
            held_by=one.held_by.get_short_name(),
        )
        for one in promised.order_by("call_back_at")[:at_most]
        if one.call_back_at is not None
    ]


def waiting_for(asker: Asker) -> int:
    """Return what waits for a counsellor by the database's clock, with one query at most.

    Due call-backs, and chairmen who let their time pass.
    """
    if not asker.has_role(Role.COUNSELLOR):
        return 0
    due = Contact.objects.filter(call_back_at__lte=Now(), called_back_at__isnull=True)
    mine = policies.SEES.of(asker, due)
    late = duties.late_calls(asker=asker)
    return mine.values("pk").union(late.values("pk"), all=True).count()


def _seen(asker: Asker) -> QuerySet[Contact]:
    seen = policies.SEES.of(asker, Contact.objects.all())
    return seen.select_related("unit", "held_by").only(*SHOWN)


def _is_today(moment: datetime, now: datetime) -> bool:
    return moment.astimezone(CITY_TIME).date() == now.date()
