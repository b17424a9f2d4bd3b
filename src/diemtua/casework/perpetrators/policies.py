"""Who may do what with the file of a person who used violence.

PostgreSQL says the same in ``migrations/sql/0001_files.sql``.
"""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.cases import policies as cases
from diemtua.casework.perpetrators.models import State
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy, role_policy

TEAM = (Role.PERPETRATOR_WORKER, Role.SUPERVISOR)


def sees(asker: Asker, prefix: str = "") -> Q:
    """Return which files the asker sees: those she works and those that wait, or the whole team's."""
    own = Q(**{f"{prefix}organisation_id": asker.organisation_id})
    if asker.has_role(Role.SUPERVISOR):
        return own
    mine = Q(**{f"{prefix}worker_id": asker.user_id}) | Q(**{f"{prefix}state": State.WAITING})
    return own & mine


def of_a_file_seen(asker: Asker) -> Q:
    """Return which records hanging on a file the asker sees."""
    return sees(asker, "file__")


SEES = Policy("perpetrators.file.see", frozenset(TEAM), rule=sees)
SEES_OF_FILE = Policy("perpetrators.file.see-of-file", frozenset(TEAM), rule=of_a_file_seen)
MAY_WORK = Policy("perpetrators.file.work", frozenset(TEAM), rule=sees)
MAY_TAKE = Policy("perpetrators.file.take", frozenset({Role.PERPETRATOR_WORKER}), rule=sees)
MAY_OPEN = role_policy("perpetrators.file.open", *TEAM)
MAY_TIE = Policy("perpetrators.file.tie", cases.SEES.roles, rule=cases.sees)
SEES_TIES = Policy("perpetrators.tie.see", cases.SEES.roles, rule=cases.of_a_case_seen)
