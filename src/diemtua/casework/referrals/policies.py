"""Who may do what with a referral: the case's team on one side, the receiving side on the other."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases.policies import TEAM, of_a_case_seen
from diemtua.casework.cases.policies import sees as sees_case
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy


def received(asker: Asker) -> Q:
    """Return the referrals made to the asker's organisation."""
    return Q(to_organisation_id=asker.organisation_id)


def either_side(asker: Asker) -> Q:
    """Return the referrals that the asker sent from a case she sees, or receives."""
    return received(asker) if asker.has_role(Role.PROVIDER) else of_a_case_seen(asker)


MAY_REFER = Policy("casework.referral.send", frozenset(TEAM), rule=sees_case)
MAY_REVOKE = Policy("casework.referral.revoke", frozenset(TEAM), rule=of_a_case_seen)
RECEIVES = Policy("casework.referral.receive", frozenset({Role.PROVIDER}), rule=received)
SEES = Policy("casework.referral.see", frozenset({*TEAM, Role.PROVIDER}), rule=either_side)
