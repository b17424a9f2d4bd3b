"""What is done with a person's request over her data, step by step; an erasure by two people."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from diemtua.casework.cases.models import Case
from diemtua.casework.duties.queries import after_working_days
from diemtua.casework.retention import policies, queries
from diemtua.casework.retention.errors import (
    AskedAlready,
    ErasedByTwo,
    OutOfOrder,
    ReasonMissing,
    UnknownRight,
)
from diemtua.casework.retention.models import DataRequest, State
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import steps
from diemtua.foundation.vault import services as vault


def receive(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    right: str,
    note: str,
    at: datetime,
) -> DataRequest:
    """Write down what she asks; the clocks of the law start. The same id twice is one request.

    Raises:
        UnknownRight: no such right is on the list.
        AskedAlready: the same is asked already and not yet done.
    """
    policies.MAY_RECEIVE.require(asker, case)
    if right not in queries.rights():
        raise UnknownRight
    before = DataRequest.objects.filter(pk=id).first()
    if before is not None:
        return before
    request = DataRequest(
        id=id,
        case=case,
        code=case.code,
        organisation_id=case.organisation_id,
        right=right,
        received_by_id=asker.member,
        received_at=at,
        reply_due_at=after_working_days(at, queries.reply_working_days()),
        due_at=at + timedelta(days=queries.rights()[right].days),
        data_key=case.data_key,
    )
    vault.seal(request, note=note)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise AskedAlready from error
    _say(asker, request, "received")
    return request


def reply(*, asker: Asker, request: DataRequest, at: datetime) -> None:
    """Note that she was answered; noted once."""
    policies.MAY_DECIDE.require(asker, request)
    if DataRequest.objects.filter(pk=request.pk, replied_at__isnull=True).update(replied_at=at):
        _say(asker, request, "replied")


def extend(*, asker: Asker, request: DataRequest, at: datetime) -> None:
    """Take the one extension that the decree allows; she must be told.

    Raises:
        OutOfOrder: it was extended before, or is ended.
    """
    policies.MAY_DECIDE.require(asker, request)
    longer = request.due_at + timedelta(days=queries.rights()[request.right].extension_days)
    unextended = _open(request).filter(extended_at__isnull=True)
    if not unextended.update(extended_at=at, due_at=longer):
        raise OutOfOrder
    _say(asker, request, "extended")


def grant(*, asker: Asker, request: DataRequest, at: datetime) -> None:
    """Grant a request; of an erasure this is the first of two people.

    Raises:
        OutOfOrder: it was decided before.
    """
    policies.MAY_DECIDE.require(asker, request)
    received = DataRequest.objects.filter(pk=request.pk, state=State.RECEIVED)
    if not received.update(state=State.GRANTED, decided_by_id=asker.member, decided_at=at):
        raise OutOfOrder
    _say(asker, request, "granted")


def refuse(*, asker: Asker, request: DataRequest, refusal: str, at: datetime) -> None:
    """Refuse a request on a ground of the law: the supervisor, or the officer of an erasure.

    Raises:
        ReasonMissing: the ground is not on the list.
        OutOfOrder: it is ended already.
    """
    policy = policies.MAY_ERASE if policies.MAY_ERASE.lets_in(asker) else policies.MAY_DECIDE
    policy.require(asker, request)
    if refusal not in queries.refusals():
        raise ReasonMissing
    ended = _open(request).update(
        state=State.REFUSED, refusal=refusal, decided_by_id=asker.member, decided_at=at
    )
    if not ended:
        raise OutOfOrder
    _say(asker, request, "refused")


def finish(*, asker: Asker, request: DataRequest, at: datetime) -> None:
    """Note that what was granted is done; an erasure is done by ``erase`` alone.

    Raises:
        OutOfOrder: it was not granted, or is an erasure.
    """
    policies.MAY_DECIDE.require(asker, request)
    granted = DataRequest.objects.filter(pk=request.pk, state=State.GRANTED)
    granted = granted.exclude(right=policies.ERASE)
    if not granted.update(state=State.DONE, done_by_id=asker.member, done_at=at):
        raise OutOfOrder
    _say(asker, request, "done")


def erase(*, asker: Asker, request: DataRequest, at: datetime) -> int:
    """Carry out a granted erasure and return how many keys were destroyed. There is no way back.

    The key of the case and of all that was shared out of it is destroyed; the fact row that
    statistics count stays and leads to nobody. Doing it again destroys nothing.

    Raises:
        ErasedByTwo: the asker granted it herself.
        OutOfOrder: it was not granted.
    """
    policies.MAY_ERASE.require(asker, request)
    if request.decided_by_id == asker.user_id:
        raise ErasedByTwo
    if request.state == State.DONE:
        return 0
    audit.write(
        asker=asker,
        action="casework.case.erased",
        subject=("casework.Case", request.case_id),
        code=request.code,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_case(%s)", [request.pk])
        destroyed = int(cursor.fetchone()[0])
    if not destroyed:
        raise OutOfOrder
    steps.take("casework.case.erased", asker=asker, case_id=request.case_id, at=at)
    live.tell(f"org:{request.organisation_id}", event="case")
    return destroyed


def read_note(*, asker: Asker, request: DataRequest) -> str:
    """Return her words; the audit trail says who read them."""
    policies.SEES.require(asker, request)
    return vault.unseal(request, "note", asker=asker, why="retention.request.read").note or ""


def _open(request: DataRequest) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(pk=request.pk, state__in=[State.RECEIVED, State.GRANTED])


def _say(asker: Asker, request: DataRequest, what: str) -> None:
    audit.write(
        asker=asker,
        action=f"retention.request.{what}",
        subject=("casework.Case", request.case_id),
        right=request.right,
    )
    live.tell(f"org:{request.organisation_id}", event="case")
