"""Who may do what with a duty: its holder acknowledges it, who began it sees how it stands."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases.policies import TEAM, of_a_case_seen
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import NOTHING, Policy


def held(asker: Asker) -> Q:
    """Return the duties that the asker's organisation holds."""
    return Q(holder_id=asker.organisation_id)


def of_a_contact(asker: Asker) -> Q:
    """Return the duties that began with a call to the asker's centre and belong to no case."""
    if asker.has_role(Role.COUNSELLOR) or asker.has_role(Role.SUPERVISOR):
        return Q(case__isnull=True, organisation_id=asker.organisation_id)
    return NOTHING


def held_or_started(asker: Asker) -> Q:
    """Return the duties the asker's organisation holds, or those of the cases and calls she sees."""
    if asker.has_role(Role.COMMUNE_OFFICER):
        return held(asker)
    return of_a_case_seen(asker) | of_a_contact(asker)


HOLDS = Policy("casework.duty.hold", frozenset({Role.COMMUNE_OFFICER}), rule=held)
SEES = Policy("casework.duty.see", frozenset({*TEAM, Role.COMMUNE_OFFICER}), rule=held_or_started)
