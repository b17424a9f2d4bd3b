"""Everything that changes a referral, verb by verb."""

from diemtua.casework.referrals.services.answering import (
    Shared,
    accept,
    complete,
    decline,
    read_packet,
    settle,
    unpack,
)
from diemtua.casework.referrals.services.sending import end_uncovered, revoke, send
from diemtua.casework.referrals.services.staying import end_stay, record_stay

__all__ = [
    "Shared",
    "accept",
    "complete",
    "decline",
    "end_stay",
    "end_uncovered",
    "read_packet",
    "record_stay",
    "revoke",
    "send",
    "settle",
    "unpack",
]
