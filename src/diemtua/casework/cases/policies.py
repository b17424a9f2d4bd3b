"""Who may do what with a case. PostgreSQL says the same in ``migrations/sql/0001_cases.sql``."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import NOTHING, Policy, role_policy

TEAM = (Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR)


def sees(asker: Asker, prefix: str = "") -> Q:
    """Return which cases the asker sees: opened by her, worked by her, or her whole team's.

    ``prefix`` asks the same of a record that hangs on a case (``case__``).
    """
    own = Q(**{f"{prefix}organisation_id": asker.organisation_id})
    if asker.has_role(Role.SUPERVISOR):
        return own
    if asker.has_role(Role.CASE_WORKER):
        return own & Q(**{f"{prefix}worker_id": asker.user_id})
    if asker.has_role(Role.COUNSELLOR):
        return own & Q(**{f"{prefix}opened_by_id": asker.user_id})
    return NOTHING


def of_a_case_seen(asker: Asker) -> Q:
    """Return which records hanging on a case the asker sees: those of the cases she sees."""
    return sees(asker, "case__")


MAY_OPEN = Policy("casework.case.open", frozenset(TEAM))
SEES = Policy("casework.case.see", frozenset(TEAM), rule=sees)
MAY_WORK = Policy("casework.case.work", frozenset(TEAM), rule=sees)
MAY_TAKE = role_policy("casework.case.take", Role.CASE_WORKER)
MAY_ASSIGN = Policy("casework.case.assign", frozenset({Role.SUPERVISOR}), rule=sees)
SEES_WAITING = role_policy("casework.case.waiting", Role.CASE_WORKER, Role.SUPERVISOR)
SEES_OF_CASE = Policy("casework.case.see-of-case", frozenset(TEAM), rule=of_a_case_seen)
