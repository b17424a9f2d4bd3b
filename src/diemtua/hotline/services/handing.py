"""Handing contacts to the next shift."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault
from diemtua.hotline import policies, queries
from diemtua.hotline.errors import NothingToHandOver, NotOfThisShift
from diemtua.hotline.models import Contact, HandOver
from diemtua.hotline.services.writing import tell


def hand_over(
    *, asker: Asker, contacts: Sequence[Contact], to: UUID, at: datetime, word: str = ""
) -> list[HandOver]:
    """Hand contacts to another counsellor of the centre; she alone writes them from then on.

    Who took a call stays as it was. ``word`` is what the next shift must know; it is sealed. A
    contact that she holds already is left as it is, so a double tap hands over once.

    Raises:
        NothingToHandOver: no contact was chosen.
        NotOfThisShift: the person is no counsellor of this centre today.
    """
    policies.MAY_HAND_OVER.require(asker)
    if not contacts:
        raise NothingToHandOver
    if to not in dict(queries.colleagues(asker=asker, at=at)):
        raise NotOfThisShift
    with transaction.atomic():
        return [
            _hand_over(asker=asker, contact=contact, to=to, at=at, word=word)
            for contact in contacts
            if contact.held_by_id != to
        ]


def _hand_over(*, asker: Asker, contact: Contact, to: UUID, at: datetime, word: str) -> HandOver:
    policies.MAY_HAND_OVER.require(asker, contact)
    made = HandOver(
        contact_id=contact.pk,
        held_by_id=contact.held_by_id,
        given_by_id=asker.member,
        given_to_id=to,
        given_at=at,
    )
    vault.seal(made, word=word or None)
    made.save(force_insert=True)
    # From here on the contact is out of her sight: PostgreSQL itself does this one step.
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.hand_over_contact(%s, %s)", [contact.pk, to])
        is_given = cursor.fetchone()[0]
    if not is_given:
        raise NotOfThisShift
    audit.write(asker=asker, action="hotline.contact.handed-over", subject=contact)
    tell(contact)
    live.tell(f"user:{to}", event="contact")
    return made
