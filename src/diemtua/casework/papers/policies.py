"""Who may do what with a paper: whoever sees the case. ``migrations/sql`` says the same."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases import policies as cases
from diemtua.casework.papers.models import State
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy

TEAM = frozenset(cases.TEAM)


def _to_decide(asker: Asker) -> Q:
    waits = Q(state=State.ASKED) & ~Q(asked_by_id=asker.user_id)
    return cases.carries(asker, "case__") & waits


SEES = Policy("casework.paper.see", TEAM, rule=cases.of_a_case_seen)
MAY_WRITE = Policy("casework.paper.write", TEAM, rule=cases.sees)
SEES_WITHDRAWALS = Policy("casework.paper.see-withdrawal", TEAM, rule=cases.of_a_case_seen)
MAY_DECIDE = Policy(
    "casework.paper.decide-withdrawal", frozenset({Role.SUPERVISOR}), rule=_to_decide
)
