"""Who may look up places: administrative units are public knowledge, the pages are for members."""

from diemtua.foundation.database.policy import Policy

MAY_LOOK_UP = Policy(code="places.look-up")
