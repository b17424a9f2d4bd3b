"""Where sealed chunks lie: in the database, or in a folder, in the same format."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from diemtua.foundation.vault.models import Attachment, AttachmentChunk

LONGEST_UPLOAD = timedelta(days=1)


class Store(Protocol):
    """A place for sealed chunks."""

    def write(self, attachment: Attachment, seq: int, sealed: bytes) -> None:
        """Keep one chunk."""

    def read(self, attachment: Attachment, seq: int) -> bytes | None:
        """Return one chunk, or None when it is not there."""

    def remove(self, attachment: Attachment) -> None:
        """Remove the file's chunks."""


class InDatabase:
    """Chunks as rows, backed up and guarded with everything else: the default."""

    def write(self, attachment: Attachment, seq: int, sealed: bytes) -> None:
        """Keep one chunk."""
        chunk = AttachmentChunk(attachment_id=attachment.pk, seq=seq, sealed=sealed)
        chunk.save(force_insert=True)

    def read(self, attachment: Attachment, seq: int) -> bytes | None:
        """Return one chunk, or None when it is not there or not for the asker."""
        chunk = AttachmentChunk.objects.filter(attachment_id=attachment.pk, seq=seq).first()
        return None if chunk is None else bytes(chunk.sealed)

    def remove(self, attachment: Attachment) -> None:
        """Remove the file's chunks."""
        AttachmentChunk.objects.filter(attachment_id=attachment.pk).delete()


class InFolder:
    """Chunks as files ``<folder>/<first two>/<random>/<number>``, mode 0600.

    The key stays in the database: without the attachment's row a chunk opens nothing. What a
    transaction that was undone leaves behind is noise, which ``clear_noise`` takes away.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _of(self, attachment: Attachment) -> Path:
        return self.folder / attachment.folder[:2] / attachment.folder

    def write(self, attachment: Attachment, seq: int, sealed: bytes) -> None:
        """Keep one chunk."""
        place = self._of(attachment)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place / f"{seq:06d}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())

    def read(self, attachment: Attachment, seq: int) -> bytes | None:
        """Return one chunk, or None when it is not there."""
        try:
            return (self._of(attachment) / f"{seq:06d}").read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, attachment: Attachment) -> None:
        """Remove the file's chunks once the transaction holds."""
        place = self._of(attachment)
        transaction.on_commit(lambda: shutil.rmtree(place, ignore_errors=True))

    def clear_noise(self, known: set[str], *, at: datetime) -> int:
        """Remove what no row knows and nobody is still writing; return how many files' worth."""
        before = (at - LONGEST_UPLOAD).timestamp()
        noise = [
            place
            for place in self.folder.glob("??/*")
            if place.name not in known and place.stat().st_mtime < before
        ]
        for place in noise:
            shutil.rmtree(place, ignore_errors=True)
        return len(noise)


def chosen_folder() -> Path | None:
    """Return the folder that the setting ``DIEMTUA_ATTACHMENT_FOLDER`` names, or None."""
    folder = getattr(settings, "DIEMTUA_ATTACHMENT_FOLDER", None)
    return Path(folder) if folder else None


def new_folder() -> str:
    """Return the name under which a new file's chunks lie; empty when they go into the database."""
    return uuid4().hex if chosen_folder() else ""


def of(attachment: Attachment) -> Store:
    """Return where an attachment's chunks are.

    Raises:
        FileNotFoundError: they are in a folder, and the settings name none.
    """
    if not attachment.folder:
        return InDatabase()
    folder = chosen_folder()
    if folder is None:
        raise FileNotFoundError("DIEMTUA_ATTACHMENT_FOLDER names no folder.")
    return InFolder(folder)
