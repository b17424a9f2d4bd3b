"""Who may see figures. PostgreSQL says the same in ``diemtua.facts_counts``."""

from diemtua.accounts.models import Role
from diemtua.foundation.database.policy import role_policy

SEES_FIGURES = role_policy(
    "indicators.figure.see", Role.COMMITTEE_SECRETARY, Role.LEADER, Role.SUPERVISOR
)
