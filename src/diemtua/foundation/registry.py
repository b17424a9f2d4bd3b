"""Registries: a lower room declares, an upper room collects; neither imports the other upwards.

``measures`` holds what figures may count on fact rows. ``steps`` holds what must happen in the
same transaction when something lower down has happened ("a file was opened": what must follow starts).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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


measures = Measures()
steps = Steps()
