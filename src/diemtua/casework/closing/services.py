"""Asking to close a case, agreeing or sending back, opening it again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.closing import policies, queries
from diemtua.casework.closing.errors import (
    NotAsked,
    NotBeingWorked,
    NotChecked,
    NotYoursToAgree,
    StillGoingOn,
)
from diemtua.casework.closing.models import Closure, State
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault


def ask(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    reason: str,
    checks: Sequence[str],
    at: datetime,
    note: str = "",
) -> Closure:
    """Ask to close a case, with why and what was checked; the same id twice asks once.

    Raises:
        NotBeingWorked: nobody works the case, or it is closed.
        StillGoingOn: a referral is still going on.
        NotChecked: a check that this reason needs is missing.
    """
    policies.MAY_ASK.require(asker, case)
    existing = Closure.objects.filter(pk=id, case=case).first()
    if existing is not None:
        return existing
    _require_ready(asker=asker, case=case, reason=reason, checks=checks)
    closure = Closure(
        id=id,
        case=case,
        data_key_id=case.data_key_id,
        reason=reason,
        checks=sorted({*checks}),
        asked_by_id=asker.member,
        asked_at=at,
    )
    vault.seal(closure, note=note or None)

    def make() -> Closure:
        closure.save(force_insert=True)
        return closure

    made, is_new = create_once(Closure, id, make)
    if is_new:
        _tell(asker, made, "asked")
    return made


def _require_ready(*, asker: Asker, case: Case, reason: str, checks: Sequence[str]) -> None:
    if case.status != Status.IN_PROGRESS:
        raise NotBeingWorked
    if places := queries.going_on(asker=asker, case=case):
        raise StillGoingOn(places=", ".join(places))
    if missing := queries.needed(reason) - {*checks}:
        labels = (label for code, label in queries.checks().items() if code in missing)
        raise NotChecked(missing="; ".join(labels))


def approve(*, asker: Asker, closure: Closure, at: datetime, answer: str = "") -> None:
    """Agree: the case is closed in the same transaction. Agreeing twice changes nothing.

    Raises:
        NotYoursToAgree: whoever asked does not agree to it herself.
        StillGoingOn: a referral was sent meanwhile.
        NotAsked: it was sent back meanwhile.
    """
    policies.MAY_DECIDE.require(asker, closure)
    if closure.state == State.APPROVED:
        return
    if places := queries.going_on(asker=asker, case=closure.case):
        raise StillGoingOn(places=", ".join(places))
    _decide(asker, closure, at, state=State.APPROVED, answer=answer)
    cases.close_case(asker=asker, case=closure.case, at=at)
    _tell(asker, closure, "approved")


def send_back(*, asker: Asker, closure: Closure, at: datetime, answer: str) -> None:
    """Send it back with what is still to be done. Sending back twice changes nothing.

    Raises:
        NotYoursToAgree: whoever asked does not decide herself.
        NotAsked: it was agreed to meanwhile.
    """
    policies.MAY_DECIDE.require(asker, closure)
    if closure.state == State.RETURNED:
        return
    _decide(asker, closure, at, state=State.RETURNED, answer=answer)
    _tell(asker, closure, "sent-back")


def _decide(asker: Asker, closure: Closure, at: datetime, *, state: State, answer: str) -> None:
    if closure.asked_by_id == asker.user_id:
        raise NotYoursToAgree
    vault.seal(closure, answer=answer or None)
    changed = Closure.objects.filter(pk=closure.pk, state=State.ASKED).update(
        state=state, decided_by_id=asker.member, decided_at=at, answer=closure.answer
    )
    if not changed:
        raise NotAsked


def reopen(*, asker: Asker, closure: Closure, because: str, at: datetime) -> None:
    """Open a closed case again, with why; her next contact follows the pace of her risk.

    Raises:
        NotAsked: the case is not closed.
    """
    policies.MAY_REOPEN.require(asker, closure)
    if closure.state == State.REOPENED:
        return
    changed = Closure.objects.filter(pk=closure.pk, state=State.APPROVED).update(
        state=State.REOPENED,
        reopened_by_id=asker.member,
        reopened_at=at,
        reopened_because=because,
    )
    if not changed:
        raise NotAsked
    cases.reopen_case(asker=asker, case=closure.case, at=at)
    _tell(asker, closure, "reopened")


def _tell(asker: Asker, closure: Closure, what: str) -> None:
    audit.write(
        asker=asker, action=f"closing.closure.{what}", subject=closure.case, reason=closure.reason
    )
    live.tell(f"org:{closure.case.organisation_id}", event="case")
