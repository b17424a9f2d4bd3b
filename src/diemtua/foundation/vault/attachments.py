"""Files that hang on records: taken in, given out and removed, always sealed, always in the trail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connections, models
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker, asking
from diemtua.foundation.database.once import create_once
from diemtua.foundation.vault import chunks, sealing, services, sniffing, storage
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.models import Attachment, VaultRecord

LIMIT = 20 * chunks.MEGABYTE
"""The largest file, unless the setting ``DIEMTUA_ATTACHMENT_BYTES`` says otherwise."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file for the one who asked for it; ``content`` is read piece by piece, once."""

    name: str = field(repr=False)
    kind: str
    size: int
    content: Iterator[bytes] = field(repr=False)


def limit() -> int:
    """Return how many bytes a file may have."""
    return int(getattr(settings, "DIEMTUA_ATTACHMENT_BYTES", LIMIT))


def of(record: VaultRecord) -> models.QuerySet[Attachment]:
    """Return the files of a record that the asker may see, oldest first, without removed ones."""
    return Attachment.objects.filter(
        owner_label=record._meta.label, owner_id=record.pk, removed_at__isnull=True
    ).order_by("added_at", "id")


def add(
    *,
    asker: Asker,
    record: VaultRecord,
    organisation_id: UUID,
    id: UUID,  # noqa: A002 - the page's key, as every verb that creates names it
    name: str,
    content: Iterable[bytes],
    at: datetime,
) -> Attachment:
    """Seal a file piece by piece and hang it on a record; the same id twice makes one.

    ``content`` is an upload, or any portions of bytes.

    The caller has decided that the asker may change the record.

    Raises:
        FileRefused, FileMisnamed, FileTooLarge, FileEmpty: see ``vault.errors``.
        Erased: the record was erased.
    """
    pieces = content.chunks() if isinstance(content, UploadedFile) else content

    def make() -> Attachment:
        attachment = Attachment(
            id=id,
            data_key_id=record.data_key_id,
            owner_label=record._meta.label,
            owner_id=record.pk,
            organisation_id=organisation_id,
            folder=storage.new_folder(),
            added_at=at,
            added_by=asker.user_id,
        )
        _take_in(attachment, pieces, name=sniffing.clean_name(name))
        audit.write(asker=asker, action="vault.attachment.added", subject=attachment)
        return attachment

    return create_once(Attachment, id, make)[0]


def _take_in(attachment: Attachment, content: Iterable[bytes], *, name: str) -> None:
    pieces = chunks.cut(content, limit=limit())
    head = next(pieces)
    attachment.kind = sniffing.kind_of(head, name=name)
    services.seal(attachment, name=name)
    key = sealing.new_key()
    record_key = services.data_key_of(attachment)
    attachment.wrapped = sealing.encrypt(record_key, key, bound_to=_place(attachment))
    store = storage.of(attachment)
    sealed = chunks.seal(head, pieces, file=_file(attachment), key=key)
    for seq, (chunk, whole) in enumerate(sealed):  # the chunks first: their foreign key can wait
        store.write(attachment, seq, chunk)
        attachment.size, attachment.chunk_count = whole, seq + 1
    attachment.save(force_insert=True)


def open_file(*, asker: Asker, attachment: Attachment, why: str) -> Opened:
    """Write into the trail who opens a file and why, and return it; it is decrypted while it is read.

    Each piece is fetched in a transaction of its own, as the asker, so that the content may be read
    after the request's transaction has ended.

    Raises:
        Tampered, Erased, KeyMissing, KeyWithheld: see ``vault.errors``; ``Tampered`` and ``Erased``
            may also come in the middle of reading.
    """
    name = services.unseal(attachment, "name", asker=asker, why=why).name
    content = _read(attachment, _key(attachment), asker)
    first = next(content)  # what is wrong with the first piece still gets an error page
    return Opened(
        name=name or "", kind=attachment.kind, size=attachment.size, content=chain([first], content)
    )


def answer(*, asker: Asker, attachment: Attachment, why: str) -> StreamingHttpResponse:
    """Return the file as a download that no browser shows in the site's own name."""
    opened = open_file(asker=asker, attachment=attachment, why=why)
    return StreamingHttpResponse(
        opened.content,
        content_type=opened.kind,
        headers={
            "Content-Length": str(opened.size),
            "Content-Disposition": content_disposition_header(True, opened.name) or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def remove(*, asker: Asker, attachment: Attachment, why: str, at: datetime) -> None:
    """Destroy a file's key and its pieces; the row stays, and says that there was one. Twice is once.

    The caller has decided that the asker may change the record.
    """
    audit.write(asker=asker, action=why, subject=attachment)
    attachment.name = attachment.wrapped = None
    attachment.removed_at = attachment.removed_at or at
    attachment.save(update_fields=["name", "wrapped", "removed_at"])
    storage.of(attachment).remove(attachment)


def sweep(*, at: datetime, using: str = "owner") -> int:
    """Delete what nobody can read any more, as the owner; return how many pieces and folders.

    Those are the pieces of files whose record was erased, and what uploads that failed left behind.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "DELETE FROM vault_attachment_chunk c USING vault_attachment a, vault_data_key k"
            " WHERE c.attachment_id = a.id AND a.data_key_id = k.id AND k.wrapped IS NULL"
        )
        swept = int(cursor.rowcount)
    folder = storage.chosen_folder()
    if folder is None:
        return swept
    readable = Attachment.objects.using(using).filter(
        data_key__wrapped__isnull=False, removed_at__isnull=True
    )
    known = set(readable.exclude(folder="").values_list("folder", flat=True))
    return swept + storage.InFolder(folder).clear_noise(known, at=at)


def _read(attachment: Attachment, key: bytes, asker: Asker) -> Iterator[bytes]:
    store = storage.of(attachment)
    file = _file(attachment)
    for seq in range(attachment.chunk_count):
        with asking(asker):
            sealed = store.read(attachment, seq)
        is_last = seq == attachment.chunk_count - 1
        whole = attachment.size if is_last else None
        yield chunks.unseal(sealed, file=file, key=key, seq=seq, whole=whole)


def _key(attachment: Attachment) -> bytes:
    if attachment.wrapped is None:
        raise Erased
    record_key = services.data_key_of(attachment)
    return sealing.decrypt(record_key, bytes(attachment.wrapped), bound_to=_place(attachment))


def _file(attachment: Attachment) -> chunks.File:
    return chunks.File(attachment.pk, attachment.kind)


def _place(attachment: Attachment) -> bytes:
    return sealing.associated(
        "vault_attachment", "wrapped", str(attachment.pk), str(attachment.data_key_id)
    )
