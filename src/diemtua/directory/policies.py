"""Who may do what with places that help. PostgreSQL says the same in ``0001_directory.sql``.

The perpetrators' workers read nothing here: they must not learn where a survivor may be. The
administrator registers facilities and withdraws them, but neither reads nor writes an address:
whoever could change one could send a person into danger.
"""

from uuid import UUID

from django.db.models import Q

from diemtua.accounts.models import Role
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.policy import Policy

STAFF = frozenset(
    {
        Role.COUNSELLOR,
        Role.CASE_WORKER,
        Role.SUPERVISOR,
        Role.COMMITTEE_SECRETARY,
        Role.LEADER,
        Role.ADMINISTRATOR,
    }
)
"""Roles that read every facility of the city."""

READERS = STAFF | {Role.PROVIDER, Role.COMMUNE_OFFICER}
KEEPERS = frozenset({Role.PROVIDER, Role.SUPERVISOR, Role.COMMUNE_OFFICER})
"""Roles that keep a facility of theirs: answer for tonight, write its address."""

OPENERS = frozenset(
    {Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR, Role.PROVIDER, Role.COMMUNE_OFFICER}
)
"""Roles that may open an address at all: those that bring a person there or receive her."""


def _own(asker: Asker) -> Q:
    if asker.role == Role.COMMUNE_OFFICER:
        return Q(unit_id=asker.unit)
    return Q(organisation_id=asker.organisation_id)


def _readable(asker: Asker) -> Q:
    if asker.role in STAFF:
        return Q()
    return _own(asker) | Q(
        grants__organisation_id=asker.organisation_id, grants__valid_until__gt=clock.now()
    )


def _registrable(asker: Asker) -> Q:
    return Q() if asker.role == Role.ADMINISTRATOR else _own(asker)


def _openable(asker: Asker) -> Q:
    if asker.role == Role.COMMUNE_OFFICER:
        own = Q(facility__unit_id=asker.unit)
    else:
        own = Q(facility__organisation_id=asker.organisation_id)
    held = Q(
        facility__grants__organisation_id=asker.organisation_id,
        facility__grants__valid_until__gt=clock.now(),
    )
    return own | held


def registers_there(asker: Asker, *, organisation_id: UUID, unit_key: str) -> bool:
    """Return whether a facility that is not saved yet would be the asker's to register."""
    if asker.role == Role.ADMINISTRATOR:
        return True
    if asker.role == Role.COMMUNE_OFFICER:
        return unit_key == asker.unit
    return organisation_id == asker.organisation_id


MAY_READ = Policy(code="directory.facility.read", roles=READERS, rule=_readable)
MAY_REGISTER = Policy(
    code="directory.facility.register",
    roles=KEEPERS | {Role.ADMINISTRATOR},
    rule=_registrable,
)
MAY_ANSWER = Policy(code="directory.readiness.answer", roles=KEEPERS, rule=_own)
MAY_WRITE_ADDRESS = Policy(code="directory.address.write", roles=KEEPERS, rule=_own)
MAY_GRANT_ADDRESS = Policy(code="directory.address.grant", roles=KEEPERS, rule=_own)
MAY_OPEN_ADDRESS = Policy(code="directory.address.open", roles=OPENERS, rule=_openable)
