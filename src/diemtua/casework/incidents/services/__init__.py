"""Verbs of profiles, incidents and intake."""

from diemtua.casework.incidents.services.drafting import drop, keep, read_draft
from diemtua.casework.incidents.services.intaking import IntakeTold, take_in
from diemtua.casework.incidents.services.profiling import read_profile, save_profile
from diemtua.casework.incidents.services.telling import (
    IncidentTold,
    PerpetratorTold,
    read_incident,
    read_perpetrators,
    record_incident,
)

__all__ = [
    "IncidentTold",
    "IntakeTold",
    "PerpetratorTold",
    "drop",
    "keep",
    "read_draft",
    "read_incident",
    "read_perpetrators",
    "read_profile",
    "record_incident",
    "save_profile",
    "take_in",
]
