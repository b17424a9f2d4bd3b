"""Who asks to close a case, who agrees, who opens it again.

PostgreSQL says the same in ``migrations/sql/0001_closures.sql``.
"""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases.policies import SEES, carries, of_a_case_seen, sees
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy


def of_own_team(asker: Asker) -> Q:
    """Return the closures of the supervisor's own organisation's cases."""
    return carries(asker, "case__")


WORKS = frozenset({Role.CASE_WORKER, Role.SUPERVISOR})
SEES_TAB = Policy("closing.see", SEES.roles, rule=sees)
MAY_ASK = Policy("closing.ask", WORKS, rule=sees)
MAY_DECIDE = Policy("closing.decide", frozenset({Role.SUPERVISOR}), rule=of_own_team)
MAY_REOPEN = Policy("closing.reopen", WORKS, rule=of_a_case_seen)
SEES_CLOSURE = Policy("closing.closure.see", SEES.roles, rule=of_a_case_seen)
