"""Taking a paper out of use: with a reason, never silently; erased only by two people."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from diemtua.casework.papers import policies, queries
from diemtua.casework.papers.errors import DecidedAlready, TakenOut, UnknownReason
from diemtua.casework.papers.models import Paper, State, Withdrawal
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import attachments


def withdraw(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    paper: Paper,
    reason: str,
    at: datetime,
) -> Withdrawal:
    """Withdraw a paper in all its versions; a mistake waits for a supervisor to have it erased.

    Raises:
        UnknownReason: no such reason is on the list.
        TakenOut: it is withdrawn already.
    """
    policies.SEES.require(asker, paper)
    known = queries.reasons().get(reason)
    if known is None:
        raise UnknownReason
    if (before := Withdrawal.objects.filter(pk=id).first()) is not None:
        return before
    made = Withdrawal(
        id=id,
        case_id=paper.case_id,
        thread=paper.thread,
        reason=reason,
        erases=known.erases,
        state=State.ASKED if known.erases else State.WITHDRAWN,
        asked_by_id=asker.member,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise TakenOut from error
    _say(asker, made, "asked" if known.erases else "withdrawn")
    return made


def keep(*, asker: Asker, withdrawal: Withdrawal, at: datetime) -> None:
    """Refuse an erasure: the paper is back in the case.

    Raises:
        DecidedAlready: it was decided before, or the asker asked for it herself.
    """
    _check(asker, withdrawal)
    waiting = Withdrawal.objects.filter(pk=withdrawal.pk, state=State.ASKED)
    if not waiting.update(state=State.KEPT, decided_by_id=asker.member, decided_at=at):
        raise DecidedAlready
    _say(asker, withdrawal, "kept")


def approve(*, asker: Asker, withdrawal: Withdrawal, at: datetime) -> None:
    """Have a paper erased: its key is destroyed, and the pieces of its files are removed.

    Raises:
        DecidedAlready: it was decided before, or the asker asked for it herself.
    """
    _check(asker, withdrawal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_paper(%s)", [withdrawal.pk])
        if not cursor.fetchone()[0]:
            raise DecidedAlready
    for paper in Paper.objects.filter(policies.SEES.filter(asker), thread=withdrawal.thread):
        for file in attachments.of(paper):
            attachments.remove(asker=asker, attachment=file, why="casework.paper.erased", at=at)
    _say(asker, withdrawal, "erased")


def _check(asker: Asker, withdrawal: Withdrawal) -> None:
    policies.MAY_DECIDE.require(asker)
    policies.SEES_WITHDRAWALS.require(asker, withdrawal)
    if not policies.MAY_DECIDE.allows(asker, withdrawal):
        raise DecidedAlready


def _say(asker: Asker, withdrawal: Withdrawal, what: str) -> None:
    audit.write(
        asker=asker,
        action=f"casework.paper.{what}",
        subject=("papers.Paper", withdrawal.thread),
        why=withdrawal.reason,
    )
    live.tell(f"org:{withdrawal.case.organisation_id}", event="case")
