"""Handing over everything a person of the team holds, and showing that nothing is left."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases import policies
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case, CaseAccess, Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import holdings


def hand_over(*, asker: Asker, giver: UUID, taker: UUID, at: datetime) -> int:
    """Hand everything that one person holds to another of the team; return how many things moved.

    One transaction: all of it or nothing. Doing it again moves nothing.

    Raises:
        NotOfThisTeam: the one who should take over is no case worker of the team today.
    """
    policies.MAY_ASSIGN.require(asker)
    moved = sum(
        kind.hand_over(asker=asker, giver=giver, taker=taker, at=at) for kind in holdings.all()
    )
    if moved:
        audit.write(
            asker=asker,
            action="casework.team.handed-over",
            subject=("accounts.User", giver),
            moved=moved,
        )
    return moved


def declare() -> None:
    """Declare what of this room somebody may hold."""
    holdings.declare(
        "casework.cases",
        label=_("Trường hợp đang phụ trách"),
        count=_count_cases,
        hand_over=_hand_over_cases,
    )
    holdings.declare(
        "casework.accesses",
        label=_("Quyền mở tạm (trực thay, khẩn cấp)"),
        count=_count_accesses,
        hand_over=_end_accesses,
    )


def _carried(asker: Asker, user_id: UUID) -> QuerySet[Case]:
    team = Case.objects.filter(policies.CARRIES.filter(asker), worker_id=user_id)
    return team.exclude(status=Status.CLOSED)


def _count_cases(asker: Asker, user_id: UUID) -> int:
    return _carried(asker, user_id).count()


def _hand_over_cases(*, asker: Asker, giver: UUID, taker: UUID, at: datetime) -> int:
    carried = list(_carried(asker, giver))
    for case in carried:
        cases.assign(asker=asker, case=case, worker_id=taker, at=at)
    return len(carried)


def _living(asker: Asker, user_id: UUID) -> QuerySet[CaseAccess]:
    held = CaseAccess.objects.filter(organisation_id=asker.home, user_id=user_id)
    return held.filter(ended_at__isnull=True, ends_at__gt=Now())


def _count_accesses(asker: Asker, user_id: UUID) -> int:
    return _living(asker, user_id).count()


def _end_accesses(*, asker: Asker, giver: UUID, taker: UUID, at: datetime) -> int:  # noqa: ARG001 - as declared
    living = list(_living(asker, giver))
    for access in living:
        cases.end_access(asker=asker, access=access, at=at)
    return len(living)
