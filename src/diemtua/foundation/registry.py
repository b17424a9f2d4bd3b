"""Registries: a lower room declares, an upper room collects; neither imports the other upwards.

``measures`` holds what figures may count on fact rows. ``steps`` holds what must happen in the
same transaction when something lower down has happened ("a file was opened": what must follow starts).
``work`` holds what waits for a person, queue by queue; ``holdings`` what somebody holds and hands over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise

from diemtua.foundation.database.asker import Asker

Value = str | int | bool
Step = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A share that can be counted on the facts of one kind.

    The denominator is every fact of ``kind`` for which ``where`` holds; the numerator those for
    which ``numerator`` holds as well.
    """

    code: str
    kind: str
    numerator: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    where: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


class Measures:
    """The measures that the rooms have declared, by the code of their figure."""

    def __init__(self) -> None:
        self._known: dict[str, Measure] = {}

    def declare(
        self,
        code: str,
        kind: str,
        *,
        numerator: Mapping[str, Value],
        where: Mapping[str, Value] | None = None,
    ) -> Measure:
        """Declare what figure ``code`` counts; the same declaration twice does no harm."""
        measure = Measure(
            code, kind, MappingProxyType(dict(numerator)), MappingProxyType(dict(where or {}))
        )
        known = self._known.setdefault(code, measure)
        if known != measure:
            raise ValueError(f"Measure {code} is declared twice, differently.")
        return known

    def get(self, code: str) -> Measure:
        """Return the measure of a figure.

        Raises:
            KeyError: no room has declared one.
        """
        return self._known[code]

    def all(self) -> tuple[Measure, ...]:
        """Return every declared measure, by code."""
        return tuple(self._known[code] for code in sorted(self._known))


class Steps:
    """What follows from an event in the same transaction, in the order of declaration."""

    def __init__(self) -> None:
        self._following: dict[str, list[Step]] = {}

    def declare(self, event: str, step: Step) -> None:
        """Declare that ``step`` follows ``event`` (a dotted code); twice does no harm."""
        following = self._following.setdefault(event, [])
        if step not in following:
            following.append(step)

    def take(self, event: str, **told: object) -> None:
        """Take every step that follows the event; what one raises undoes the whole transaction."""
        for step in self._following.get(event, ()):
            step(**told)


class Urgency(IntEnum):
    """How soon something must be seen to; the smaller, the sooner."""

    DANGER = 0  # somebody is in danger
    NOW = 1  # its time has come
    TODAY = 2
    LATER = 3


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something that waits for a person: what it is and where it leads; never a person's name."""

    title: str
    note: str
    href: str
    urgency: Urgency = Urgency.TODAY
    due_at: datetime | None = None


Finder = Callable[[Asker, datetime], list[WorkItem]]


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of thing that waits, and how a room finds what waits for somebody."""

    code: str
    label: str | Promise
    icon: str
    find: Finder


class Work:
    """The queues that the rooms have declared, in the order of declaration."""

    def __init__(self) -> None:
        self._queues: dict[str, Queue] = {}

    def declare(self, code: str, *, label: str | Promise, icon: str, find: Finder) -> None:
        """Declare a queue; ``find`` returns nothing for askers it is not meant for."""
        self._queues[code] = Queue(code, label, icon, find)

    def of(self, asker: Asker, *, at: datetime) -> list[tuple[Queue, list[WorkItem]]]:
        """Return every queue in which something waits for the asker, the most urgent first."""
        found = [(queue, queue.find(asker, at)) for queue in self._queues.values()]
        waiting = [
            (queue, sorted(items, key=lambda item: item.urgency)) for queue, items in found if items
        ]
        return sorted(waiting, key=lambda pair: pair[1][0].urgency)


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of thing that a person of a team may hold, and how it is handed to a colleague."""

    code: str
    label: str | Promise
    count: Callable[[Asker, UUID], int]
    hand_over: Callable[..., int]


class Holdings:
    """What the rooms have declared that somebody may hold, so that nothing is left when they leave."""

    def __init__(self) -> None:
        self._kinds: dict[str, Holding] = {}

    def declare(
        self,
        code: str,
        *,
        label: str | Promise,
        count: Callable[[Asker, UUID], int],
        hand_over: Callable[..., int],
    ) -> None:
        """Declare a kind; ``count`` and ``hand_over`` act for the supervisor of the team.

        ``hand_over(asker=, giver=, taker=, at=)`` moves (or ends) all of it and returns how many.
        """
        self._kinds[code] = Holding(code, label, count, hand_over)

    def all(self) -> tuple[Holding, ...]:
        """Return every kind, in the order of declaration."""
        return tuple(self._kinds.values())


holdings = Holdings()
measures = Measures()
steps = Steps()
work = Work()
