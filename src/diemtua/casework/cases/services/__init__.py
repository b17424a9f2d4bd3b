"""Everything that changes a case, verb by verb."""

from diemtua.casework.cases.services.assigning import assign, take_over
from diemtua.casework.cases.services.consenting import (
    ConsentGiven,
    Share,
    give_consent,
    withdraw_consent,
)
from diemtua.casework.cases.services.ending import close_case, reopen_case
from diemtua.casework.cases.services.following import draw_alias, judge_risk, note_contact
from diemtua.casework.cases.services.helping import record_from_stay, record_service
from diemtua.casework.cases.services.opening import open_case
from diemtua.casework.cases.services.opening_to import (
    Known,
    break_glass,
    end_access,
    give_cover,
    look_for,
    read_reason,
    review,
)
from diemtua.casework.cases.services.reading import (
    Identity,
    SafeContact,
    read_identity,
    read_safe_contact,
)

__all__ = [
    "ConsentGiven",
    "Identity",
    "Known",
    "SafeContact",
    "Share",
    "assign",
    "break_glass",
    "close_case",
    "draw_alias",
    "end_access",
    "give_consent",
    "give_cover",
    "judge_risk",
    "look_for",
    "note_contact",
    "open_case",
    "read_identity",
    "read_reason",
    "read_safe_contact",
    "record_from_stay",
    "record_service",
    "reopen_case",
    "review",
    "take_over",
    "withdraw_consent",
]
