"""Gathers the tables of the alcoves, so that Django finds them; nothing is defined here."""

from diemtua.casework.cases.models import Case, CaseToken, Consent, ServiceGiven
from diemtua.casework.duties.models import Duty
from diemtua.casework.referrals.models import Packet, Referral, Stay

__all__ = ["Case", "CaseToken", "Consent", "Duty", "Packet", "Referral", "ServiceGiven", "Stay"]
