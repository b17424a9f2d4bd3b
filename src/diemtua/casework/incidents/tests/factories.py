"""Profiles and incidents for tests, made through the services as the app role."""

from datetime import date
from typing import Any
from uuid import uuid4

from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import services
from diemtua.casework.incidents.models import Draft, Incident, Kind, Profile
from diemtua.casework.tests.factories import CAI_KHE, NIGHT
from diemtua.foundation.database.asker import Asker, asking

PERSON = {
    "full_name": "Trần Thị Bích Thuỷ",
    "birth_date": "1991-03-08",
    "id_number": "092191000123",
    "phones": [{"number": "0912 345 678", "call": "NO", "message": "YES", "say": "tiệm may"}],
    "ethnicity": "KHMER",
    "needs_interpreter": "YES",
}
HIM = services.PerpetratorTold(
    "PARTNER", "MALE", "FROM_26", "FARMER", {"full_name": "Lê Văn Sét", "phone": "0987 654 321"}
)


def profile(asker: Asker, case: Case, person: dict[str, Any] | None = None, **f: Any) -> Profile:
    """Write the profile of a case."""
    values = {"at": NIGHT, "tab": uuid4(), "seen": 0, "sex": "FEMALE"} | f
    with asking(asker):
        found = Case.objects.get(pk=case.pk)
        return services.save_profile(asker=asker, case=found, person=person or PERSON, **values)


def told(**fields: Any) -> services.IncidentTold:
    """Return what was told of an incident two days ago."""
    values = {
        "unit_key": CAI_KHE,
        "gbv_type": "PHYSICAL_ASSAULT",
        "acts": ("a",),
        "began_on": date(2026, 11, 18),
        "precision": "DAY",
        "detail": {"weapon": ["BLUNT"], "told": "Anh ấy cầm ghế"},
        "perpetrators": (HIM,),
    } | fields
    return services.IncidentTold(**values)


def incident(asker: Asker, case: Case, **fields: Any) -> Incident:
    """Write an incident of a case."""
    page = {name: fields.pop(name) for name in ("id", "tab", "seen", "at") if name in fields}
    values = {"id": uuid4(), "tab": uuid4(), "seen": 0, "at": NIGHT} | page
    with asking(asker):
        found = Case.objects.get(pk=case.pk)
        return services.record_incident(asker=asker, case=found, told=told(**fields), **values)


def draft(asker: Asker, case: Case | None = None, **fields: Any) -> Draft:
    """Keep something typed and not saved."""
    values = {
        "kind": Kind.PROFILE if case else Kind.INTAKE,
        "record": case.pk if case else uuid4(),
        "typed": {"full_name": ["Bích Thuỷ"]},
        "at": NIGHT,
        "tab": uuid4(),
        "seen": 0,
    } | fields
    with asking(asker):
        return services.keep(asker=asker, case=case, **values)
