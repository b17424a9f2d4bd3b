"""Beginning a measure and taking its steps. Steps are only added: nothing is changed or removed."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.protection import policies, queries
from diemtua.casework.protection.errors import (
    ContactReasonMissing,
    OutOfOrder,
    ReasonMissing,
    SheDoesNotAgree,
    TooLong,
    UnknownMeasure,
    UntilMissing,
    WrongMoment,
)
from diemtua.casework.protection.models import AskedBy, ContactReason, Kind, Measure, Step
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.text import moment
from diemtua.foundation.vault import services as vault

REASONED = {Kind.REFUSED, Kind.CANCEL_REFUSED, Kind.VIOLATED, Kind.ASSIGNED}


def begin(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    definition: str,
    asked_by: str,
    asked_at: datetime,
    at: datetime,
    she_agrees: bool = False,
    note: str = "",
) -> Measure:
    """Begin a measure with its request; the law's hours run from the moment it was asked for.

    The same id twice makes one. Source: Law 13/2022/QH15, art. 22, 25, 26.

    Raises:
        UnknownMeasure: the law of that day has no such measure.
        SheDoesNotAgree: a body asked without her consent.
        WrongMoment: it was asked for in the future.
        CaseClosed: a closed case is reopened first.
    """
    policies.MAY_PROTECT.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed
    if asked_at > at:
        raise WrongMoment
    rule = queries.in_force(asked_at).get(definition)
    if rule is None:
        raise UnknownMeasure
    if asked_by == AskedBy.BODY and not she_agrees:
        raise SheDoesNotAgree
    measure = Measure(
        id=id, case=case, definition=definition, rule=rule.as_rule(),
        asked_by=AskedBy(asked_by).value, begun_by_id=asker.member, begun_at=at,
    )  # fmt: skip

    def make() -> Measure:
        measure.save(force_insert=True)
        first = Step(
            id=uuid5(id, "asked"), measure=measure, ordinal=0, kind=Kind.ASKED, at=asked_at
        )
        _write(asker=asker, step=first, case=case, at=at, content={"note": note})
        return measure

    made, is_new = create_once(Measure, id, make)
    if is_new:
        audit.write(asker=asker, action="protection.measure.begun", subject=case, code=definition)
        live.tell(f"org:{case.organisation_id}", event="case")
    return made


def take(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    measure: Measure,
    kind: str,
    happened_at: datetime,
    at: datetime,
    until: datetime | None = None,
    reason: str = "",
    number: str = "",
    note: str = "",
) -> Step:
    """Write down a step that happened. The same id twice makes one.

    Raises:
        OutOfOrder: the measure did not stand where this step is possible, or somebody was faster.
        WrongMoment, UntilMissing, TooLong, ReasonMissing, ContactReasonMissing: what is wrong.
    """
    policies.SEES_MEASURE.require(asker, measure)
    before = Step.objects.filter(pk=id, measure=measure).first()
    if before is not None:
        return before
    now = queries.one(asker=asker, measure_id=measure.pk, at=happened_at)
    step = Step(
        id=id, measure=measure, ordinal=len(now.steps), kind=Kind(kind).value, at=happened_at,
        until=until, reason=reason,
    )  # fmt: skip
    _check(now, step, at=at, note=note)
    content = {key: text for key, text in (("number", number), ("note", note)) if text}
    try:
        with transaction.atomic():
            _write(asker=asker, step=step, case=measure.case, at=at, content=content)
    except IntegrityError as error:
        raise OutOfOrder from error
    audit.write(asker=asker, action="protection.step.taken", subject=measure.case, code=step.kind)
    live.tell(f"org:{measure.case.organisation_id}", event="case")
    return step


def _write(*, asker: Asker, step: Step, case: Case, at: datetime, content: dict[str, str]) -> None:
    step.noted_by_id, step.noted_at, step.data_key_id = asker.member, at, case.data_key_id
    vault.seal(step, content={key: text for key, text in content.items() if text} or None)
    step.save(force_insert=True)


def _check(now: queries.Standing, step: Step, *, at: datetime, note: str) -> None:
    kind = Kind(step.kind)
    if step.at > at or (now.last_at is not None and step.at < now.last_at):
        raise WrongMoment
    if kind not in now.possible():
        raise OutOfOrder
    if kind in REASONED and not note.strip():
        raise ReasonMissing
    if kind == Kind.CONTACT and step.reason not in ContactReason.values:
        raise ContactReasonMissing
    if kind != Kind.CONTACT:
        step.reason = ""
    _check_end(now, step)


def _check_end(now: queries.Standing, step: Step) -> None:
    """Hold a decision and an allowed contact to the longest time of the law."""
    limit = _limit(now, step)
    if step.kind not in {Kind.DECIDED, Kind.CONTACT}:
        step.until = None
        return
    if step.until is None:
        if limit is not None:
            raise UntilMissing
        return
    if step.until <= step.at:
        raise WrongMoment
    if limit is not None and step.until > limit:
        raise TooLong(limit=moment(limit))


def _limit(now: queries.Standing, step: Step) -> datetime | None:
    if step.kind == Kind.CONTACT:
        longest = queries.hours_after(now.measure.rule["contact_hours"], step.at)
        ends = [one for one in (longest, now.in_force_until) if one]
        return min(ends, default=None)
    return queries.latest_end(now.measure.rule, step.at)


def read(*, asker: Asker, step: Step) -> dict[str, Any]:
    """Return number and note of a step; the audit trail says who read them."""
    policies.SEES_STEP.require(asker, step)
    if step.content is None:
        return {}
    return dict(vault.unseal(step, "content", asker=asker, why="protection.step.read").content)
