"""Questions of the hotline: contacts, lines, what to say."""

from diemtua.hotline.queries.catalogue import (
    Line,
    notice,
    other_lines,
    own_lines,
    script,
    suggested_type,
)
from diemtua.hotline.queries.contacts import (
    CallBackRow,
    ContactRow,
    Told,
    call_backs,
    contact,
    contacts_of_day,
    told,
    waiting_for,
)

__all__ = [
    "CallBackRow",
    "ContactRow",
    "Line",
    "Told",
    "call_backs",
    "contact",
    "contacts_of_day",
    "notice",
    "other_lines",
    "own_lines",
    "script",
    "suggested_type",
    "told",
    "waiting_for",
]
