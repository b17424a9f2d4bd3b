"""Who may reach her: those who see her case.

PostgreSQL says the same in ``migrations/sql/0001_reaching.sql``.
"""

from diemtua.casework.cases.policies import SEES, TEAM, of_a_case_seen, sees
from diemtua.foundation.database.policy import Policy

MAY_REACH = Policy("reaching.reach", frozenset(TEAM), rule=sees)
SEES_WAY = Policy("reaching.way.see", SEES.roles, rule=of_a_case_seen)
