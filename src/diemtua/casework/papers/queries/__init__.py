"""Questions about papers, and the alcove's reference data."""

from diemtua.casework.papers.queries.catalogue import Reason, reason_label, reasons
from diemtua.casework.papers.queries.lists import (
    PaperRow,
    WaitingRow,
    icon_of,
    latest,
    of_case,
    one,
    to_decide,
    versions,
    withdrawal,
    withdrawal_of,
)
from diemtua.casework.papers.queries.reading import Content, may_read, read

__all__ = [
    "Content",
    "PaperRow",
    "Reason",
    "WaitingRow",
    "icon_of",
    "latest",
    "may_read",
    "of_case",
    "one",
    "read",
    "reason_label",
    "reasons",
    "to_decide",
    "versions",
    "withdrawal",
    "withdrawal_of",
]
