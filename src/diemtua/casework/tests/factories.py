"""Cases, referrals and duties for tests; everything through the room's own verbs."""

import json
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import connection

from diemtua.accounts.models import Organisation, OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case, Section
from diemtua.casework.referrals import services as referrals
from diemtua.casework.referrals.models import Referral
from diemtua.directory.models import Facility
from diemtua.directory.tests import factories as directory
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker, asking
from diemtua.foundation.database.testing import as_owner

NIGHT = datetime(2026, 11, 20, 22, 30, tzinfo=CITY_TIME)
NINH_KIEU, CAI_KHE = accounts.NINH_KIEU, accounts.CAI_KHE
NAME, PHONE, ADDRESS = "Trần Thị Bích Thuỷ", "0912 345 678", "Hẻm 14 đường Phượng Đỏ"
STORY = "Chồng đánh từ tối qua"
IDENTITY = {"full_name": NAME, "phones": [PHONE], "address": ADDRESS, "birth_year": 1991}
SAFE_CONTACT = {"phone": PHONE, "hours": "8–10 giờ sáng", "say": "tiệm may", "note": ""}
WITH_SHELTERS = cases.Share(
    (Section.NEEDS, Section.NAME, Section.CONTACT), kind=OrganisationKind.SHELTER
)

_number = count(1)


def consent(**fields: Any) -> cases.ConsentGiven:
    """Make what she agreed to: stored, counted and shared with shelters, if not said otherwise."""
    return cases.ConsentGiven(
        **({"store": True, "statistics": True, "shares": (WITH_SHELTERS,)} | fields)
    )


def team() -> tuple[Organisation, Asker, Asker, Asker]:
    """Make a centre with its counsellor, case worker and supervisor."""
    centre = accounts.organisation(kind=OrganisationKind.SOCIAL_WORK_CENTRE)
    askers = [
        accounts.asker(role=role, organisation=centre)
        for role in (Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR)
    ]
    return centre, askers[0], askers[1], askers[2]


def case(asker: Asker | None = None, **fields: Any) -> Case:
    """Open a case as a counsellor (or the given asker), at night, in Ninh Kiều."""
    asker = asker or accounts.asker(role=Role.COUNSELLOR)
    values = {
        "id": uuid4(),
        "at": NIGHT,
        "unit_key": NINH_KIEU,
        "gbv_type": "PHYSICAL_ASSAULT",
        "acts": ["a", "b"],
        "danger_now": True,
        "identity": IDENTITY,
        "story": STORY,
        "safe_contact": SAFE_CONTACT,
        "sex": "FEMALE",
        "age_group": "FROM_26",
        "consent": consent(),
    } | fields
    with asking(asker):
        return cases.open_case(asker=asker, **values)


def shelter(places: int = 4, **fields: Any) -> Facility:
    """Make a shelter that said tonight that it has so many places."""
    made = directory.facility(valid_from=NIGHT.date() - timedelta(days=30), **fields)
    directory.answer(made, places=places, at=NIGHT - timedelta(hours=1))
    return made


def referral(
    asker: Asker, of: Case, to: Facility | None = None, *, at: datetime = NIGHT, **fields: Any
) -> Referral:
    """Refer a case to a shelter with the name and the way to reach her."""
    to = to or shelter()
    values = {
        "id": uuid4(),
        "facility_id": to.pk,
        "sections": [Section.NAME, Section.CONTACT],
        "adults": 1,
        "children": 2,
    } | fields
    with asking(asker):
        return referrals.send(asker=asker, case=of, at=at, **values)


def provider(of: Facility) -> Asker:
    """Make the member who answers for a facility."""
    return accounts.asker(role=Role.PROVIDER, organisation=of.organisation)


def commune(unit: str = NINH_KIEU) -> tuple[Organisation, Asker]:
    """Make a commune's people's committee and its officer."""
    body = accounts.organisation(kind=OrganisationKind.COMMUNE_COMMITTEE, unit=unit)
    return body, accounts.asker(role=Role.COMMUNE_OFFICER, organisation=body)


def facts() -> list[dict[str, Any]]:
    """Return every fact's attributes, as only the owner of the database can read them."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT attributes FROM facts_fact ORDER BY bucket")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def audited(action: str) -> int:
    """Return how many audit entries an action has left."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE action = %s", [action])
        return int(cursor.fetchone()[0])
