"""Where a facility stands: written by who keeps it, opened by who may, each opening in the trail."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from diemtua.accounts.models import Organisation
from diemtua.directory import policies, queries
from diemtua.directory.errors import AddressUnknown
from diemtua.directory.models import AddressGrant, Facility, FacilityAddress
from diemtua.foundation import clock
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import services as vault

RULES = Path(__file__).resolve().parent.parent / "reference" / "readiness.toml"


@dataclass(frozen=True, slots=True)
class Address:
    """An opened address: for the screen of who opened it, nowhere else."""

    street: str
    directions: str

    def __repr__(self) -> str:
        """Show nothing: this may end up in a log."""
        return "Address(…)"


@cache
def longest_grant() -> timedelta:
    """Return the longest time of a grant; the city's own rule, in ``readiness.toml``."""
    with RULES.open("rb") as file:
        return timedelta(hours=tomllib.load(file)["address_grant"]["longest_hours"])


def write_address(*, asker: Asker, facility: Facility, street: str, directions: str = "") -> None:
    """Seal a facility's street address and the way there, in place of what was there before."""
    policies.MAY_WRITE_ADDRESS.require(asker, facility)
    known = FacilityAddress.objects.filter(facility=facility).first()
    address = known or FacilityAddress(facility=facility)
    vault.seal(address, street=street, directions=directions)
    address.save(force_insert=known is None)
    audit.write(asker=asker, action="directory.address.written", subject=facility)


def open_address(*, asker: Asker, facility: Facility) -> Address:
    """Return a facility's street address; the audit trail says who opened it and from where.

    Raises:
        AddressUnknown: none was recorded, or the asker may not open it.
    """
    if not policies.MAY_OPEN_ADDRESS.lets_in(asker):
        raise AddressUnknown
    sealed = queries.address_of(asker=asker, facility=facility)
    if sealed is None:
        raise AddressUnknown
    told = vault.unseal(sealed, "street", "directions", asker=asker, why="directory.address.opened")
    return Address(street=told.street, directions=told.directions)


def grant_address(
    *,
    asker: Asker,
    facility: Facility,
    organisation: Organisation,
    until: datetime,
    at: datetime | None = None,
) -> AddressGrant:
    """Let an organisation open the address until a moment; called when a referral is accepted.

    Only who keeps the facility grants. A grant that lasts as long already is returned as it is;
    none lasts longer than the city's rule says.
    """
    policies.MAY_GRANT_ADDRESS.require(asker, facility)
    given_at = at or clock.now()
    held = AddressGrant.objects.filter(
        facility=facility, organisation=organisation, valid_until__gte=until
    ).first()
    if held is not None:
        return held
    grant = AddressGrant.objects.create(
        facility=facility,
        organisation=organisation,
        granted_at=given_at,
        granted_by_id=asker.user_id,
        valid_until=min(until, given_at + longest_grant()),
    )
    audit.write(asker=asker, action="directory.address.granted", subject=facility)
    return grant
