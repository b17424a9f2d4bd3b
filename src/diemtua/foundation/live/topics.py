"""Which topics an asker listens to."""

from diemtua.foundation.database.asker import Asker

_by_role: dict[str, set[str]] = {}


def give(topic: str, *, roles: frozenset[str]) -> None:
    """Let members in these roles hear a topic that is not about one organisation or person."""
    for role in roles:
        _by_role.setdefault(role, set()).add(topic)


def of(asker: Asker) -> frozenset[str]:
    """Return the topics of an asker: own person, organisation, unit, and those given to the role."""
    own = {f"user:{asker.user_id}", f"org:{asker.organisation_id}"}
    if asker.unit:
        own.add(f"unit:{asker.unit}")
    return frozenset(own | _by_role.get(asker.role, set()))
