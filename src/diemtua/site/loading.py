"""Reference data: loaded at set-up, again after an upgrade, without harm."""

from collections.abc import Callable

LOADERS: list[Callable[[str], None]] = []
"""Each takes the database alias; in the order in which they depend on each other."""


def load_reference_data(*, using: str = "owner") -> None:
    """Load or refresh the reference data of every room."""
    for load in LOADERS:
        load(using)
