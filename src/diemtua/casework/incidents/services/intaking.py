"""Taking somebody in who did not call: she came, was referred, or an office reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case
from diemtua.casework.incidents import policies, queries
from diemtua.casework.incidents.models import Kind, Profile
from diemtua.casework.incidents.services import drafting, profiling, telling
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker


@dataclass(frozen=True, slots=True)
class IntakeTold:
    """What was told at intake: who she is, what happened, how to reach her."""

    source: str
    person: Mapping[str, Any]
    sex: str
    age_group: str
    incident: telling.IncidentTold
    danger_now: bool = False
    story: str = ""
    safe_contact: Mapping[str, str] = field(default_factory=dict)


def take_in(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    at: datetime,
    tab: UUID,
    told: IntakeTold,
    consent: cases.ConsentGiven,
) -> Case:
    """Open the case of an intake with its profile and first incident; again returns the same case.

    Raises:
        ConsentMissing: she has not agreed that a file is kept.
        WrongPlace, UnknownAct, InTheFuture, EndsBeforeItBegins, BeforeBirth: see the incident.
        BornInTheFuture: the birth date or age cannot be.
    """
    policies.MAY_TAKE_IN.require(asker)
    if (already := Profile.objects.filter(pk=id).select_related("case").first()) is not None:
        return already.case
    born = queries.born(told.person)
    today = at.astimezone(CITY_TIME).date()
    case = cases.open_case(
        asker=asker,
        id=id,
        at=at,
        unit_key=told.incident.unit_key,
        gbv_type=told.incident.gbv_type,
        acts=told.incident.acts,
        danger_now=told.danger_now,
        identity={
            "full_name": told.person.get("full_name") or "",
            "phones": profiling.numbers_of(told.person),
            "address": told.person.get("address") or "",
            "birth_year": born.latest.year if born else None,
        },
        story=told.story,
        safe_contact=dict(told.safe_contact),
        sex=told.sex,
        age_group=born.group(today) if born else told.age_group,
        consent=consent,
    )
    profiling.save_profile(
        asker=asker,
        case=case,
        at=at,
        tab=tab,
        seen=0,
        person=told.person,
        sex=told.sex,
        source=told.source,
    )
    telling.record_incident(
        asker=asker,
        id=uuid5(id, "incident"),
        case=case,
        at=at,
        tab=tab,
        seen=0,
        told=told.incident,
    )
    drafting.drop(asker=asker, kind=Kind.INTAKE, record=id)
    return case
