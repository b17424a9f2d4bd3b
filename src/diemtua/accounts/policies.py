"""Who may do what with people who sign in and with their organisations."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import EVERYTHING, Policy, role_policy

MAY_SIGN_IN = Policy(code="accounts.sign-in", public=True)
"""Pages around signing in: anyone, signed in or not; they show nobody's record."""

MAY_BE_MEMBER = Policy(code="accounts.member")
"""Any signed-in member, in whatever role: their own account."""

MAY_ADMINISTER = role_policy("accounts.administer", Role.ADMINISTRATOR)
"""People, memberships, organisations."""

ROLES_A_SUPERVISOR_INVITES: frozenset[str] = frozenset(
    {Role.COUNSELLOR, Role.CASE_WORKER, Role.PERPETRATOR_WORKER}
)


def _invitations(asker: Asker) -> Q:
    if asker.has_role(Role.ADMINISTRATOR):
        return EVERYTHING
    return Q(organisation_id=asker.organisation_id)


MAY_INVITE = Policy(
    code="accounts.invite",
    roles=frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    rule=_invitations,
    jobs=frozenset({"accounts.setup"}),
)
"""An administrator invites anyone anywhere; a supervisor the workers of the own organisation."""
