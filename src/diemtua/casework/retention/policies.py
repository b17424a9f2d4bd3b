"""Who may do what with a person's request over her data.

PostgreSQL says the same in ``migrations/sql/0001_requests.sql``.
"""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases import policies as cases
from diemtua.casework.retention.models import State
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy

ERASE = "ERASE"


def sees(asker: Asker) -> Q:
    """Return which requests the asker sees: her cases' ones; erasures granted, as the officer."""
    if asker.has_role(Role.DATA_PROTECTION_OFFICER):
        return Q(right=ERASE) & ~Q(state=State.RECEIVED)
    return cases.of_a_case_seen(asker)


def of_own_team(asker: Asker) -> Q:
    """Return which requests the supervisor decides: her organisation's."""
    return Q(organisation_id=asker.organisation_id)


SEES = Policy("retention.request.see", cases.SEES.roles | {Role.DATA_PROTECTION_OFFICER}, rule=sees)
MAY_RECEIVE = Policy("retention.request.receive", cases.SEES.roles, rule=cases.sees)
MAY_DECIDE = Policy("retention.request.decide", frozenset({Role.SUPERVISOR}), rule=of_own_team)
MAY_ERASE = Policy("retention.request.erase", frozenset({Role.DATA_PROTECTION_OFFICER}), rule=sees)
