"""What one person of the team holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diemtua.accounts.models import Membership, Role
from diemtua.casework.cases import policies
from diemtua.casework.cases import queries as cases
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.registry import holdings


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one kind somebody holds."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose things may be handed over."""

    id: UUID
    name: str


def person(*, asker: Asker, user_id: UUID) -> Person:
    """Return somebody who has worked in the asker's team, also one whose role has ended.

    Raises:
        NotFound: nobody of that id ever worked in the team.
    """
    policies.MAY_ASSIGN.require(asker)
    roles = [Role.CASE_WORKER, Role.COUNSELLOR, Role.SUPERVISOR]
    members = Membership.objects.filter(organisation_id=asker.home, user_id=user_id, role__in=roles)
    name = members.values_list("user__full_name", flat=True).first()
    if name is None:
        raise NotFound
    return Person(user_id, name)


def held_by(*, asker: Asker, user_id: UUID) -> list[Held]:
    """Return what the person holds in the asker's team, kind by kind; kinds of nothing too."""
    policies.MAY_ASSIGN.require(asker)
    return [Held(str(kind.label), kind.count(asker, user_id)) for kind in holdings.all()]


def colleagues(*, asker: Asker, at: datetime, besides: UUID) -> list[tuple[UUID, str]]:
    """Return the case workers of the team who could take over."""
    return [pair for pair in cases.workers(asker=asker, at=at) if pair[0] != besides]
