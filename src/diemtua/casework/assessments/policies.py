"""Who may do what with an assessment: whoever sees the case. ``migrations/sql`` says the same."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.casework.assessments.models import State
from diemtua.casework.cases import policies as cases
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy

TEAM = frozenset(cases.TEAM)


def _unfinished(asker: Asker) -> Q:
    return cases.sees(asker, "case__") & Q(state=State.DRAFT)


def _finished(asker: Asker) -> Q:
    return cases.sees(asker, "case__") & Q(state=State.DONE)


def _judgements(asker: Asker) -> Q:
    return cases.sees(asker, "assessment__case__")


SEES = Policy("casework.assessment.see", TEAM, rule=cases.of_a_case_seen)
MAY_WRITE = Policy("casework.assessment.write", TEAM, rule=_unfinished)
MAY_JUDGE = Policy("casework.assessment.judge", TEAM, rule=_finished)
MAY_REVIEW = Policy("casework.assessment.review", frozenset({Role.SUPERVISOR}), rule=_finished)
SEES_JUDGEMENTS = Policy("casework.judgement.see", TEAM, rule=_judgements)
