"""Facilities, addresses and answers for the tests of this room and of those above it."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from diemtua.accounts.models import Organisation, OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory.models import (
    AddressGrant,
    Facility,
    FacilityAddress,
    FacilityKind,
    Readiness,
    ReadinessAnswer,
)
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import services as vault
from diemtua.places.models import Unit

NINH_KIEU, CAI_KHE, THOI_LAI = "c31135", "c31120", "c31258"
STREET = "Hẻm 7 đường Hoa Giấy"
DIRECTIONS = "Nhà cổng xanh sau chợ"

_number = count(1)


def facility(
    *,
    kind: str = FacilityKind.SHELTER,
    unit: str = NINH_KIEU,
    organisation: Organisation | None = None,
    street: str = STREET,
    **fields: Any,
) -> Facility:
    """Make a facility with a sealed address, of an organisation of its own when none is given."""
    values = {"beds": 4, "takes_children": True, "phone": "0900000100", "is_published": True}
    values |= {"valid_from": clock.today() - timedelta(days=30)} | fields
    values.setdefault("name", f"Nơi tạm lánh {next(_number)}")
    place = Unit.objects.get(pk=unit)
    body = organisation or accounts.organisation(kind=OrganisationKind.SHELTER, unit=place)
    with as_owner():
        made = Facility.objects.create(kind=kind, unit=place, organisation=body, **values)
        if street:
            address = FacilityAddress(facility=made)
            vault.seal(address, street=street, directions=DIRECTIONS)
            address.save(force_insert=True)
    return made


def answer(
    of: Facility,
    *,
    state: str = Readiness.READY,
    places: int | None = None,
    at: datetime | None = None,
    valid_until: datetime | None = None,
) -> ReadinessAnswer:
    """Make an answer for tonight, of now when no moment is given."""
    free = places if places is not None else (2 if state == Readiness.READY else 0)
    by = accounts.user()
    with as_owner():
        return ReadinessAnswer.objects.create(
            facility=of,
            state=state,
            places=free,
            answered_at=at or clock.now(),
            answered_by=by,
            valid_until=valid_until,
        )


def grant(of: Facility, to: Organisation | UUID, *, hours: float = 1) -> AddressGrant:
    """Make a grant that lasts so many hours from now; less than none has run out."""
    until = clock.now() + timedelta(hours=hours)
    with as_owner():
        return AddressGrant.objects.create(
            id=uuid4(),
            facility=of,
            organisation_id=to if isinstance(to, UUID) else to.pk,
            granted_at=until - timedelta(hours=abs(hours) + 1),
            valid_until=until,
        )


def keeper(of: Facility, *, role: str = Role.PROVIDER) -> Asker:
    """Make the member who keeps a facility: of its organisation, or its commune's officer."""
    if role == Role.COMMUNE_OFFICER:
        return accounts.asker(role=role, unit=of.unit)
    return accounts.asker(role=role, organisation=of.organisation)
