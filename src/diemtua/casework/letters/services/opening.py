"""Opening a link: who holds it and is told its number reads what was shared, once."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from diemtua.casework.letters import policies, queries
from diemtua.casework.letters.errors import LinkNotOpen
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.referrals import services as referrals
from diemtua.casework.referrals.models import Packet, Referral
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker, asking, job_asker


@dataclass(frozen=True, slots=True)
class Opened:
    """What the holder of a link gets to see. ``shared`` is there the first time alone."""

    link: ReferralLink
    referral: Referral
    shared: referrals.Shared | None
    place: str
    sender: str
    sender_phone: str


@contextmanager
def holding(token: str) -> Iterator[Asker]:
    """Ask as the server does for whoever holds this link: PostgreSQL shows the one referral behind it."""
    with asking(job_asker(policies.JOB)) as asker, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('diemtua.referral_link', %s, true)", [token])
        yield asker
        cursor.execute("SELECT set_config('diemtua.referral_link', '', true)")


def held(token: str, *, at: datetime) -> ReferralLink:
    """Return the link in hand, locked: of two who open it at once the second finds it opened.

    Raises:
        LinkNotOpen: there is none, or it is over.
    """
    link = (
        ReferralLink.objects.select_for_update().filter(token_hash=queries.hash_of(token)).first()
    )
    if link is None or not queries.is_open(link, at=at):
        raise LinkNotOpen
    return link


def knock(*, token: str, at: datetime) -> ReferralLink:
    """Return the link if it still opens; nothing is read and nothing changes.

    A messenger that fetches a link to show a preview gets no further than this.

    Raises:
        LinkNotOpen: there is none, or it is over.
    """
    with holding(token):
        return held(token, at=at)


def open_letter(*, token: str, pin: str, at: datetime) -> Opened | None:
    """Open a link with the number that was told by telephone; None when the number is wrong.

    Wrong numbers are counted, and after a few of them the link is shut for good. What was shared
    is read the first time alone: later the same number still leads to the answer.

    Raises:
        LinkNotOpen: there is none, or it is over.
    """
    with holding(token) as asker:
        link = held(token, at=at)
        if not hmac.compare_digest(pin.encode(), queries.pin_of(link.pk).encode()):
            ReferralLink.objects.filter(pk=link.pk).update(wrong_pins=F("wrong_pins") + 1)
            audit.write(asker=asker, action="letters.link.wrong-number", subject=link)
            return None
        shared = _read_once(asker, link, at) if link.opened_at is None else None
        referral = Referral.objects.filter(pk=link.referral_id).first()
        if referral is None:
            raise LinkNotOpen
        return Opened(link, referral, shared, *_parties())


def _read_once(asker: Asker, link: ReferralLink, at: datetime) -> referrals.Shared:
    packet = Packet.objects.filter(referral_id=link.referral_id).first()
    if packet is None:
        raise LinkNotOpen
    shared = referrals.unpack(asker=asker, packet=packet, why="letters.link.opened")
    ReferralLink.objects.filter(pk=link.pk).update(opened_at=at)
    link.opened_at = at
    Referral.objects.filter(pk=link.referral_id, first_read_at__isnull=True).update(
        first_read_at=at
    )
    return shared


def _parties() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, sender, sender_phone FROM diemtua.link_parties()")
        return cursor.fetchone() or ("", "", "")
