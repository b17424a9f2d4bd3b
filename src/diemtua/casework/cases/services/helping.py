"""Services given to her."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from diemtua.casework.cases import policies, queries
from diemtua.casework.cases.errors import (
    CaseClosed,
    ReasonMissing,
    ServiceInFuture,
    UnknownService,
)
from diemtua.casework.cases.models import Case, Outcome, ServiceGiven, Status
from diemtua.casework.cases.services import counting, following
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault

SHELTER = "SHELTER"


def record_service(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    sector: str,
    outcome: str,
    given_on: date,
    at: datetime,
    decline_reason: str = "",
    note: str = "",
) -> ServiceGiven:
    """Record a service given or declined; her first basic one changes her fact for statistics.

    Raises:
        UnknownService, ServiceInFuture, ReasonMissing: what was typed cannot be.
        CaseClosed: nothing is added to a closed case.
    """
    policies.MAY_WORK.require(asker, case)
    _check(case, given_on=given_on, at=at)
    _check_outcome(sector, outcome, decline_reason)

    def make() -> ServiceGiven:
        service = ServiceGiven(
            id=id,
            case=case,
            data_key_id=case.data_key_id,
            sector=sector,
            outcome=outcome,
            decline_reason=decline_reason,
            given_on=given_on,
            organisation_id=asker.home,
            recorded_by_id=asker.member,
            recorded_at=at,
        )
        vault.seal(service, note=note or None)
        service.save(force_insert=True)
        return service

    return _add(asker=asker, case=case, key=id, make=make, at=at)


def record_from_stay(
    *, asker: Asker, case: Case, stay_id: UUID, organisation_id: UUID, given_on: date, at: datetime
) -> ServiceGiven:
    """Record the shelter service that a stay is; one stay makes one service, however often told.

    Asked only by the job ``casework.stay.recorded``, for which row-level security opens exactly
    this much: see ``migrations/sql/0001_cases.sql``.
    """

    def make() -> ServiceGiven:
        return ServiceGiven.objects.create(
            id=stay_id,
            case=case,
            data_key_id=case.data_key_id,
            sector=SHELTER,
            given_on=given_on,
            organisation_id=organisation_id,
            recorded_at=at,
            source=stay_id,
        )

    return _add(asker=asker, case=case, key=stay_id, make=make, at=None)


def _add(
    *, asker: Asker, case: Case, key: UUID, make: Callable[[], ServiceGiven], at: datetime | None
) -> ServiceGiven:
    _one_at_a_time(case)
    first_on = counting.first_basic_on(case)
    service, is_new = create_once(ServiceGiven, key, make)
    if not is_new:
        return service
    if counting.is_basic(service) and (first_on is None or service.given_on < first_on):
        counting.reached(asker=asker, case=case, on=service.given_on)
    if at is not None:
        following.move_contact_on(case=case, at=at)
    audit.write(
        asker=asker,
        action="casework.service.recorded",
        subject=case,
        sector=service.sector,
        outcome=service.outcome,
    )
    live.tell(f"org:{case.organisation_id}", event="case")
    return service


def _one_at_a_time(case: Case) -> None:
    """Let one service of a case be recorded after the other: only one of them is the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"case:{case.pk}"])


def _check(case: Case, *, given_on: date, at: datetime) -> None:
    if case.status == Status.CLOSED:
        raise CaseClosed
    if given_on > at.astimezone(CITY_TIME).date():
        raise ServiceInFuture


def _check_outcome(sector: str, outcome: str, decline_reason: str) -> None:
    if sector not in queries.sectors():
        raise UnknownService
    is_declined = outcome == Outcome.DECLINED
    if is_declined != (decline_reason in queries.decline_reasons()):
        raise ReasonMissing
