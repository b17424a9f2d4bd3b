"""Organisations, members and askers for the tests of every room.

Rows are made as the database's owner, so that a test arranges what its asker may not.
"""

from datetime import date
from itertools import count
from typing import Any

from diemtua.accounts.models import Membership, Organisation, OrganisationKind, Role, User
from diemtua.accounts.queries import asker_of
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.testing import as_owner
from diemtua.places.models import Level, Unit

CITY = "p92"  # thành phố Cần Thơ
NINH_KIEU = "c31135"
CAI_KHE = "c31120"
PASSPHRASE = "chiếc thuyền trên sông Hậu"
LONG_AGO = date(2025, 7, 1)

_number = count(1)

_UNITS = {
    CITY: ("Thành phố Cần Thơ", "Cần Thơ", "can tho"),
    CAI_KHE: ("Phường Cái Khế", "Cái Khế", "cai khe"),
    NINH_KIEU: ("Phường Ninh Kiều", "Ninh Kiều", "ninh kieu"),
    "c31147": ("Phường Tân An", "Tân An", "tan an"),
    "c31150": ("Phường An Bình", "An Bình", "an binh"),
    "c31153": ("Phường Ô Môn", "Ô Môn", "o mon"),
    "c31168": ("Phường Bình Thủy", "Bình Thủy", "binh thuy"),
    "c31186": ("Phường Cái Răng", "Cái Răng", "cai rang"),
}

_KIND_OF_ROLE = {
    Role.COUNSELLOR: OrganisationKind.SOCIAL_WORK_CENTRE,
    Role.CASE_WORKER: OrganisationKind.SOCIAL_WORK_CENTRE,
    Role.PERPETRATOR_WORKER: OrganisationKind.SOCIAL_WORK_CENTRE,
    Role.SUPERVISOR: OrganisationKind.SOCIAL_WORK_CENTRE,
    Role.PROVIDER: OrganisationKind.SHELTER,
    Role.COMMUNE_OFFICER: OrganisationKind.COMMUNE_COMMITTEE,
    Role.COMMITTEE_SECRETARY: OrganisationKind.COMMITTEE,
    Role.LEADER: OrganisationKind.COMMITTEE,
    Role.DATA_PROTECTION_OFFICER: OrganisationKind.DEPARTMENT,
    Role.AUDITOR: OrganisationKind.DEPARTMENT,
    Role.ADMINISTRATOR: OrganisationKind.DEPARTMENT,
}


def unit(key: str = CITY) -> Unit:
    """Return a unit of Cần Thơ, made when the reference data are not loaded."""
    existing = Unit.objects.filter(pk=key).first()
    if existing is not None:
        return existing
    name, short, folded = _UNITS.get(key, (f"Phường {key}", key, key))
    is_city = key == CITY
    parent = None if is_city else unit(CITY)
    with as_owner():
        return Unit.objects.create(
            key=key,
            code=int(key[1:].partition(".")[0]),
            level=Level.PROVINCE if is_city else Level.COMMUNE,
            division="thành phố trung ương" if is_city else "phường",
            name=name,
            short_name=short,
            folded=folded,
            sort_key=folded,
            parent=parent,
            path=f"{parent.path if parent else ''}{key}/",
            valid_from=LONG_AGO,
        )


def organisation(
    *,
    kind: str = OrganisationKind.SOCIAL_WORK_CENTRE,
    unit: str | Unit = CITY,
    name: str = "",
    **fields: Any,
) -> Organisation:
    """Make an organisation in a unit (its key or the unit itself)."""
    place = unit if isinstance(unit, Unit) else _unit_of(unit)
    name = name or f"{OrganisationKind(kind).label} {next(_number)}"
    with as_owner():
        return Organisation.objects.create(kind=kind, unit=place, name=name, **fields)


_unit_of = unit  # inside the factories the parameter ``unit`` hides the function


def user(
    *, email: str = "", full_name: str = "", password: str | None = None, **fields: Any
) -> User:
    """Make a member of staff; without a password they cannot sign in by form."""
    number = next(_number)
    email = email or f"can-bo-{number}@vi-du.example"
    with as_owner():
        return User.objects.create_user(
            email, password, full_name=full_name or f"Nguyễn Thị Thử {number}", **fields
        )


def member(
    *,
    role: str = Role.COUNSELLOR,
    organisation: Organisation | None = None,
    user: User | None = None,
    unit: str | Unit | None = None,
    valid_from: date = LONG_AGO,
    **fields: Any,
) -> Membership:
    """Make a membership; its user and its organisation (of a kind that fits) when not given."""
    person = user or _user()
    place = unit if isinstance(unit, Unit) or unit is None else _unit_of(unit)
    body = organisation or _organisation(kind=_KIND_OF_ROLE[Role(role)], unit=place or CITY)
    with as_owner():
        return Membership.objects.create(
            user=person, role=role, organisation=body, unit=place, valid_from=valid_from, **fields
        )


_user = user
_organisation = organisation


def asker(
    *,
    role: str = Role.COUNSELLOR,
    organisation: Organisation | None = None,
    unit: str | Unit | None = None,
    user: User | None = None,
) -> Asker:
    """Make a member and return the asker that they are."""
    return asker_of(member(role=role, organisation=organisation, unit=unit, user=user))
