"""Names behind the ids of the trail: an upper room knows people and bodies and lends us its eyes."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.utils.functional import Promise

Resolver = Callable[[Iterable[UUID]], dict[UUID, str]]
Words = Mapping[str, str | Promise]

_people: list[Resolver] = []
_bodies: list[Resolver] = []
_records: dict[str, str | Promise] = {}
_screens: dict[str, str | Promise] = {}


def lend(*, people: Resolver, bodies: Resolver) -> None:
    """Let these functions name people and organisations by id."""
    _people[:] = [people]
    _bodies[:] = [bodies]


def of_people(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of members of staff, as far as they are known."""
    return _people[0](ids) if _people else {}


def of_bodies(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of organisations, as far as they are known."""
    return _bodies[0](ids) if _bodies else {}


def declare(*, records: Words, screens: Words) -> None:
    """Declare what kinds of records and groups of screens are called."""
    _records.update(records)
    _screens.update(screens)


def of_record(label: str) -> str:
    """Return what a kind of record is called; one that nobody declared says itself."""
    return str(_records.get(label, label))


def of_screen(screen: str) -> str:
    """Return where in the system a screen is, by the group that stands before its colon."""
    return str(_screens.get(screen) or _screens.get(screen.partition(":")[0], screen))
