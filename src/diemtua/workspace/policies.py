"""Who may: any member of staff has a day."""

from diemtua.foundation.database.policy import Policy

HAS_A_DAY = Policy(code="workspace.home")
MAY_SEARCH = Policy(code="workspace.search")
