"""The next shift: what is left to hand over, to whom, and what the last one said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from diemtua.accounts import queries as accounts
from diemtua.accounts.models import Membership, Role
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies
from diemtua.hotline.models import Contact, HandOver, State


@dataclass(frozen=True, slots=True)
class Received:
    """How the contact in hand came from a colleague, and what she said with it."""

    given_by: str
    given_at: datetime
    word: str


def to_hand_over(*, asker: Asker, contact_id: UUID | None = None) -> list[Contact]:
    """Return what the asker may hand over: unfinished contacts and promised calls, or one contact."""
    open_ones = Q(state=State.DRAFT) | Q(call_back_at__isnull=False, called_back_at__isnull=True)
    wanted = Q(pk=contact_id) if contact_id else open_ones
    found = policies.MAY_HAND_OVER.of(asker, Contact.objects.all()).filter(wanted)
    return list(found.select_related("unit", "held_by").order_by("-started_at")[:100])


def chosen(*, asker: Asker, ids: Iterable[str]) -> list[Contact]:
    """Return the contacts of these ids that the asker may hand over now."""
    mine = policies.MAY_HAND_OVER.of(asker, Contact.objects.all())
    return list(mine.filter(pk__in=list(ids)).order_by("pk"))


def colleagues(*, asker: Asker, at: datetime) -> list[tuple[UUID, str]]:
    """Return the counsellors of the asker's centre today, without herself: id and name."""
    today = Membership.objects.filter(
        accounts.valid_on(at.astimezone(CITY_TIME).date()),
        organisation_id=asker.home,
        role=Role.COUNSELLOR,
        user__is_active=True,
    ).exclude(user_id=asker.member)
    found = today.values_list("user_id", "user__full_name").order_by("user__full_name")
    return list(found.distinct())


def received(*, asker: Asker, contact: Contact) -> Received | None:
    """Return how a contact came to the asker, if a colleague handed it over; the trail says who read it."""
    policies.SEES.require(asker, contact)
    last = (
        HandOver.objects.filter(contact_id=contact.pk)
        .select_related("given_by", "data_key")
        .order_by("-given_at")
        .first()
    )
    if last is None or last.given_to_id != asker.user_id:
        return None
    word = vault.unseal(last, "word", asker=asker, why="hotline.hand-over.read").word
    return Received(last.given_by.get_short_name(), last.given_at, word or "")
