"""The stylesheets of the components: one file each, found in their folder."""

from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "ui" / "css" / "components"


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in FOLDER.glob("*.css")))


def addresses() -> list[str]:
    """Return the address of each component's stylesheet."""
    return [static(f"ui/css/components/{name}") for name in _names()]
