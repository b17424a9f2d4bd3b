"""Who may read the trail. PostgreSQL says the same in ``migrations/sql/0001_chain.sql``."""

from diemtua.foundation.database.policy import role_policy

WATCHERS = ("DATA_PROTECTION_OFFICER", "AUDITOR")
MAY_READ = role_policy("audit.read", *WATCHERS)
MAY_VERIFY = role_policy("audit.verify", *WATCHERS)
