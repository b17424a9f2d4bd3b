"""Questions of the hotline: contacts, lines, what to say."""

from diemtua.hotline.queries.catalogue import (
    is_report,
    line,
    lines,
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
from diemtua.hotline.queries.shifts import (
    Received,
    chosen,
    colleagues,
    received,
    to_hand_over,
)

__all__ = [
    "CallBackRow",
    "ContactRow",
    "Received",
    "Told",
    "call_backs",
    "chosen",
    "colleagues",
    "contact",
    "contacts_of_day",
    "is_report",
    "line",
    "lines",
    "notice",
    "other_lines",
    "own_lines",
    "received",
    "script",
    "suggested_type",
    "to_hand_over",
    "told",
    "waiting_for",
]
