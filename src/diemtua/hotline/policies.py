"""Who may do what with a contact. PostgreSQL says the same in ``migrations/sql/0001_contacts.sql``."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import NOTHING, Policy, role_policy


def sees(asker: Asker) -> Q:
    """Return which contacts the asker sees: those she holds, or her whole centre's."""
    own = Q(organisation_id=asker.organisation_id)
    if asker.has_role(Role.SUPERVISOR):
        return own
    if asker.has_role(Role.COUNSELLOR):
        return own & Q(held_by_id=asker.user_id)
    return NOTHING


MAY_ANSWER = role_policy("hotline.answer", Role.COUNSELLOR)
SEES = Policy("hotline.contact.see", frozenset({Role.COUNSELLOR, Role.SUPERVISOR}), rule=sees)
MAY_WRITE = Policy("hotline.contact.write", frozenset({Role.COUNSELLOR}), rule=sees)
MAY_HAND_OVER = Policy(
    "hotline.contact.hand-over", frozenset({Role.COUNSELLOR, Role.SUPERVISOR}), rule=sees
)
KEEPS_LINES = role_policy("hotline.line.keep", Role.SUPERVISOR, Role.ADMINISTRATOR)
