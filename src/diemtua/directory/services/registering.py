"""A place joins the directory, changes what it offers, and leaves."""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from diemtua.accounts.models import Organisation
from diemtua.directory import policies
from diemtua.directory.errors import NotAUnitOfToday
from diemtua.directory.models import Facility
from diemtua.directory.services.addresses import write_address
from diemtua.directory.services.answering import require_taking_part
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.refusals import NotFound
from diemtua.places import queries as places
from diemtua.places.models import Level


class Offer(TypedDict, total=False):
    """What a facility offers, to whom; every part may be left out."""

    description: str
    beds: int
    takes_children: bool
    takes_boys_up_to: int | None
    takes_men: bool
    is_accessible: bool
    phone: str
    staff_phone: str
    opening: str
    latitude: float | None
    longitude: float | None
    is_published: bool
    is_sample: bool


def register_facility(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    organisation: Organisation,
    kind: str,
    name: str,
    unit_key: str,
    at: datetime,
    address: str = "",
    directions: str = "",
    **offer: Unpack[Offer],
) -> Facility:
    """Register a facility, with its street address when given; the same id twice makes one.

    A provider and a supervisor register for their organisation, a commune officer in the commune
    (the commune keeps the list of trusted addresses), an administrator anywhere, without address.
    Points on a map are kept to two decimals, about a kilometre.

    Raises:
        NotAUnitOfToday: the unit is not a commune of today.
        NotFound: the asker may not register for that organisation or in that commune.

    Source: Law 13/2022/QH15, art. 36 (trusted addresses).
    """
    policies.MAY_REGISTER.require(asker)
    if not policies.registers_there(asker, organisation_id=organisation.pk, unit_key=unit_key):
        raise NotFound
    unit = places.unit(unit_key)
    if unit.level != Level.COMMUNE or unit.valid_to is not None:
        raise NotAUnitOfToday
    facility = Facility(
        id=id,
        organisation=organisation,
        kind=kind,
        name=name,
        unit=unit,
        valid_from=at.date(),
        **_masked(offer),
    )
    saved, is_new = create_once(Facility, id, lambda: _save(facility))
    if is_new:
        audit.write(
            asker=asker, action="directory.facility.registered", subject=saved, kind=saved.kind
        )
        if address:
            write_address(asker=asker, facility=saved, street=address, directions=directions)
    return saved


def change_facility(
    *, asker: Asker, facility: Facility, at: datetime, **offer: Unpack[Offer]
) -> Facility:
    """Change what a facility offers.

    Raises:
        FacilityWithdrawn: it no longer takes part.
    """
    policies.MAY_REGISTER.require(asker, facility)
    require_taking_part(facility, at)
    for field, value in _masked(offer).items():
        setattr(facility, field, value)
    facility.save(update_fields=list(offer))
    audit.write(asker=asker, action="directory.facility.changed", subject=facility)
    return facility


def withdraw(*, asker: Asker, facility: Facility, at: datetime) -> None:
    """Take a facility out of the directory; what was referred there keeps its name."""
    policies.MAY_REGISTER.require(asker, facility)
    day = max(at.date(), facility.valid_from)
    if Facility.objects.filter(pk=facility.pk, valid_to__isnull=True).update(valid_to=day):
        audit.write(asker=asker, action="directory.facility.withdrawn", subject=facility)
    facility.refresh_from_db()


def _save(facility: Facility) -> Facility:
    facility.save(force_insert=True)
    return facility


def _masked(offer: Offer) -> dict[str, object]:
    masked: dict[str, object] = dict(offer)
    for field in ("latitude", "longitude"):
        value = masked.get(field)
        if isinstance(value, float | int):
            masked[field] = f"{value:.2f}"
    return masked
