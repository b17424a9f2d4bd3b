"""Who may do what with reports. PostgreSQL says the same in ``migrations/sql/0001_reports.sql``."""

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy, role_policy


def of_own_organisation(asker: Asker) -> Q:
    """Return which reports an asker's organisation has issued."""
    return Q(organisation_id=asker.organisation_id)


READS = Policy(
    "reports.report.read",
    frozenset({Role.COMMITTEE_SECRETARY, Role.LEADER}),
    rule=of_own_organisation,
)
ISSUES = role_policy("reports.report.issue", Role.COMMITTEE_SECRETARY)
