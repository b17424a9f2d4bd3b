"""Opening a paper: the trail says who read which version and when."""

from dataclasses import dataclass, field

from diemtua.accounts.models import Role
from diemtua.casework.papers import policies
from diemtua.casework.papers.errors import TakenOut
from diemtua.casework.papers.models import Paper, State, Withdrawal
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import attachments
from diemtua.foundation.vault import services as vault
from diemtua.foundation.vault.models import Attachment

SHOWN = {
    "image/jpeg": "picture",
    "image/png": "picture",
    "image/webp": "picture",
    "audio/mpeg": "sound",
    "audio/mp4": "sound",
    "audio/aac": "sound",
    "audio/ogg": "sound",
    "audio/x-wav": "sound",
    "video/mp4": "sound",
    "video/3gpp": "sound",
}
"""What a page shows by itself; everything else is downloaded."""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one version of a paper; which parts it has depends on its kind."""

    text: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    marks: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)

    @property
    def opening(self) -> dict[str, str]:
        """The parts that a form opens with."""
        return {"text": self.text, "title": self.title, "note": self.note}


def may_read(asker: Asker, withdrawal: Withdrawal | None) -> bool:
    """Return whether a paper may be opened: what waits to be erased only by who decides about it."""
    if withdrawal is None or withdrawal.state == State.WITHDRAWN:
        return True
    return withdrawal.state == State.ASKED and asker.has_role(Role.SUPERVISOR)


def read(*, asker: Asker, paper: Paper, withdrawal: Withdrawal | None) -> Content:
    """Open one version of a paper.

    Raises:
        TakenOut: it was erased, or waits to be.
        Tampered, Erased, KeyMissing, KeyWithheld: see ``vault.errors``.
    """
    policies.SEES.require(asker, paper)
    if not may_read(asker, withdrawal):
        raise TakenOut
    held = vault.unseal(paper, "content", asker=asker, why="casework.paper.read").content or {}
    marks = held.get("marks", [])
    return Content(
        text=held.get("text", ""),
        title=held.get("title", ""),
        note=held.get("note", ""),
        marks=tuple((region, tuple(kinds)) for region, kinds in marks),
    )


def shown_as(file: Attachment | None) -> str:
    """Return how a page shows a file: ``picture``, ``sound``, or empty when it is downloaded."""
    return SHOWN.get(file.kind, "") if file else ""


def file_of(*, paper: Paper) -> Attachment | None:
    """Return the file of a paper, unopened."""
    return attachments.of(paper).first()


def open_file(*, asker: Asker, paper: Paper, withdrawal: Withdrawal | None) -> attachments.Opened:
    """Open the file of a paper; the trail says who did.

    Raises:
        NotFound: the paper has none.
        TakenOut: the paper was erased, or waits to be.
        Tampered, Erased, KeyMissing, KeyWithheld: see ``vault.errors``.
    """
    policies.SEES.require(asker, paper)
    if not may_read(asker, withdrawal):
        raise TakenOut
    file = file_of(paper=paper)
    if file is None:
        raise NotFound
    return attachments.open_file(asker=asker, attachment=file, why="casework.paper.file-opened")
