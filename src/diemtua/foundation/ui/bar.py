"""The bar on top: the ground floor lays it out, the roof says which addresses stand behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, resolve, reverse

from diemtua.foundation.database.asker import Asker, current
from diemtua.foundation.doors import policy_of

Count = Callable[[Asker], int]


@dataclass(frozen=True, slots=True)
class Bar:
    """Names of the addresses behind the bar's buttons; an empty one hides its button."""

    search: str = ""
    waiting: str = ""
    waiting_count: str = ""
    lock: str = ""
    unlock: str = ""
    language: str = ""
    theme: str = ""
    act_as: str = ""
    account: str = ""
    sign_in: str = ""
    sign_out: str = ""
    places: str = ""


_names: dict[str, str] = {}
_counts: list[Count] = []
_changed_by: set[str] = set()


def declare(**names: str) -> None:
    """Declare the URL names behind the bar's buttons; see ``Bar`` for what there is.

    Raises:
        TypeError: a name the bar does not have.
    """
    Bar(**names)
    _names.update(names)


def count_waiting(count: Count, *, changed_by: str = "") -> None:
    """Let ``count`` add to the number of things that wait for the asker; keep it to one query.

    ``changed_by`` names the live events after which the number may be another.
    """
    if count not in _counts:
        _counts.append(count)
    _changed_by.update(changed_by.split())


def changed_by() -> str:
    """Return the live events after which the number of waiting things may be another."""
    return " ".join(sorted(_changed_by))


def addresses(asker: Asker | None = None) -> Bar:
    """Return the addresses behind the bar's buttons; empty where the site knows none.

    A door that would not let the asker in gets no button.
    """
    return Bar(**{part: _address(name, asker) for part, name in _names.items()})


def _address(name: str, asker: Asker | None) -> str:
    try:
        address = reverse(name)
    except NoReverseMatch:
        return ""
    policy = policy_of(resolve(address).func)
    is_shut = asker is not None and policy is not None and not policy.lets_in(asker)
    return "" if is_shut else address


def waiting_for(asker: Asker | None) -> int:
    """Return how many things wait for the asker; 0 outside the asker's own transaction."""
    if asker is None or current() != asker:
        return 0
    return sum(count(asker) for count in _counts)
