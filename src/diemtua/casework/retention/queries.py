"""Questions about requests of persons over their data."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from diemtua.casework.retention import policies
from diemtua.casework.retention.models import DataRequest, State
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound

REFERENCE = Path(__file__).resolve().parent / "reference" / "rights.toml"


@dataclass(frozen=True, slots=True)
class Right:
    """One thing the law lets a person ask, and by when it must be done."""

    code: str
    label: str
    icon: str
    days: int
    extension_days: int
    basis: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request, without her words."""

    id: UUID
    case_id: UUID
    code: str
    right: str
    label: str
    icon: str
    state: str
    state_label: str
    received_at: datetime
    reply_due_at: datetime
    due_at: datetime
    replied_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    refusal: str
    done_by: str
    done_at: datetime | None
    is_late: bool
    is_extended: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in {State.RECEIVED, State.GRANTED}

    @property
    def is_erasure(self) -> bool:
        """Whether the file is to be erased."""
        return self.right == policies.ERASE

    @property
    def forgotten_by_backups_at(self) -> datetime | None:
        """The moment from which no backup within its term can bring it back."""
        if not (self.is_erasure and self.done_at):
            return None
        return self.done_at + timedelta(days=settings.DIEMTUA_BACKUP_DAYS)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(REFERENCE.read_text(encoding="utf-8"))


@cache
def rights() -> dict[str, Right]:
    """Return what a person may ask, by code, in the order of the list."""
    return {
        row["code"]: Right(
            row["code"],
            row["label"],
            row["icon"],
            row["days"],
            row["extension_days"],
            f"{row['source']}, {row['article']}",
        )
        for row in _file()["right"]
    }


@cache
def refusals() -> dict[str, str]:
    """Return on what grounds a request may be refused: label by code."""
    return {row["code"]: row["label"] for row in _file()["refusal"]}


@cache
def reply_working_days() -> int:
    """Return within how many working days a request is answered (Decree 356/2025, art. 5)."""
    return int(_file()["reply"]["working_days"])


def one(*, asker: Asker, request_id: UUID) -> DataRequest:
    """Return a request the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    found = _seen(asker).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def of_case(*, asker: Asker, case_id: UUID, at: datetime) -> list[RequestRow]:
    """Return the requests of a case, the newest first."""
    found = _seen(asker).filter(case_id=case_id).order_by("-received_at")
    return [row(request, at) for request in found]


def open_of(*, asker: Asker, at: datetime) -> list[RequestRow]:
    """Return the requests that wait for the asker: her team's, or the erasures granted."""
    waiting = [State.GRANTED]
    if policies.MAY_DECIDE.lets_in(asker):
        waiting.append(State.RECEIVED)
    found = _seen(asker).filter(state__in=waiting)
    return [row(request, at) for request in found.order_by("due_at")[:100]]


def erasures(*, asker: Asker, at: datetime) -> list[RequestRow]:
    """Return the erasures the officer sees, those to carry out first."""
    policies.MAY_ERASE.require(asker)
    found = list(_seen(asker).order_by("-received_at")[:200])
    rows = [row(request, at) for request in found]
    return sorted(rows, key=lambda one: (not one.is_open, one.due_at))


def _seen(asker: Asker) -> QuerySet[DataRequest]:
    seen = policies.SEES.of(asker, DataRequest.objects.all())
    return seen.select_related("decided_by", "done_by")


def row(request: DataRequest, at: datetime) -> RequestRow:
    """Return a request as pages show it."""
    right = rights()[request.right]
    return RequestRow(
        id=request.pk,
        case_id=request.case_id,
        code=request.code,
        right=right.code,
        label=right.label,
        icon=right.icon,
        state=request.state,
        state_label=request.get_state_display(),
        received_at=request.received_at,
        reply_due_at=request.reply_due_at,
        due_at=request.due_at,
        replied_at=request.replied_at,
        decided_by=request.decided_by.full_name if request.decided_by else "",
        decided_at=request.decided_at,
        refusal=refusals().get(request.refusal, ""),
        done_by=request.done_by.full_name if request.done_by else "",
        done_at=request.done_at,
        is_late=request.done_at is None and request.state != State.REFUSED and request.due_at < at,
        is_extended=request.extended_at is not None,
    )
