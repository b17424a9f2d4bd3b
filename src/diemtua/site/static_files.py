"""Styles and scripts: gathered at set-up under names that hold their hash, served by the web server."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from whitenoise.middleware import WhiteNoiseMiddleware

MANIFEST = "staticfiles.json"


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # it has no types
    """Answers with a file's whole content: all are small, and an ASGI server takes no file apart."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """Return the file, or that the browser has it already."""
        found = static_file.get_response(request.method, request.META)
        try:
            content = found.file.read() if found.file is not None else b""
        finally:
            if found.file is not None:
                found.file.close()
        response = HttpResponse(content, status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response


def collect() -> None:
    """Gather the static files aside and put them in place at once; cut short, the old ones stay.

    Files of the version before stay beside them: a server that still runs goes on serving its pages.
    """
    place = Path(settings.STATIC_ROOT)
    for left in place.parent.glob(f"{place.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    building = Path(tempfile.mkdtemp(dir=place.parent, prefix=f"{place.name}.new-"))
    command = Command()
    backend = import_string(settings.STORAGES["staticfiles"]["BACKEND"])
    command.storage = backend(location=str(building))
    call_command(command, verbosity=0, interactive=False)
    for name in _of_the_version_before(place):
        with suppress(FileExistsError, FileNotFoundError):
            (building / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(place / name, building / name)
    before = place.with_name(f"{place.name}.new-before")
    with suppress(FileNotFoundError):
        place.rename(before)
    building.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def _of_the_version_before(place: Path) -> Iterator[str]:
    try:
        named = json.loads((place / MANIFEST).read_text(encoding="utf-8"))["paths"].values()
    except (OSError, ValueError, KeyError):
        return
    for name in named:
        yield name
        yield f"{name}.gz"


def missing() -> list[str]:
    """Return the files that the pages name and that are not in place; the manifest itself first."""
    place = Path(settings.STATIC_ROOT)
    try:
        named = json.loads((place / MANIFEST).read_text(encoding="utf-8"))["paths"].values()
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    return [name for name in named if not (place / name).exists()]
