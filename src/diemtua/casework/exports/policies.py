"""Who may take a table of cases out: the supervisor, of her own organisation's."""

from diemtua.accounts.models import Role
from diemtua.casework.cases.policies import carries
from diemtua.foundation.database.policy import Policy

MAY_EXPORT = Policy("casework.export", frozenset({Role.SUPERVISOR}), rule=carries)
