"""The key ring of this installation: outside the database, read again whenever it has changed.

By default a file ``<secrets>/keyring.json`` (mode 0600). Another keeper (a key-management service)
implements ``keys.Keeper`` and is named in the setting ``DIEMTUA_KEY_KEEPER``. Once recovery is set up
(``recovery.py``), every change also refreshes ``keyring.sealed``, which only M of N shares open.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from diemtua.foundation import clock
from diemtua.foundation.database import secrets
from diemtua.foundation.vault import escrow
from diemtua.foundation.vault.errors import RingMissing
from diemtua.foundation.vault.keys import Keeper, Keys, Ring

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: operators change keys one at a time there
    fcntl = None  # type: ignore[assignment]

FILE = "keyring.json"
SEALED = "keyring.sealed"
LOCK = ".keyring.lock"

Mark = tuple[int, int, int]


class FileKeeper:
    """Keeps the ring in a file; other processes see a new ring at their next use."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or secrets.folder()
        self._seen: tuple[Mark, Ring] | None = None

    @property
    def path(self) -> Path:
        """Where the ring is."""
        return self.folder / FILE

    @property
    def sealed_path(self) -> Path:
        """Where the ring is sealed for recovery."""
        return self.folder / SEALED

    def load(self) -> Ring:
        """Return the ring; read again when the file has changed.

        Raises:
            RingMissing: there is none.
        """
        try:
            stat = self.path.stat()
        except FileNotFoundError as error:
            raise RingMissing from error
        mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        seen = self._seen
        if seen is None or seen[0] != mark:
            seen = self._seen = (mark, Ring.from_json(self.path.read_text(encoding="utf-8")))
        return seen[1]

    def make(self) -> None:
        """Make the ring of a new installation; of two first starts at once, one ring wins.

        Raises:
            RingMissing: a ring was sealed for recovery here: it must be recovered, not replaced.
        """
        if self.sealed_path.exists():
            raise RingMissing
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self._write_aside(Ring.fresh(clock.now()).to_json().encode())
        with suppress(FileExistsError):
            os.link(aside, self.path)
        aside.unlink()
        self._settle()

    def change(self, make: Callable[[Ring], Ring]) -> Ring:
        """Replace the ring by what ``make`` returns, completely or not at all, one change at a time."""
        with self._locked():
            return self.put(make(self.load()))

    def put(self, ring: Ring) -> Ring:
        """Write the ring, sealed for recovery first when recovery is set up."""
        if ring.recovery_public is not None:
            sealed = escrow.seal(ring.to_json().encode(), ring.recovery_public)
            self._write_aside(sealed).replace(self.sealed_path)
        self._write_aside(ring.to_json().encode()).replace(self.path)
        self._settle()
        return ring

    def begin_epoch(self, at: datetime) -> Ring:
        """Add a fresh key-encryption key that wraps from now on."""
        return self.change(lambda ring: ring.with_new_epoch(at))

    def destroy_epoch(self, number: int, at: datetime) -> None:
        """Destroy the key of an epoch for good, in the ring and in its sealed copy."""
        self.change(lambda ring: ring.without_key_of(number, at))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self.folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor) as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes
            yield

    def _settle(self) -> None:
        # A key that wraps must outlive a power cut: the folder's entry is on the disk, too.
        if fcntl is not None:  # folders cannot be opened on Windows
            descriptor = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _write_aside(self, content: bytes) -> Path:
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".keyring-")  # mode 0600
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)


_keepers: dict[tuple[str, str], Keeper] = {}


def keeper() -> Keeper:
    """Return the keeper of this installation's keys."""
    name = getattr(settings, "DIEMTUA_KEY_KEEPER", f"{__name__}.FileKeeper")
    place = (name, str(settings.DIEMTUA_SECRETS))
    if place not in _keepers:
        _keepers[place] = import_string(name)()
    return _keepers[place]


def ring() -> Keys:
    """Return the keys as they stand now; a new installation's are made at first use.

    Raises:
        RingMissing: there are none although this database holds sealed records: making others
            would lock the records out for good.
    """
    try:
        return keeper().load()
    except RingMissing:
        if _holds_sealed_records():
            raise
    keeper().make()
    return keeper().load()


def _holds_sealed_records() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.vault_is_used()")
        row = cursor.fetchone()
    return row is None or bool(row[0])
