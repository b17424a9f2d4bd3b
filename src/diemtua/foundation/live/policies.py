"""Who may listen: any member; which topics, ``topics.of`` decides."""

from diemtua.foundation.database.policy import Policy

MAY_LISTEN = Policy(code="live.listen")
