"""The key ring: key-encryption keys by epoch, and the key of the blind indexes. Never in the database.

By default a file ``<secrets>/keyring.json`` (mode 0600). Another keeper (a KMS) implements ``Keeper``
and is named in ``settings.DIEMTUA_KEY_KEEPER``.
"""

import base64
import json
import os
import secrets as randomness
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from diemtua.foundation import clock
from diemtua.foundation.vault.errors import KeyMissing

FILE = "keyring.json"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Epoch:
    """One key-encryption key and its time. ``key`` is None once it was destroyed."""

    number: int
    created_at: str
    key: bytes | None = field(repr=False)

    @property
    def is_destroyed(self) -> bool:
        """Whether the key is gone."""
        return self.key is None


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys of an installation at one moment."""

    epochs: tuple[Epoch, ...] = field(repr=False)
    blind: bytes = field(repr=False)
    recovery_public: bytes | None = None

    @property
    def current(self) -> Epoch:
        """The epoch that wraps new data keys."""
        return self.epochs[-1]

    def key(self, number: int) -> bytes:
        """Return the key of an epoch.

        Raises:
            KeyMissing: there is none, or it was destroyed.
        """
        for epoch in self.epochs:
            if epoch.number == number and epoch.key is not None:
                return epoch.key
        raise KeyMissing

    def to_json(self) -> str:
        """Return the ring as text, keys and all."""
        return json.dumps(
            {
                "epochs": [
                    {"number": e.number, "created_at": e.created_at, "key": _text(e.key)}
                    for e in self.epochs
                ],
                "blind": _text(self.blind),
                "recovery_public": _text(self.recovery_public),
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> "Ring":
        """Return the ring that ``to_json`` wrote."""
        data: dict[str, Any] = json.loads(text)
        blind = _raw(data["blind"])
        if blind is None:
            raise KeyMissing
        return cls(
            epochs=tuple(
                Epoch(e["number"], e["created_at"], _raw(e["key"])) for e in data["epochs"]
            ),
            blind=blind,
            recovery_public=_raw(data.get("recovery_public")),
        )


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()


def _raw(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


class Keeper(Protocol):
    """Whoever keeps the ring: a file by default, a key-management service elsewhere."""

    def load(self) -> Ring:
        """Return the ring as it stands now, making it on first use."""

    def store(self, ring: Ring) -> None:
        """Replace the ring, completely or not at all."""


def new_epoch(number: int) -> Epoch:
    """Return a fresh key-encryption key."""
    return Epoch(number, clock.now().astimezone(UTC).isoformat(), randomness.token_bytes(KEY_BYTES))


def new_ring() -> Ring:
    """Return a fresh ring."""
    return Ring(epochs=(new_epoch(1),), blind=randomness.token_bytes(KEY_BYTES))


class FileKeeper:
    """Keeps the ring in a file of mode 0600; other processes see a new ring at their next use."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.DIEMTUA_SECRETS) / FILE
        self._seen: tuple[tuple[int, int, int], Ring] | None = None

    def load(self) -> Ring:
        """Return the ring; made when missing, read again when the file has changed."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            self._make()
            stat = self.path.stat()
        mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if self._seen is None or self._seen[0] != mark:
            self._seen = (mark, Ring.from_json(self.path.read_text(encoding="utf-8")))
        return self._seen[1]

    def _make(self) -> None:
        aside = self._write_aside(new_ring())
        with suppress(FileExistsError):
            os.link(aside, self.path)  # of two first starts at once, one ring wins
        aside.unlink()

    def store(self, ring: Ring) -> None:
        """Replace the file in one step."""
        os.replace(self._write_aside(ring), self.path)
        self._seen = None

    def _write_aside(self, ring: Ring) -> Path:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=".keyring-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(ring.to_json())
            file.flush()
            os.fsync(file.fileno())
        return Path(name)


_keepers: dict[str, Keeper] = {}


def keeper() -> Keeper:
    """Return the keeper of this installation's ring."""
    name = getattr(settings, "DIEMTUA_KEY_KEEPER", "diemtua.foundation.vault.keyring.FileKeeper")
    place = f"{name}:{settings.DIEMTUA_SECRETS}"
    if place not in _keepers:
        _keepers[place] = import_string(name)()
    return _keepers[place]


def ring() -> Ring:
    """Return the ring as it stands now."""
    return keeper().load()


def made_on(epoch: Epoch) -> datetime:
    """Return the moment at which an epoch began."""
    return datetime.fromisoformat(epoch.created_at)
