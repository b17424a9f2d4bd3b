"""Writing an incident down, and who is said to have done it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from diemtua.casework.cases import policies as cases
from diemtua.casework.cases import queries as case_queries
from diemtua.casework.cases.errors import CaseClosed, UnknownAct, WrongPlace
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.incidents import policies, queries
from diemtua.casework.incidents.errors import (
    BeforeBirth,
    EndsBeforeItBegins,
    InTheFuture,
    SavedElsewhere,
)
from diemtua.casework.incidents.models import Incident, Kind, Perpetrator, PerpetratorToken
from diemtua.casework.incidents.services import computing, drafting
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault
from diemtua.places.models import Level, Unit

DAY = "DAY"


@dataclass(frozen=True, slots=True)
class PerpetratorTold:
    """Who is said to have done it: codes, and the identity that is sealed."""

    relationship: str
    sex: str = "UNKNOWN"
    age_group: str = "UNKNOWN"
    occupation: str = "UNKNOWN"
    identity: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncidentTold:
    """What was told of one incident; ``detail`` is sealed whole."""

    unit_key: str
    gbv_type: str
    acts: Sequence[str] = ()
    began_on: date | None = None
    ended_on: date | None = None
    precision: str = ""
    reported_on: date | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    perpetrators: Sequence[PerpetratorTold] = ()


def read_incident(*, asker: Asker, incident: Incident) -> dict[str, Any]:
    """Return what was told of an incident; the audit trail says who read it and when."""
    policies.SEES.require(asker, incident)
    told = vault.unseal(incident, "detail", asker=asker, why="casework.incident.read")
    return dict(told.detail or {})


def read_perpetrators(*, asker: Asker, incident: Incident) -> list[PerpetratorTold]:
    """Return who is said to have done it, with identities; each reading stands in the trail."""
    policies.SEES.require(asker, incident)
    rows = Perpetrator.objects.filter(incident=incident).select_related("data_key")
    return [
        PerpetratorTold(
            one.relationship,
            one.sex,
            one.age_group,
            one.occupation,
            vault.unseal(
                one, "identity", asker=asker, why="casework.incident.perpetrator-read"
            ).identity
            or {},
        )
        for one in rows.order_by("position")
    ]


def record_incident(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    at: datetime,
    tab: UUID,
    seen: int,
    told: IncidentTold,
) -> Incident:
    """Write an incident down or change it; the writer's draft of it ends.

    Raises:
        InTheFuture, EndsBeforeItBegins, BeforeBirth: the dates cannot be.
        WrongPlace: the unit is no commune.
        UnknownAct: an act is not in the law's list.
        SavedElsewhere: somebody else saved it since the page was opened.
        CaseClosed: nothing is added to a closed case.
    """
    cases.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed
    unit = _checked(told, today=at.astimezone(CITY_TIME).date())
    born = _born(asker, case)
    if born and told.precision == DAY and told.began_on and told.began_on < born.earliest:
        raise BeforeBirth

    def make() -> Incident:
        made = Incident(
            id=id, case=case, data_key=case.data_key, recorded_by_id=asker.member, recorded_at=at
        )
        _write(made, told, unit=unit, asker=asker, at=at, tab=tab, born=born)
        made.save(force_insert=True)
        _name_perpetrators(made, told.perpetrators)
        return made

    try:
        found, is_new = create_once(Incident, id, make)
    except IntegrityError as error:
        raise NotFound from error
    if not is_new:
        if found.case_id != case.pk:
            raise NotFound
        found = _locked(found, tab=tab, seen=seen)
        _write(found, told, unit=unit, asker=asker, at=at, tab=tab, born=born)
        found.save(update_fields=COLUMNS)
        _name_perpetrators(found, told.perpetrators)
    drafting.drop(asker=asker, kind=Kind.INCIDENT, record=id)
    audit.write(asker=asker, action="casework.incident.saved", subject=case, gbv_type=told.gbv_type)
    live.tell(f"org:{case.organisation_id}", event="case")
    return found


COLUMNS = (
    "saved_by",
    "saved_at",
    "tab",
    "revision",
    "began_on",
    "ended_on",
    "precision",
    "reported_on",
    "unit",
    "gbv_type",
    "acts",
    "contexts",
    "elapsed",
    "detail",
)


def _locked(found: Incident, *, tab: UUID, seen: int) -> Incident:
    rows = Incident.objects.select_for_update(of=("self",)).select_related("data_key", "case")
    found = rows.get(pk=found.pk)
    if found.tab != tab and found.revision != seen:
        raise SavedElsewhere
    found.revision += 1
    return found


def _checked(told: IncidentTold, *, today: date) -> Unit:
    unit = Unit.objects.filter(pk=told.unit_key, level=Level.COMMUNE).first()
    if unit is None:
        raise WrongPlace
    if set(told.acts) - set(case_queries.acts()):
        raise UnknownAct
    check_days(told.began_on, told.ended_on, today=today)
    return unit


def check_days(began_on: date | None, ended_on: date | None, *, today: date) -> None:
    """Refuse days that cannot be.

    Raises:
        InTheFuture: something is said to happen after today.
        EndsBeforeItBegins: the end stands before the beginning, or has none.
    """
    if any(day is not None and day > today for day in (began_on, ended_on)):
        raise InTheFuture
    if ended_on is not None and (began_on is None or ended_on < began_on):
        raise EndsBeforeItBegins


def _born(asker: Asker, case: Case) -> queries.Born | None:
    profile = queries.profile(asker, case)
    if profile is None:
        told = vault.unseal(case, "identity", asker=asker, why="casework.incident.age-checked")
        return queries.born(told.identity or {})
    told = vault.unseal(profile, "person", asker=asker, why="casework.incident.age-checked")
    return queries.born(told.person or {})


def _write(
    incident: Incident,
    told: IncidentTold,
    *,
    unit: Unit,
    asker: Asker,
    at: datetime,
    tab: UUID,
    born: queries.Born | None,
) -> None:
    incident.saved_by_id, incident.saved_at, incident.tab = asker.member, at, tab
    incident.unit, incident.gbv_type, incident.acts = unit, told.gbv_type, list(told.acts)
    incident.began_on, incident.ended_on = told.began_on, told.ended_on
    incident.precision = told.precision if told.began_on else ""
    today = at.astimezone(CITY_TIME).date()
    known: date | None = incident.reported_on
    incident.reported_on = told.reported_on or known or today
    incident.elapsed = queries.elapsed(
        told.ended_on or told.began_on, incident.reported_on, is_exact=told.precision == DAY
    )
    incident.contexts = computing.contexts_of(
        gbv_type=told.gbv_type,
        on=told.began_on,
        detail=told.detail,
        relationships={one.relationship for one in told.perpetrators},
        born=born,
    )
    vault.seal(incident, detail=dict(told.detail))


def _name_perpetrators(incident: Incident, told: Sequence[PerpetratorTold]) -> None:
    Perpetrator.objects.filter(incident=incident).delete()
    for position, one in enumerate(told):
        made = Perpetrator(
            incident=incident,
            data_key=incident.data_key,
            position=position,
            relationship=one.relationship,
            sex=one.sex,
            age_group=one.age_group,
            occupation=one.occupation,
        )
        identity = {name: words for name, words in one.identity.items() if words}
        vault.seal(made, identity=identity or None)
        made.save(force_insert=True)
        _index(made, identity)


def _index(perpetrator: Perpetrator, identity: Mapping[str, str]) -> None:
    kinds = {"name": "full_name", "phone": "phone", "id-number": "id_number"}
    found = {
        (kind, token)
        for kind, part in kinds.items()
        for token in blind.tokens(kind, identity.get(part) or "")
    }
    PerpetratorToken.objects.bulk_create(
        PerpetratorToken(perpetrator=perpetrator, kind=kind, token=token)
        for kind, token in sorted(found)
    )
