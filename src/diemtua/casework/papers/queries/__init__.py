"""Questions about papers, and the alcove's reference data."""

from diemtua.casework.papers.queries.body import (
    Figure,
    Marks,
    Named,
    figures,
    in_words,
    injuries,
    regions,
)
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
from diemtua.casework.papers.queries.reading import (
    SHOWN,
    Content,
    file_of,
    may_read,
    open_file,
    read,
    shown_as,
)

__all__ = [
    "SHOWN",
    "Content",
    "Figure",
    "Marks",
    "Named",
    "PaperRow",
    "Reason",
    "WaitingRow",
    "figures",
    "file_of",
    "icon_of",
    "in_words",
    "injuries",
    "latest",
    "may_read",
    "of_case",
    "one",
    "open_file",
    "read",
    "reason_label",
    "reasons",
    "regions",
    "shown_as",
    "to_decide",
    "versions",
    "withdrawal",
    "withdrawal_of",
]
