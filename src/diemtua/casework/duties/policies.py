"""Who may do what with a duty: its holder acknowledges it, the case's team sees how it stands."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases.policies import TEAM, of_a_case_seen
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy


def held(asker: Asker) -> Q:
    """Return the duties that the asker's organisation holds."""
    return Q(holder_id=asker.organisation_id)


def held_or_started(asker: Asker) -> Q:
    """Return the duties the asker's organisation holds, or those of the cases she sees."""
    return held(asker) if asker.has_role(Role.COMMUNE_OFFICER) else of_a_case_seen(asker)


HOLDS = Policy("casework.duty.hold", frozenset({Role.COMMUNE_OFFICER}), rule=held)
SEES = Policy("casework.duty.see", frozenset({*TEAM, Role.COMMUNE_OFFICER}), rule=held_or_started)
