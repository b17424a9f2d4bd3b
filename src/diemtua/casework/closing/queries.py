"""Questions about closures, and the reasons and checks as data."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from diemtua.casework.cases.frame import Event
from diemtua.casework.cases.models import Case
from diemtua.casework.closing import policies
from diemtua.casework.closing.models import Closure, State
from diemtua.casework.referrals import queries as referrals
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault

REFERENCE = Path(__file__).resolve().parent / "reference" / "closing.toml"


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(REFERENCE.read_text())


def reasons() -> dict[str, str]:
    """Return why a case is closed."""
    return {entry["code"]: entry["label"] for entry in _file()["reason"]}


def checks() -> dict[str, str]:
    """Return what is checked before a case is closed."""
    return {entry["code"]: entry["label"] for entry in _file()["check"]}


def reopenings() -> dict[str, str]:
    """Return why a case is opened again."""
    return {entry["code"]: entry["label"] for entry in _file()["reopening"]}


def needed(reason: str) -> frozenset[str]:
    """Return the checks that a reason needs: without her, only what can be done without her."""
    without_her = next(
        entry.get("without_her", False) for entry in _file()["reason"] if entry["code"] == reason
    )
    return frozenset(
        entry["code"]
        for entry in _file()["check"]
        if not (without_her and entry.get("with_her", False))
    )


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A closure as the case's team sees it; the notes only where they are asked for."""

    id: UUID
    state: str
    state_label: str
    reason: str
    checks: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    reopened_at: datetime | None
    reopened_because: str
    is_own: bool

    @property
    def is_asked(self) -> bool:
        """Whether somebody has still to decide."""
        return self.state == State.ASKED

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed by it."""
        return self.state == State.APPROVED


def of_case(*, asker: Asker, case_id: UUID) -> list[ClosureRow]:
    """Return a case's closures, the newest first."""
    known = Closure.objects.filter(case_id=case_id).select_related("asked_by", "decided_by")
    seen = policies.SEES_CLOSURE.of(asker, known)
    return [_row(closure, asker) for closure in seen.order_by("-asked_at")]


def _row(closure: Closure, asker: Asker) -> ClosureRow:
    return ClosureRow(
        id=closure.pk,
        state=closure.state,
        state_label=closure.get_state_display(),
        reason=reasons().get(closure.reason, closure.reason),
        checks=tuple(checks()[code] for code in closure.checks if code in checks()),
        asked_by=closure.asked_by.full_name,
        asked_at=closure.asked_at,
        decided_by=closure.decided_by.full_name if closure.decided_by else "",
        decided_at=closure.decided_at,
        reopened_at=closure.reopened_at,
        reopened_because=reopenings().get(closure.reopened_because, ""),
        is_own=closure.asked_by_id == asker.user_id,
    )


def one(*, asker: Asker, closure_id: UUID) -> Closure:
    """Return a closure of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    known = Closure.objects.select_related("case", "data_key").filter(pk=closure_id)
    found = policies.SEES_CLOSURE.of(asker, known).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """What was written at a closure, opened."""

    note: str
    answer: str


def words(*, asker: Asker, closure: Closure) -> Words:
    """Return the notes of a closure; the audit trail says who read them."""
    told = vault.unseal(closure, "note", "answer", asker=asker, why="closing.closure.read")
    return Words(told.note or "", told.answer or "")


def going_on(*, asker: Asker, case: Case) -> tuple[str, ...]:
    """Return the places whose referrals of this case are still going on."""
    rows = referrals.of_case(asker=asker, case_id=case.pk)
    return tuple(row.facility for row in rows if row.is_live)


def to_decide(*, asker: Asker, limit: int = 50) -> list[Closure]:
    """Return the closures that wait for the supervisor, the oldest first; her own are another's."""
    waiting = Closure.objects.filter(state=State.ASKED).exclude(asked_by_id=asker.user_id)
    seen = policies.MAY_DECIDE.of(asker, waiting.select_related("case", "asked_by"))
    return list(seen.order_by("asked_at")[:limit])


def events(asker: Asker, case: Case) -> list[Event]:
    """Return what closing adds to the log of a case."""
    told = []
    for row in of_case(asker=asker, case_id=case.pk):
        told.append(Event(row.asked_at, "checks", gettext("Đề nghị khép hồ sơ"), row.reason))
        if row.decided_at:
            told.append(Event(row.decided_at, "checks", row.state_label, row.decided_by))
        if row.reopened_at:
            title = gettext("Mở lại hồ sơ")
            told.append(Event(row.reopened_at, "refresh", title, row.reopened_because))
    return told
