"""Who may do what here: whoever sees the case; a draft is its writer's. ``migrations/sql`` says the same."""

from django.db.models import Q

from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.models import Status
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy, role_policy

TEAM = frozenset(cases.TEAM)


def _open(asker: Asker) -> Q:
    return cases.sees(asker, "case__") & ~Q(case__status=Status.CLOSED)


def _of_an_incident(asker: Asker) -> Q:
    return cases.sees(asker, "incident__case__")


def _own(asker: Asker) -> Q:
    mine = Q(writer_id=asker.user_id, organisation_id=asker.organisation_id)
    return mine & (Q(case__isnull=True) | cases.sees(asker, "case__"))


SEES = Policy("casework.incident.see", TEAM, rule=cases.of_a_case_seen)
MAY_WRITE = Policy("casework.incident.write", TEAM, rule=_open)
SEES_PERPETRATORS = Policy("casework.incident.see-perpetrators", TEAM, rule=_of_an_incident)
OWN_DRAFT = Policy("casework.incident.own-draft", TEAM, rule=_own)
MAY_TAKE_IN = role_policy("casework.intake.take-in", *cases.TEAM)
