"""Questions about duties, and their definitions."""

from diemtua.casework.duties.queries.calendar import after_hours, after_working_days
from diemtua.casework.duties.queries.definitions import Definition, in_force
from diemtua.casework.duties.queries.standing import (
    DutyRow,
    held,
    late_calls,
    of_case,
    of_contact,
    one,
    open_count,
    pressing,
    row,
    unanswered_calls,
)

__all__ = [
    "Definition",
    "DutyRow",
    "after_hours",
    "after_working_days",
    "held",
    "in_force",
    "late_calls",
    "of_case",
    "of_contact",
    "one",
    "open_count",
    "pressing",
    "row",
    "unanswered_calls",
]
