"""Who works a case."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from diemtua.accounts.models import Membership, Role
from diemtua.casework.cases import policies
from diemtua.casework.cases.errors import AlreadyTaken, CaseClosed, NotOfThisTeam
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotFound


def take_over(*, asker: Asker, case_id: UUID, at: datetime) -> Case:
    """Take a case that was handed to the team; taking one's own case again changes nothing.

    A case worker sees no case of a colleague, so PostgreSQL itself does this one step for her
    (``diemtua.take_over_case``): only a waiting case of her own organisation, only for herself.

    Raises:
        AlreadyTaken: a colleague was faster.
        NotFound: there is no such case in her organisation.
    """
    policies.MAY_TAKE.require(asker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.take_over_case(%s, %s)", [case_id, at])
        answer = cursor.fetchone()[0]
    if answer == "TAKEN_BEFORE":
        raise AlreadyTaken
    if answer == "UNKNOWN":
        raise NotFound
    case = Case.objects.get(pk=case_id)
    if answer == "TAKEN":
        audit.write(asker=asker, action="casework.case.taken", subject=case)
        live.tell(f"org:{case.organisation_id}", event="case")
    return case


def assign(*, asker: Asker, case: Case, worker_id: UUID, at: datetime) -> None:
    """Give a case to a case worker of the team; to the one who has it already changes nothing.

    Raises:
        NotOfThisTeam: the person is no case worker of the case's organisation today.
        CaseClosed: the case is closed.
    """
    policies.MAY_ASSIGN.require(asker, case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.status == Status.CLOSED:
        raise CaseClosed
    if case.worker_id == worker_id:
        return
    if not works_here(worker_id, case, at):
        raise NotOfThisTeam
    case.worker_id, case.status, case.taken_at = worker_id, Status.IN_PROGRESS, at
    case.save(update_fields=["worker", "status", "taken_at"])
    audit.write(asker=asker, action="casework.case.assigned", subject=case)
    live.tell(f"org:{case.organisation_id}", f"user:{worker_id}", event="case")


def works_here(worker_id: UUID, case: Case, at: datetime) -> bool:
    """Return whether a person works cases in the case's organisation today."""
    today = at.astimezone(CITY_TIME).date()
    return (
        Membership.objects.filter(
            user_id=worker_id,
            organisation_id=case.organisation_id,
            role__in=[Role.CASE_WORKER, Role.SUPERVISOR],
            valid_from__lte=today,
        )
        .exclude(valid_to__lte=today)
        .exists()
    )
