"""Pages of intake, profile and incidents: parse, one call, render."""

from diemtua.casework.incidents.views.case import (
    incident,
    index,
    keep_incident,
    keep_profile,
    profile,
)
from diemtua.casework.incidents.views.intake import begun, drop_intake, intake, keep_intake

__all__ = [
    "begun",
    "drop_intake",
    "incident",
    "index",
    "intake",
    "keep_incident",
    "keep_intake",
    "keep_profile",
    "profile",
]
