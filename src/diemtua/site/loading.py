"""Reference data: loaded at set-up, again after an upgrade, without harm."""

from collections.abc import Callable

from diemtua.foundation.facts import services as facts
from diemtua.hotline import services as hotline
from diemtua.places import services as places

LOADERS: list[Callable[[str], None]] = [
    places.load_units,
    facts.load_kinds,
    hotline.load_lines,
]
"""Each takes the database alias; in the order in which they depend on each other."""


def load_reference_data(*, using: str = "owner") -> None:
    """Load or refresh the reference data of every room."""
    for load in LOADERS:
        load(using)
