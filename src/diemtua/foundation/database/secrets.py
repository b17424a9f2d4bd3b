"""Secrets of this installation: made at first start, mode 0600, outside the database.

One folder ``<data>/secrets`` holds them, one file each. The vault keeps its key ring beside them.
"""

import os
import secrets as randomness
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

ASKER_KEY_BYTES = 32


def folder() -> Path:
    """Return the folder of secrets, made with mode 0700 when missing."""
    path = Path(settings.DIEMTUA_SECRETS)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(name: str, *, size: int = 32) -> bytes:
    """Return the secret of this name in this installation's folder, made when it is missing."""
    return keep_in(Path(settings.DIEMTUA_SECRETS), name, size=size)


def keep_in(place: Path, name: str, *, size: int = 32) -> bytes:
    """Return the secret of this name in a folder, generating it when it is missing.

    Written aside and linked into place, so that two processes which start together agree on one
    value and neither reads half of it.

    Raises:
        OSError: the folder cannot be made or written.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = place / name
    with suppress(FileNotFoundError):
        return path.read_bytes()
    descriptor, aside = tempfile.mkstemp(dir=place, prefix=f".{name}-")  # mkstemp makes mode 0600
    with os.fdopen(descriptor, "wb") as file:
        file.write(randomness.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(aside, path)
    Path(aside).unlink()
    return path.read_bytes()


@cache
def asker_key() -> bytes:
    """Return the key that seals who is asking; `diemtua setup` shows it to the database's owner."""
    return keep("asker.key", size=ASKER_KEY_BYTES)
