"""The answer of a place without an account: by link, by telephone, or on the printed letter."""

from datetime import datetime

from django.core import signing

from diemtua.casework.letters import policies
from diemtua.casework.letters.errors import AnswerNotYours
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.letters.services.opening import held, holding
from diemtua.casework.referrals import services as referrals
from diemtua.casework.referrals.models import Referral
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker

SALT = "letters.answer"
PROVEN_FOR = 12 * 60 * 60
"""Seconds for which a page that was opened with the number may send its answer."""


def proof_of(link: ReferralLink) -> str:
    """Return what the opened page sends along, so that the answer needs no second number."""
    return signing.dumps(str(link.pk), salt=SALT)


def answer_by_link(
    *, token: str, proof: str, state: str, reason: str = "", at: datetime
) -> Referral:
    """Answer a referral as the holder of its link; the same answer twice changes nothing.

    Raises:
        LinkNotOpen: the link is over.
        AnswerNotYours: the page was not opened with the number, or too long ago.
        AlreadyAnswered, SharingEnded: as for a member's answer.
    """
    with holding(token) as asker:
        link = held(token, at=at)
        if _proven(proof) != str(link.pk):
            raise AnswerNotYours
        referral = Referral.objects.filter(pk=link.referral_id).first()
        if referral is None:
            raise AnswerNotYours
        referrals.settle(asker=asker, referral=referral, state=state, reason=reason, at=at)
        return referral


def write_down_answer(
    *, asker: Asker, referral: Referral, state: str, reason: str = "", at: datetime
) -> None:
    """Write down what a place told by telephone, or ticked on the letter it sent back.

    Raises:
        AlreadyAnswered, SharingEnded: as for the place's own answer.
    """
    policies.MAY_SEND.require(asker, referral)
    if referrals.settle(asker=asker, referral=referral, state=state, reason=reason, at=at):
        audit.write(
            asker=asker, action="letters.answer.written-down", subject=referral, state=state
        )


def _proven(proof: str) -> str:
    try:
        return str(signing.loads(proof, salt=SALT, max_age=PROVEN_FOR))
    except signing.BadSignature:
        return ""
