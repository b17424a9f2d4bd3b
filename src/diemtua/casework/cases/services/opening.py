"""Opening a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from diemtua.accounts.models import Role
from diemtua.casework.cases import policies, queries
from diemtua.casework.cases.errors import AliasNotDrawn, ConsentMissing, UnknownAct, WrongPlace
from diemtua.casework.cases.models import Case, CaseToken, Risk, Status
from diemtua.casework.cases.services import consenting, counting
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.registry import steps
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault
from diemtua.places.models import Level, Unit

CODE_TRIES, CODE_ONCE = 5, "case_code_once"


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told when the case was opened; lives only as long as the call."""

    gbv_type: str
    acts: tuple[str, ...]
    danger_now: bool
    identity: Mapping[str, Any]
    story: str
    safe_contact: Mapping[str, Any]
    sex: str
    age_group: str
    alias: str


def open_case(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id; every creating verb calls it so
    at: datetime,
    unit_key: str,
    gbv_type: str,
    acts: Sequence[str],
    danger_now: bool,
    identity: Mapping[str, Any],
    story: str,
    safe_contact: Mapping[str, Any],
    sex: str,
    age_group: str,
    consent: consenting.ConsentGiven,
    alias: str = "",
    contact: UUID | None = None,
) -> Case:
    """Open a case with what she agreed to; a second call with the same id returns the first's case.

    ``identity`` holds ``full_name``, ``phones``, ``address``, ``birth_year``; ``safe_contact``
    ``phone``, ``hours``, ``say``, ``note``; all of it is sealed. The statistics get a
    non-identifying fact only if she agreed to that, the duties of the law start, and the team is
    told. A case worker who opens a case takes it. ``contact`` is the hotline's contact it comes
    from: duties that began with the call go on with the case.

    Raises:
        ConsentMissing: she has not agreed that a file is kept.
        WrongPlace: the unit is no commune.
        UnknownAct: an act is not in the law's list.
        AliasNotDrawn: the alias was typed.
    """
    policies.MAY_OPEN.require(asker)
    unit = _checked_place(unit_key)
    told = _Told(
        gbv_type, tuple(acts), danger_now, identity, story, safe_contact, sex, age_group, alias
    )
    _check(told, consent)
    case, is_new = create_once(
        Case, id, lambda: _make(asker=asker, id=id, at=at, unit=unit, told=told, consent=consent)
    )
    if is_new:
        _tell(asker=asker, case=case, at=at, contact=contact)
    return case


def _check(told: _Told, consent: consenting.ConsentGiven) -> None:
    if not consent.store:
        raise ConsentMissing
    if set(told.acts) - set(queries.acts()):
        raise UnknownAct
    if told.alias and not queries.is_drawn(told.alias):
        raise AliasNotDrawn


def _checked_place(unit_key: str) -> Unit:
    unit = Unit.objects.filter(pk=unit_key, level=Level.COMMUNE).first()
    if unit is None:
        raise WrongPlace
    return unit


def _make(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - as above
    at: datetime,
    unit: Unit,
    told: _Told,
    consent: consenting.ConsentGiven,
) -> Case:
    takes_it = asker.has_role(Role.CASE_WORKER)
    risk = Risk.HIGH if told.danger_now else Risk.UNASSESSED
    case = Case(
        id=id,
        alias=told.alias or queries.draw_alias(),
        organisation_id=asker.home,
        worker_id=asker.member if takes_it else None,
        opened_by_id=asker.member,
        unit=unit,
        status=Status.IN_PROGRESS if takes_it else Status.OPEN,
        risk=risk,
        danger_now=told.danger_now,
        opened_at=at,
        taken_at=at if takes_it else None,
        contact_due_at=at + queries.pace(risk),
        gbv_type=told.gbv_type,
        acts=list(told.acts),
        sex=told.sex,
        age_group=told.age_group,
    )
    fact_id = counting.detected(case=case, at=at) if consent.statistics else None
    vault.seal(
        case,
        identity=dict(told.identity),
        story=told.story,
        safe_contact=dict(told.safe_contact),
        fact_link=str(fact_id) if fact_id else None,
    )
    _save_under_a_free_code(case)
    _index(case, told.identity)
    consenting.store(asker=asker, case=case, at=at, consent=consent)
    return case


def _save_under_a_free_code(case: Case) -> None:
    """Save a new case; a code that another centre's case has by chance is drawn again."""
    for tries_left in reversed(range(CODE_TRIES)):
        case.code = queries.draw_code(year=case.opened_at.astimezone(CITY_TIME).year)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError as error:
            if CODE_ONCE not in str(error) or not tries_left:
                raise
        else:
            return


def _index(case: Case, identity: Mapping[str, Any]) -> None:
    found = {("name", token) for token in blind.tokens("name", identity.get("full_name") or "")}
    for phone in identity.get("phones") or ():
        found |= {("phone", token) for token in blind.tokens("phone", phone)}
    CaseToken.objects.bulk_create(
        CaseToken(case=case, kind=kind, token=token) for kind, token in sorted(found)
    )


def _tell(*, asker: Asker, case: Case, at: datetime, contact: UUID | None) -> None:
    audit.write(
        asker=asker,
        action="casework.case.opened",
        subject=case,
        code=case.code,
        unit=case.unit_id,
        risk=case.risk,
        danger_now=case.danger_now,
    )
    steps.take("casework.case.opened", asker=asker, case=case, at=at, contact=contact)
    live.tell(f"org:{case.organisation_id}", event="case")
