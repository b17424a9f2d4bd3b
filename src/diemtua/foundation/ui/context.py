"""What every page knows: who asks, the menu, the bar, the look and the request's number."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from diemtua.foundation.ui import bar, menu

THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the layout shows; nothing is asked of the database before it is shown."""
    asker = getattr(request, "asker", None)
    return {
        "asker": asker,
        "request_number": getattr(request, "number", ""),
        "theme": theme_of(request),
        "bar": SimpleLazyObject(lambda: bar.addresses(asker)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "waiting_changed_by": bar.changed_by(),
        "waiting": SimpleLazyObject(lambda: bar.waiting_for(asker)),
    }


def theme_of(request: HttpRequest) -> str:
    """Return ``light`` or ``dark`` when chosen, else ``auto``: as the device says."""
    chosen = getattr(getattr(request, "user", None), "theme", "") or request.COOKIES.get(
        "theme", ""
    )
    return chosen if chosen in THEMES else "auto"


def _menu(request: HttpRequest) -> list[menu.Item]:
    asker = getattr(request, "asker", None)
    return menu.items_of(asker.role, path=request.path) if asker is not None else []
