"""Questions about temporary access: what is open to whom, what waits for review, who looked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from diemtua.accounts.models import Organisation, Role, User
from diemtua.casework.cases import policies
from diemtua.casework.cases.models import AccessKind, Case, CaseAccess
from diemtua.foundation.audit import actions
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One temporary access, without the sealed reason."""

    id: UUID
    case_id: UUID
    code: str
    alias: str
    kind: str
    kind_label: str
    who: str
    given_by: str
    begins_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    verdict: str
    verdict_label: str
    is_open: bool

    @property
    def is_emergency(self) -> bool:
        """Whether she took it herself."""
        return self.kind == AccessKind.BREAK_GLASS


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody did or read something in a case."""

    at: datetime
    who: str
    role: str
    body: str
    says: str


def opened_to(*, asker: Asker, at: datetime) -> list[AccessRow]:
    """Return the cases that are open to the asker for a while, the one that ends first first."""
    if not asker.has_role(*policies.TEAM):
        return []
    mine = CaseAccess.objects.filter(user_id=asker.member, ended_at__isnull=True)
    found = mine.filter(begins_at__lte=at, ends_at__gt=at).select_related("case")
    return [_row(access, at) for access in found.order_by("ends_at")]


def to_review(*, asker: Asker, at: datetime) -> list[AccessRow]:
    """Return the emergency accesses that the asker has still to look at, the oldest first."""
    waiting = policies.MAY_REVIEW.of(asker, CaseAccess.objects.all())
    found = waiting.filter(kind=AccessKind.BREAK_GLASS, verdict="").select_related(
        "case", "user", "given_by"
    )
    return [_row(access, at) for access in found.order_by("begins_at")]


def covers(*, asker: Asker, at: datetime) -> list[AccessRow]:
    """Return the covers of the asker's organisation that run or are to come."""
    given = policies.MAY_REVIEW.of(asker, CaseAccess.objects.all())
    found = given.filter(kind=AccessKind.COVER, ended_at__isnull=True, ends_at__gt=at)
    return [
        _row(access, at)
        for access in found.select_related("case", "user", "given_by").order_by("ends_at")
    ]


def access(*, asker: Asker, access_id: UUID) -> CaseAccess:
    """Return an access that the asker may review.

    Raises:
        NotFound: there is none, or it is not hers to review.
    """
    mine = policies.MAY_REVIEW.of(asker, CaseAccess.objects.all())
    found = mine.select_related("case", "user", "data_key").filter(pk=access_id).first()
    if found is None:
        raise NotFound
    return found


def access_to_end(*, asker: Asker, access_id: UUID) -> CaseAccess:
    """Return an access that the asker may end: her own, or one that she may review.

    Raises:
        NotFound: there is none, or it is not hers to end.
    """
    found = policies.MAY_END.of(asker, CaseAccess.objects.all()).filter(pk=access_id).first()
    if found is None:
        raise NotFound
    return found


def own_access(*, asker: Asker, case: Case, at: datetime) -> CaseAccess | None:
    """Return the asker's open access to a case, when that is how she sees it."""
    if asker.has_role(Role.SUPERVISOR) or asker.user_id in {case.worker_id, case.opened_by_id}:
        return None
    mine = CaseAccess.objects.filter(case=case, user_id=asker.member, ended_at__isnull=True)
    return mine.filter(begins_at__lte=at, ends_at__gt=at).order_by("-ends_at").first()


def who_looked(*, asker: Asker, case: Case) -> list[Look]:
    """Return who did or read what in a case, the newest first, as the audit trail has it.

    For the supervisor, who may print it for the person whose case it is; at most 2,000 lines.
    """
    policies.MAY_SEE_WHO_LOOKED.require(asker, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diemtua.who_looked(%s)", [case.pk])
        found = cursor.fetchall()
    people = dict(
        User.objects.filter(pk__in={row[1] for row in found}).values_list("pk", "full_name")
    )
    bodies = dict(
        Organisation.objects.filter(pk__in={row[3] for row in found}).values_list("pk", "name")
    )
    roles: dict[str, str] = {role.value: str(role.label) for role in Role}
    return [
        Look(
            at=at,
            who=people.get(user_id, "") or job,
            role=roles.get(role, ""),
            body=bodies.get(body_id, ""),
            says=actions.says(action),
        )
        for at, user_id, role, body_id, job, action in found
    ]


def _row(access: CaseAccess, at: datetime) -> AccessRow:
    is_open = access.ended_at is None and access.begins_at <= at < access.ends_at
    return AccessRow(
        id=access.pk,
        case_id=access.case_id,
        code=access.case.code,
        alias=access.case.alias,
        kind=access.kind,
        kind_label=access.get_kind_display(),
        who=access.user.full_name,
        given_by=access.given_by.full_name,
        begins_at=access.begins_at,
        ends_at=access.ends_at,
        ended_at=access.ended_at,
        verdict=access.verdict,
        verdict_label=access.get_verdict_display(),
        is_open=is_open,
    )
