"""Opening a case for a while to somebody besides its team: in an emergency, or for an absence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from diemtua.accounts.models import User
from diemtua.casework.cases import policies, queries
from diemtua.casework.cases.errors import (
    CoverTooLong,
    LookedTooOften,
    NotOfThisTeam,
    OpenedTooOften,
    ReasonTooShort,
    SeesAlready,
)
from diemtua.casework.cases.models import AccessKind, Case, CaseAccess, Status, Verdict
from diemtua.casework.cases.services.assigning import works_here
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import steps
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault

TOO_OFTEN = "54000"  # PostgreSQL's program_limit_exceeded


@dataclass(frozen=True, slots=True)
class Known:
    """A case of the asker's organisation: only that it is there and who works it."""

    id: UUID
    code: str
    worker: str
    is_closed: bool
    is_mine: bool


def look_for(*, asker: Asker, text: str) -> list[Known]:
    """Return whether the asker's organisation knows a code, a phone number or a person's name.

    Nothing of what is in the cases is told. PostgreSQL writes each look into the audit trail.

    Raises:
        LookedTooOften: more than 30 looks within an hour; nobody tries numbers one by one.
    """
    policies.MAY_LOOK_FOR.require(asker)
    code, kind = queries.kind_of(text)
    tokens = [] if code else blind.tokens(kind, text)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM diemtua.look_for_case(%s, %s, %s)", [code, kind, tokens])
            found = cursor.fetchall()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == TOO_OFTEN:
            raise LookedTooOften from error
        raise
    names = dict(
        User.objects.filter(pk__in={row[2] for row in found}).values_list("pk", "full_name")
    )
    seen = set(
        policies.SEES.of(asker, Case.objects.filter(pk__in=[row[0] for row in found])).values_list(
            "pk", flat=True
        )
    )
    return [
        Known(case_id, known, names.get(worker, ""), status == Status.CLOSED, case_id in seen)
        for case_id, known, worker, status in found
    ]


def break_glass(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case_id: UUID,
    reason: str,
    at: datetime,
) -> CaseAccess:
    """Open a case of the asker's organisation to her at once, for a few hours.

    The reason is kept, the supervisor is told in the same moment and reviews it afterwards.

    Raises:
        ReasonTooShort: the reason does not say what the emergency is.
        OpenedTooOften: the day's number of emergencies is used up.
        SeesAlready: she sees the case as it is.
        NotFound: her organisation has no such case.
    """
    policies.MAY_BREAK_GLASS.require(asker)
    rules = queries.access_rules()
    reason = " ".join(reason.split())
    if len(reason) < rules.reason_letters:
        raise ReasonTooShort(letters=rules.reason_letters)
    if policies.SEES.of(asker, Case.objects.filter(pk=case_id)).exists():
        return _had_before(asker, id)
    mine = CaseAccess.objects.filter(user_id=asker.member, kind=AccessKind.BREAK_GLASS)
    if mine.filter(begins_at__gt=at - timedelta(days=1)).count() >= rules.emergencies_a_day:
        raise OpenedTooOften(times=rules.emergencies_a_day)
    access = CaseAccess(
        id=id,
        case_id=case_id,
        organisation_id=asker.home,
        user_id=asker.member,
        kind=AccessKind.BREAK_GLASS,
        given_by_id=asker.member,
        begins_at=at,
        ends_at=at + rules.emergency,
    )
    vault.seal(access, reason=reason)
    access.save(force_insert=True)
    audit.write(
        asker=asker,
        action="casework.access.glass-broken",
        subject=("casework.Case", case_id),
        hours=int(rules.emergency.total_seconds() // 3600),
    )
    live.tell(f"org:{asker.home}", event="case")
    return access


def _had_before(asker: Asker, access_id: UUID) -> CaseAccess:
    before = CaseAccess.objects.filter(pk=access_id, user_id=asker.member).first()
    if before is None:
        raise SeesAlready
    return before


def give_cover(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    user_id: UUID,
    until: datetime,
    at: datetime,
) -> CaseAccess:
    """Open a case to a colleague of its team until a day, as for an absence.

    Raises:
        NotOfThisTeam: the person is no case worker of the case's organisation today.
        CoverTooLong: it would end too late, or before it begins.
    """
    policies.MAY_COVER.require(asker, case)
    if not works_here(user_id, case, at):
        raise NotOfThisTeam
    longest = queries.access_rules().longest_cover
    if not at < until <= at + longest:
        raise CoverTooLong(days=longest.days)

    def make() -> CaseAccess:
        access = CaseAccess(
            id=id,
            case=case,
            organisation_id=case.organisation_id,
            user_id=user_id,
            kind=AccessKind.COVER,
            given_by_id=asker.member,
            begins_at=at,
            ends_at=until,
        )
        vault.seal(access, reason="")
        access.save(force_insert=True)
        return access

    access, is_new = create_once(CaseAccess, id, make)
    if is_new:
        audit.write(asker=asker, action="casework.access.cover-given", subject=case)
        live.tell(f"org:{case.organisation_id}", f"user:{user_id}", event="case")
    return access


def end_access(*, asker: Asker, access: CaseAccess, at: datetime) -> None:
    """End an access before its time: by who has it, or by the supervisor. Twice is once."""
    policies.MAY_END.require(asker, access)
    changed = CaseAccess.objects.filter(pk=access.pk, ended_at__isnull=True).update(ended_at=at)
    if changed:
        audit.write(
            asker=asker, action="casework.access.ended", subject=("casework.Case", access.case_id)
        )
        live.tell(f"org:{access.organisation_id}", event="case")


def read_reason(*, asker: Asker, access: CaseAccess) -> str:
    """Return what was written as the reason of an emergency; the audit trail keeps who read it."""
    policies.MAY_REVIEW.require(asker, access)
    return (
        vault.unseal(access, "reason", asker=asker, why="casework.access.reason-read").reason or ""
    )


def review(*, asker: Asker, access: CaseAccess, verdict: str, note: str, at: datetime) -> None:
    """Judge an emergency access afterwards; it ends with an unfavourable verdict. Judged once.

    Raises:
        NotFound: it is not hers to review: nobody reviews her own.
    """
    policies.MAY_REVIEW.require(asker, access)
    unjudged = CaseAccess.objects.select_for_update(of=("self",)).filter(verdict="")
    locked = unjudged.select_related("data_key").filter(pk=access.pk).first()
    if locked is None:
        return
    vault.seal(locked, review=note)
    locked.verdict, locked.reviewed_at, locked.reviewed_by_id = verdict, at, asker.member
    if verdict == Verdict.NOT_JUSTIFIED and locked.ended_at is None:
        locked.ended_at = at
    locked.save(update_fields=["verdict", "reviewed_at", "reviewed_by", "review", "ended_at"])
    audit.write(
        asker=asker,
        action="casework.access.reviewed",
        subject=("casework.Case", locked.case_id),
        verdict=verdict,
    )
    steps.take("casework.access.reviewed", asker=asker, access=locked, at=at)
    live.tell(f"org:{locked.organisation_id}", f"user:{locked.user_id}", event="case")
