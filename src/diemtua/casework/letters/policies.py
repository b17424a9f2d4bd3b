"""Who may send a referral outside, and who holds a link.

PostgreSQL says the same in ``migrations/sql/0001_links.sql``.
"""

from django.db.models import Q

from diemtua.casework.cases.policies import TEAM, of_a_case_seen, sees
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy

JOB = "letters.open"
"""The name under which the server reads for somebody who holds a link and is nobody yet."""


def of_a_referral_seen(asker: Asker) -> Q:
    """Return which links the asker sees: those to referrals of the cases she sees."""
    return sees(asker, "referral__case__")


MAY_SEND = Policy("letters.send", frozenset(TEAM), rule=of_a_case_seen)
SEES_LINK = Policy("letters.link.see", frozenset(TEAM), rule=of_a_referral_seen)
HOLDS_LINK = Policy("letters.link.hold", jobs=frozenset({JOB}), public=True)
