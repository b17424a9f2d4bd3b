"""Who may do what with a case. PostgreSQL says the same in ``migrations/sql/0001_cases.sql``."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from diemtua.accounts.models import Role
from diemtua.casework.cases.models import CaseAccess
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import NOTHING, Policy, role_policy

TEAM = (Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR)


def sees(asker: Asker, prefix: str = "") -> Q:
    """Return which cases the asker sees: her own (``carries``), and those opened to her for a while.

    ``prefix`` asks the same of a record that hangs on a case (``case__``).
    """
    if not asker.has_role(*TEAM):
        return NOTHING
    opened = Q(**{f"{prefix}pk__in": opened_to(asker)})
    return carries(asker, prefix) | opened


def opened_to(asker: Asker) -> QuerySet[CaseAccess, UUID]:
    """Return the cases that are open to the asker right now by an access of her own."""
    now = Now()
    living = CaseAccess.objects.filter(
        user_id=asker.member,
        organisation_id=asker.home,
        begins_at__lte=now,
        ends_at__gt=now,
        ended_at__isnull=True,
    )
    return living.values_list("case_id", flat=True)


def carries(asker: Asker, prefix: str = "") -> Q:
    """Return which cases are the asker's own: opened by her, worked by her, or her whole team's."""
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
CARRIES = Policy("casework.case.carry", frozenset(TEAM), rule=carries)
MAY_WORK = Policy("casework.case.work", frozenset(TEAM), rule=sees)
MAY_TAKE = role_policy("casework.case.take", Role.CASE_WORKER)
MAY_ASSIGN = Policy("casework.case.assign", frozenset({Role.SUPERVISOR}), rule=sees)
SEES_WAITING = role_policy("casework.case.waiting", Role.CASE_WORKER, Role.SUPERVISOR)
MAY_LOOK_FOR = role_policy("casework.case.look-for", *TEAM)
MAY_BREAK_GLASS = role_policy("casework.access.break-glass", Role.COUNSELLOR, Role.CASE_WORKER)
MAY_SEE_WHO_LOOKED = Policy("casework.case.who-looked", frozenset({Role.SUPERVISOR}), rule=carries)
SEES_OF_CASE = Policy("casework.case.see-of-case", frozenset(TEAM), rule=of_a_case_seen)


def to_review(asker: Asker) -> Q:
    """Return which accesses the asker may review: those of her organisation that are not her own."""
    return Q(organisation_id=asker.organisation_id) & ~Q(user_id=asker.user_id)


MAY_REVIEW = Policy("casework.access.review", frozenset({Role.SUPERVISOR}), rule=to_review)
MAY_COVER = Policy("casework.access.cover", frozenset({Role.SUPERVISOR}), rule=carries)


def to_end(asker: Asker) -> Q:
    """Return which accesses the asker may end: her own, and as supervisor those she may review."""
    own = Q(user_id=asker.user_id, organisation_id=asker.organisation_id)
    return own | to_review(asker) if asker.has_role(Role.SUPERVISOR) else own


MAY_END = Policy("casework.access.end", frozenset(TEAM), rule=to_end)
