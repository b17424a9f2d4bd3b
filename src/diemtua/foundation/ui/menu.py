"""The left menu: each room declares its entries, the layout shows those of one's role."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

MOST_ENTRIES = 7
SHOWN_ON_PHONE = 4  # in the bar at the bottom; the rest opens behind «Thêm»


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    code: str
    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str]
    order: int
    home_for: frozenset[str] = frozenset()

    @property
    def href(self) -> str | None:
        """The address it leads to, or None while the site does not know the name."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a page shows it."""

    label: str | Promise
    icon: str
    href: str
    is_current: bool


_entries: dict[str, Entry] = {}


def declare(
    *,
    code: str,
    label: str | Promise,
    url_name: str,
    icon: str,
    roles: Iterable[str],
    order: int,
    home_for: Iterable[str] = (),
) -> None:
    """Declare an entry; called from a room's ``AppConfig.ready``. The same twice does no harm.

    ``roles`` see it, ordered by ``order``; for the roles in ``home_for`` it is the first page after
    signing in.
    """
    _entries[code] = Entry(
        code, label, url_name, icon, frozenset(roles), order, frozenset(home_for)
    )


def entries_of(role: str) -> list[Entry]:
    """Return what the menu holds for a role, in order."""
    mine = (entry for entry in _entries.values() if role in entry.roles)
    return sorted(mine, key=lambda entry: (entry.order, entry.code))


def items_of(role: str, *, path: str) -> list[Item]:
    """Return the menu of a role with the entry marked that ``path`` lies under."""
    led = [(entry, entry.href) for entry in entries_of(role)]
    known = [(entry, href) for entry, href in led if href is not None][:MOST_ENTRIES]
    under = [href for _entry, href in known if path.startswith(href) and href != "/"]
    current = max(under, key=len, default="/" if path == "/" else "")
    return [Item(entry.label, entry.icon, href, href == current) for entry, href in known]


def home_of(role: str) -> str | None:
    """Return the address of a role's first page, or None when no room declared one."""
    homes = (entry.href for entry in entries_of(role) if role in entry.home_for)
    return next((href for href in homes if href), None)
