"""Organisations: made, changed, closed; never deleted."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from diemtua.accounts.errors import OrganisationExists
from diemtua.accounts.models import Organisation
from diemtua.accounts.policies import MAY_ADMINISTER
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.places.models import Unit


def add_organisation(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the record's id, made by the page
    name: str,
    kind: str,
    unit: Unit,
    parent: Organisation | None = None,
) -> Organisation:
    """Make an organisation in a unit.

    Raises:
        OrganisationExists: the unit has one of this name.
    """
    MAY_ADMINISTER.require(asker)
    try:
        organisation, is_new = create_once(
            Organisation,
            id,
            lambda: Organisation.objects.create(
                id=id, name=name, kind=kind, unit=unit, parent=parent
            ),
        )
    except IntegrityError as fault:
        raise OrganisationExists from fault
    if is_new:
        audit.write(
            asker=asker, action="accounts.organisation.added", subject=organisation, kind=kind
        )
    return organisation


def change_organisation(
    *,
    asker: Asker,
    organisation: Organisation,
    name: str,
    kind: str,
    unit: Unit,
    parent: Organisation | None = None,
) -> Organisation:
    """Correct an organisation's name, kind, place or parent.

    Raises:
        OrganisationExists: the unit has another one of this name.
    """
    MAY_ADMINISTER.require(asker, organisation)
    organisation.name, organisation.kind = name, kind
    organisation.unit, organisation.parent = unit, parent
    try:
        with transaction.atomic():
            organisation.save(update_fields=["name", "kind", "unit", "parent"])
    except IntegrityError as fault:
        raise OrganisationExists from fault
    audit.write(
        asker=asker, action="accounts.organisation.changed", subject=organisation, kind=kind
    )
    return organisation


def close_organisation(*, asker: Asker, organisation: Organisation, at: datetime) -> None:
    """Close an organisation: its members' roles count no longer from today. Closing twice is one."""
    MAY_ADMINISTER.require(asker, organisation)
    if organisation.closed_on is not None:
        return
    organisation.closed_on = at.astimezone(CITY_TIME).date()
    organisation.save(update_fields=["closed_on"])
    audit.write(asker=asker, action="accounts.organisation.closed", subject=organisation)
