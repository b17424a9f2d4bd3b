"""Writing the profile, and with it what finds and describes her: tokens, age group, the case's name."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min

from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import AgeGroup, Case, CaseToken, Status
from diemtua.casework.incidents import policies, queries
from diemtua.casework.incidents.errors import (
    BornAfterAnIncident,
    BornInTheFuture,
    SavedElsewhere,
)
from diemtua.casework.incidents.models import Incident, Kind, Profile
from diemtua.casework.incidents.services import computing, drafting
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import blind
from diemtua.foundation.vault import services as vault

FROM_CONTACT = "CONTACT"


def read_profile(*, asker: Asker, case: Case) -> dict[str, Any]:
    """Return everything told of the person; the audit trail says who read it and when.

    Before the profile was first written it is what the case was opened with.
    """
    policies.SEES.require(asker)
    found = queries.profile(asker, case)
    if found is not None:
        told = vault.unseal(found, "person", asker=asker, why="casework.profile.read")
        return dict(told.person or {})
    cases.SEES.require(asker, case)
    told = vault.unseal(case, "identity", "safe_contact", asker=asker, why="casework.profile.read")
    return _as_opened(told.identity or {}, told.safe_contact or {})


def _as_opened(identity: Mapping[str, Any], safe: Mapping[str, Any]) -> dict[str, Any]:
    numbers = [str(number) for number in identity.get("phones") or () if number]
    spoken_as = {str(safe.get("phone") or ""): str(safe.get("say") or "")}
    return {
        "full_name": identity.get("full_name") or "",
        "phones": [{"number": number, "say": spoken_as.get(number, "")} for number in numbers],
        "address": identity.get("address") or "",
        "birth_year": identity.get("birth_year"),
    }


def save_profile(
    *,
    asker: Asker,
    case: Case,
    at: datetime,
    tab: UUID,
    seen: int,
    person: Mapping[str, Any],
    sex: str,
    source: str = FROM_CONTACT,
) -> Profile:
    """Write the profile of a case; the first time, it is made. The writer's draft ends.

    ``person`` is sealed whole. Tokens, age group and the name that the case shares follow in step.

    Raises:
        SavedElsewhere: somebody else saved it since the page was opened.
        BornInTheFuture: the birth date or age cannot be.
        BornAfterAnIncident: an incident would have happened before she was born.
        CaseClosed: nothing is added to a closed case.
    """
    cases.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed
    today = at.astimezone(CITY_TIME).date()
    _check_birth(case, person, today)
    made_id = case.pk  # one profile a case: a second tap and a second page find the first

    def make() -> Profile:
        made = Profile(id=made_id, case=case, data_key=case.data_key, source=source)
        _write(made, asker=asker, at=at, tab=tab, person=person)
        made.save(force_insert=True)
        return made

    found, is_new = create_once(Profile, made_id, make)
    if not is_new:
        locked = Profile.objects.select_for_update(of=("self",)).select_related("data_key")
        found = locked.get(pk=made_id)
        if found.tab != tab and found.revision != seen:
            raise SavedElsewhere
        found.revision += 1
        _write(found, asker=asker, at=at, tab=tab, person=person)
        columns = ["saved_by", "saved_at", "tab", "revision", "needs_interpreter", "person"]
        found.save(update_fields=columns)
    _follow(asker=asker, case=case, person=person, sex=sex, today=today)
    drafting.drop(asker=asker, kind=Kind.PROFILE, record=case.pk)
    audit.write(asker=asker, action="casework.profile.saved", subject=case)
    live.tell(f"org:{case.organisation_id}", event="case")
    return found


def _check_birth(case: Case, person: Mapping[str, Any], today: date) -> None:
    born = queries.born(person)
    if born is None:
        return
    if not born.is_possible(today):
        raise BornInTheFuture
    first = Incident.objects.filter(case=case, precision="DAY").aggregate(day=Min("began_on"))
    if first["day"] is not None and first["day"] < born.earliest:
        raise BornAfterAnIncident


def _write(
    profile: Profile, *, asker: Asker, at: datetime, tab: UUID, person: Mapping[str, Any]
) -> None:
    profile.saved_by_id, profile.saved_at, profile.tab = asker.member, at, tab
    profile.needs_interpreter = person.get("needs_interpreter") == "YES"
    vault.seal(profile, person=dict(person))


def _follow(*, asker: Asker, case: Case, person: Mapping[str, Any], sex: str, today: date) -> None:
    """Bring into step what else knows her: the case's sealed name, sex, age group, tokens, contexts."""
    born = queries.born(person)
    if born is not None:
        case.age_group = born.group(today)
    case.sex = sex
    identity = {
        "full_name": person.get("full_name") or "",
        "phones": numbers_of(person),
        "address": person.get("address") or "",
        "birth_year": born.latest.year if born else None,
    }
    vault.seal(case, identity=identity)
    case.save(update_fields=["age_group", "sex", "identity"])
    index(case, person)
    computing.recompute(asker=asker, case=case, born=born)


def numbers_of(person: Mapping[str, Any]) -> list[str]:
    """Return the telephone numbers of a profile."""
    return [phone["number"] for phone in person.get("phones") or () if phone.get("number")]


def index(case: Case, person: Mapping[str, Any]) -> None:
    """Make the case's blind tokens those of the person as now known; old ones go."""
    names = " ".join([person.get("full_name") or "", person.get("other_names") or ""])
    wanted = {("name", token) for token in blind.tokens("name", names)}
    for number in numbers_of(person):
        wanted |= {("phone", token) for token in blind.tokens("phone", number)}
    wanted |= {
        ("id-number", token) for token in blind.tokens("id-number", person.get("id_number") or "")
    }
    known = {
        (kind, bytes(token)): pk
        for pk, kind, token in CaseToken.objects.filter(case=case).values_list(
            "pk", "kind", "token"
        )
    }
    if gone := [known[old] for old in known.keys() - wanted]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT diemtua.forget_tokens(%s, %s)", [case.pk, gone])
    CaseToken.objects.bulk_create(
        CaseToken(case=case, kind=kind, token=token)
        for kind, token in sorted(wanted - known.keys())
    )


def age_group_of(person: Mapping[str, Any], today: date) -> str:
    """Return the age group that a profile tells."""
    born = queries.born(person)
    return born.group(today) if born else AgeGroup.UNKNOWN
