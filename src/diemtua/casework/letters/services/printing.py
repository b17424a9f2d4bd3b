"""The letter on paper: for a place that uses neither account nor telephone screen."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from diemtua.casework.cases import queries as cases
from diemtua.casework.letters import policies
from diemtua.casework.letters.errors import NothingToSend
from diemtua.casework.referrals import queries as referrals
from diemtua.casework.referrals import services as sending
from diemtua.casework.referrals.models import DeclineReason, Packet, Referral
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.text import moment
from diemtua.foundation.ui.typesetting import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "writers" / "letter.typ"


def print_letter(*, asker: Asker, referral: Referral, at: datetime) -> bytes:
    """Return the referral as a PDF of one page, with what was shared and a part for the answer.

    Her consents are asked anew: what she no longer agrees to share is printed no more.

    Raises:
        NothingToSend: the referral is over, or her consents do not cover it any more.
    """
    policies.MAY_SEND.require(asker, referral)
    sharing = cases.sharing(
        case_id=referral.case_id, organisation=referral.facility.organisation, at=at
    )
    if not referrals.is_readable(referral, at=at) or sharing.lacks(frozenset(referral.sections)):
        raise NothingToSend
    packet = Packet.objects.filter(referral=referral).first()
    if packet is None:
        raise NothingToSend
    shared = sending.unpack(asker=asker, packet=packet, why="letters.letter.printed")
    row = referrals.row(referral)
    words = {
        "code": str(referral.pk)[:8].upper(),
        "place": row.facility,
        "sender": row.sender,
        "sent_by": row.sent_by,
        "sender_phone": row.sender_phone,
        "sent_at": moment(row.sent_at),
        "is_urgent": row.is_urgent,
        "adults": row.adults,
        "children": row.children,
        "sections": referral.sections,
        "shared": asdict(shared),
        "reasons": [str(reason.label) for reason in DeclineReason],
    }
    return typeset(TEMPLATE, words, at=at)
