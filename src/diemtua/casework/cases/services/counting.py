"""What statistics may know: one fact row per person who agreed, and the sealed way to it."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Min

from diemtua.casework.cases.models import Case, Outcome, ServiceGiven
from diemtua.casework.cases.queries import catalogue
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.facts import services as facts
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault

DETECTED = "survivor.detected"


def detected(*, case: Case, at: datetime) -> UUID:
    """Write the fact that a person harmed was detected, with nothing that points at her."""
    fact_id = facts.record(
        kind=DETECTED,
        unit_key=case.unit_id,
        on=at.astimezone(CITY_TIME).date(),
        sex=case.sex,
        age_group=case.age_group,
        gbv_type=case.gbv_type,
        reached=False,
    )
    live.tell("figures", event="figures")
    return fact_id


def reached(*, asker: Asker, case: Case, on: date) -> None:
    """Amend her fact: she reached a first basic service. Without a fact, nothing happens."""
    fact_id = _fact_of(asker=asker, case=case)
    if fact_id is None:
        return
    facts.amend(fact_id=fact_id, reached=True, reached_on=on)
    live.tell("figures", event="figures")


def link(*, asker: Asker, case: Case) -> None:
    """Give a case the fact it lacks, because she now agrees to it; with what she has reached."""
    if _fact_of(asker=asker, case=case) is not None:
        return
    vault.seal(case, fact_link=str(detected(case=case, at=case.opened_at)))
    case.save(update_fields=["fact_link"])
    first = first_basic_on(case)
    if first is not None:
        reached(asker=asker, case=case, on=first)


def unlink(*, case: Case) -> None:
    """Destroy the way from the case to its fact. The fact identifies nobody and stays."""
    vault.seal(case, fact_link=None)
    case.save(update_fields=["fact_link"])


def first_basic_on(case: Case) -> date | None:
    """Return the day of the case's first service that counts for indicator 3.2a."""
    basic = [code for code, sector in catalogue.sectors().items() if sector.is_basic]
    given = ServiceGiven.objects.filter(case=case, outcome=Outcome.GIVEN, sector__in=basic)
    first: date | None = given.aggregate(first=Min("given_on"))["first"]
    return first


def is_basic(service: ServiceGiven) -> bool:
    """Return whether a service counts for indicator 3.2a."""
    return service.outcome == Outcome.GIVEN and catalogue.sectors()[service.sector].is_basic


def _fact_of(*, asker: Asker, case: Case) -> UUID | None:
    if case.fact_link is None:
        return None
    told = vault.unseal(case, "fact_link", asker=asker, why="casework.case.counted")
    return UUID(told.fact_link) if told.fact_link else None
