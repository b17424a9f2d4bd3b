"""Files: looked at, cleaned, sealed piece by piece, and hung on a paper."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from diemtua.casework.cases.models import Case
from diemtua.casework.papers.errors import AnotherKind, PhotoNotAgreed
from diemtua.casework.papers.models import Kind, Paper
from diemtua.casework.papers.services import cleaning
from diemtua.casework.papers.services.recording import record
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import attachments, chunks, sniffing
from diemtua.foundation.vault.errors import FileEmpty, FileTooLarge

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True, slots=True)
class Filed:
    """What somebody says of a file: its kind, day and title, and that she agreed to a picture."""

    kind: str
    happened_on: date
    title: str = field(repr=False)
    note: str = field(default="", repr=False)
    agreed: tuple[str, date] | None = None


def keep_file(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    filed: Filed,
    upload: "UploadedFile[bytes]",
    at: datetime,
) -> Paper:
    """Seal a file into a case, without what tells where it was made; the same id twice is one paper.

    Raises:
        PhotoNotAgreed: a picture without her agreement.
        AnotherKind: the file is not of the kind that was chosen.
        PictureUnclean, RecordingUnclean: place and device cannot be taken out of it.
        FileEmpty, FileTooLarge, FileRefused, FileMisnamed: see ``vault.errors``.
        CaseClosed, NotYetHappened: as for ``record``.
    """
    if (filed.kind == Kind.PHOTO) != (filed.agreed is not None):
        raise PhotoNotAgreed
    name = sniffing.clean_name(upload.name or "")
    content = _cleaned(filed.kind, upload, name=name)

    def hang(paper: Paper) -> None:
        attachments.add(
            asker=asker,
            record=paper,
            organisation_id=case.organisation_id,
            id=uuid5(paper.pk, "file"),
            name=name,
            content=[content],
            at=at,
        )

    return record(
        asker=asker,
        id=id,
        case=case,
        kind=filed.kind,
        happened_on=filed.happened_on,
        content={"title": filed.title, "note": filed.note},
        at=at,
        agreed=filed.agreed,
        then=hang,
    )


def _cleaned(kind: str, upload: "UploadedFile[bytes]", *, name: str) -> bytes:
    if not upload.size:
        raise FileEmpty
    if upload.size > attachments.limit():
        raise FileTooLarge(limit=attachments.limit() // chunks.MEGABYTE)
    content = b"".join(upload.chunks())
    found = sniffing.kind_of(content[: sniffing.HEAD], name=name)
    cleaned = cleaning.clean(content, kind=found)
    family = "audio" if found in cleaning.RECORDINGS else found.partition("/")[0]
    wanted = {Kind.PHOTO: {"image"}, Kind.AUDIO: {"audio"}}.get(
        Kind(kind), {"image", "application"}
    )
    if family not in wanted:
        raise AnotherKind
    return cleaned
