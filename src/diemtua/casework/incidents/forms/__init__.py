"""Forms of profile, incidents and intake: they parse what was typed into the arguments of one verb."""

from diemtua.casework.incidents.forms.fields import posted_from, typed_of
from diemtua.casework.incidents.forms.incident import IncidentForm
from diemtua.casework.incidents.forms.incident import shown as incident_shown
from diemtua.casework.incidents.forms.intake import IntakeForm
from diemtua.casework.incidents.forms.profile import ProfileForm
from diemtua.casework.incidents.forms.profile import shown as profile_shown

__all__ = [
    "IncidentForm",
    "IntakeForm",
    "ProfileForm",
    "incident_shown",
    "posted_from",
    "profile_shown",
    "typed_of",
]
