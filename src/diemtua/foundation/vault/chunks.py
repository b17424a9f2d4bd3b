"""A file as a row of sealed chunks: none can be changed, dropped, added or put elsewhere unnoticed.

Each chunk is sealed under the file's own key and bound to the file, its kind, its place in the row and
whether it is the last; the last one also to the size of the whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from diemtua.foundation.vault import sealing
from diemtua.foundation.vault.errors import FileEmpty, FileTooLarge, Tampered

SIZE = 256 * 1024
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """Which file a chunk belongs to."""

    id: UUID
    kind: str

    def place(self, seq: int, *, whole: int | None) -> bytes:
        """Return what a chunk is bound to; ``whole`` is the file's size for the last one."""
        end = "more" if whole is None else f"last of {whole}"
        return sealing.associated("vault_attachment_chunk", str(self.id), self.kind, str(seq), end)


def cut(content: Iterable[bytes], *, limit: int) -> Iterator[bytes]:
    """Return the content in pieces of one size, the last one shorter.

    Raises:
        FileEmpty: there is nothing.
        FileTooLarge: there is more than ``limit`` bytes.
    """
    waiting = bytearray()
    whole = 0
    for part in content:
        whole += len(part)
        if whole > limit:
            raise FileTooLarge(limit=limit // MEGABYTE)
        waiting += part
        while len(waiting) > SIZE:
            yield bytes(waiting[:SIZE])
            del waiting[:SIZE]
    if not whole:
        raise FileEmpty
    yield bytes(waiting)


def seal(
    first: bytes, rest: Iterable[bytes], *, file: File, key: bytes
) -> Iterator[tuple[bytes, int]]:
    """Return each piece sealed, with the size of the content up to its end."""
    seq, piece, whole = 0, first, len(first)
    for following in rest:
        yield sealing.encrypt(key, piece, bound_to=file.place(seq, whole=None)), whole
        seq, piece, whole = seq + 1, following, whole + len(following)
    yield sealing.encrypt(key, piece, bound_to=file.place(seq, whole=whole)), whole


def unseal(sealed: bytes | None, *, file: File, key: bytes, seq: int, whole: int | None) -> bytes:
    """Return one piece; ``whole`` is the file's size for the last one.

    Raises:
        Tampered: it is missing, altered, of another file, at another place, or not the last.
    """
    if sealed is None:
        raise Tampered
    return sealing.decrypt(key, sealed, bound_to=file.place(seq, whole=whole))
