"""Who works with measures: those who see her case; nobody of the commune, and no provider.

PostgreSQL says the same in ``migrations/sql/0001_protection.sql``.
"""

from django.db.models import Q

from diemtua.casework.cases.policies import SEES, TEAM, of_a_case_seen, sees
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy


def of_a_measure_seen(asker: Asker) -> Q:
    """Return which steps the asker sees: those of the cases she sees."""
    return sees(asker, "measure__case__")


MAY_PROTECT = Policy("protection.protect", frozenset(TEAM), rule=sees)
SEES_MEASURE = Policy("protection.measure.see", SEES.roles, rule=of_a_case_seen)
SEES_STEP = Policy("protection.step.see", SEES.roles, rule=of_a_measure_seen)
