"""Tables of a case: the file and what hangs on it, and who besides its team may open it."""

from diemtua.casework.cases.models.access import AccessKind, CaseAccess, Verdict
from diemtua.casework.cases.models.records import (
    AgeGroup,
    Case,
    CaseToken,
    Consent,
    GbvType,
    How,
    Outcome,
    Purpose,
    Risk,
    Section,
    ServiceGiven,
    Sex,
    Status,
)

__all__ = [
    "AccessKind",
    "AgeGroup",
    "Case",
    "CaseAccess",
    "CaseToken",
    "Consent",
    "GbvType",
    "How",
    "Outcome",
    "Purpose",
    "Risk",
    "Section",
    "ServiceGiven",
    "Sex",
    "Status",
    "Verdict",
]
