"""Gathers the tables of the alcoves, so that Django finds them; nothing is defined here."""

from diemtua.casework.cases.models import (
    AgeGroup,
    Case,
    CaseAccess,
    CaseToken,
    Consent,
    GbvType,
    How,
    Purpose,
    Risk,
    Section,
    ServiceGiven,
    Sex,
    Status,
)
from diemtua.casework.duties.models import Duty
from diemtua.casework.referrals.models import Packet, Referral, Stay

__all__ = [
    "AgeGroup",
    "Case",
    "CaseAccess",
    "CaseToken",
    "Consent",
    "Duty",
    "GbvType",
    "How",
    "Packet",
    "Purpose",
    "Referral",
    "Risk",
    "Section",
    "ServiceGiven",
    "Sex",
    "Status",
    "Stay",
]
