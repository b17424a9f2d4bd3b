"""Which JavaScript modules exist: one file per behaviour, found by its name.

``static/<room>/js/<name>.js`` in any room is the behaviour ``data-behaviour="<name>"``.
"""

from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.templatetags.static import static

LOADER = "house"


@lru_cache(maxsize=1)
def _paths() -> dict[str, str]:
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("diemtua."):
            continue
        folder = Path(config.path) / "static"
        for file in sorted(folder.glob("*/js/*.js")):
            if file.stem != LOADER:
                found.setdefault(file.stem, file.relative_to(folder).as_posix())
    return found


def addresses() -> dict[str, str]:
    """Return each behaviour's module address, by name."""
    return {name: static(path) for name, path in _paths().items()}
