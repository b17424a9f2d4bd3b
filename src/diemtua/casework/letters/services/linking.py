"""Making a link, and closing it."""

from datetime import datetime
from uuid import UUID

from diemtua.casework.letters import policies, queries
from diemtua.casework.letters.errors import NothingToSend
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.referrals import queries as referrals
from diemtua.casework.referrals.models import Referral
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once


def make_link(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    referral: Referral,
    at: datetime,
) -> ReferralLink:
    """Make a link that opens the referral once; the one before it is closed.

    ``queries.token_of`` and ``queries.pin_of`` say what to send and what to tell by telephone. The
    same id twice makes one.

    Raises:
        NothingToSend: the referral is over, or her consent has ended.
    """
    policies.MAY_SEND.require(asker, referral)
    existing = ReferralLink.objects.filter(pk=id).first()
    if existing is not None:
        return existing
    if not referrals.is_readable(referral, at=at):
        raise NothingToSend
    rules = queries.rules()
    link = ReferralLink(
        id=id,
        referral=referral,
        token_hash=queries.hash_of(queries.token_of(id)),
        made_by_id=asker.member,
        made_at=at,
        open_until=at + rules.open_for,
        answer_until=at + rules.answer_for,
    )

    def make() -> ReferralLink:
        ReferralLink.objects.filter(referral=referral, closed_at__isnull=True).update(closed_at=at)
        link.save(force_insert=True)
        return link

    made, is_new = create_once(ReferralLink, id, make)
    if is_new:
        audit.write(asker=asker, action="letters.link.made", subject=referral)
    return made


def close_link(*, asker: Asker, link: ReferralLink, at: datetime) -> None:
    """Close a link: nobody opens it or answers by it any more. Closing twice changes nothing."""
    policies.SEES_LINK.require(asker, link)
    changed = ReferralLink.objects.filter(pk=link.pk, closed_at__isnull=True).update(closed_at=at)
    if changed:
        audit.write(asker=asker, action="letters.link.closed", subject=link.referral)
