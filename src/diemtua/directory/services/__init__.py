"""Verbs of this room: register and withdraw a place, answer for tonight, open its address."""

from diemtua.directory.services.addresses import Address, grant_address, open_address, write_address
from diemtua.directory.services.answering import answer_readiness
from diemtua.directory.services.registering import change_facility, register_facility, withdraw

__all__ = [
    "Address",
    "answer_readiness",
    "change_facility",
    "grant_address",
    "open_address",
    "register_facility",
    "withdraw",
    "write_address",
]
