"""Duties begin when something happens, and end when their holder has answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from diemtua.accounts.models import Organisation, OrganisationKind
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import Case, Section
from diemtua.casework.duties import policies, queries
from diemtua.casework.duties.models import Duty, State
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault
from diemtua.places.models import Unit


@dataclass(frozen=True, slots=True)
class Notice:
    """The short text for the holder."""

    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A call that tells of violence: what may be passed on of it, and nothing that says who.

    ``is_danger`` is None when nobody knows.
    """

    contact: UUID
    unit: Unit
    told_at: datetime
    acts: tuple[str, ...]
    is_danger: bool | None


def start(
    *,
    asker: Asker,
    case: Case,
    at: datetime,
    trigger: str = "casework.case.opened",
    contact: UUID | None = None,
) -> None:
    """Start the duties that begin with this event, under the rules of this day; once per case.

    The holder is the people's committee of the commune where it happened. Where none uses the
    system the duty stands without a holder, and the team sees that somebody must call. A duty that
    began with the case's call (``contact``) goes on as the case's, unless there is more to tell.

    Source: Decree 76/2023/NĐ-CP, art. 9; Law 13/2022/QH15, art. 20.
    """
    for definition in queries.in_force(trigger=trigger, at=at):
        if Duty.objects.filter(case=case, definition=definition.code).exists():
            continue
        holder = _holder(kind=definition.holder, unit_key=case.unit_id)
        person = _person(asker=asker, case=case, holder=holder, at=at)
        begun = _begun(contact, definition=definition.code, unit_key=case.unit_id)
        if begun is not None and not person and not _is_graver(case, begun):
            _join(asker=asker, duty=begun, case=case)
            continue
        duty = Duty(
            case=case,
            organisation_id=case.organisation_id,
            unit_id=case.unit_id,
            coded={"danger_now": case.danger_now, "acts": case.acts, "code": case.code}
            | ({"before": begun.coded["code"]} if begun else {}),
        )
        _begin(
            asker=asker, duty=duty, definition=definition, holder=holder, at=at, told_at=at,
            person=person,
        )  # fmt: skip


def start_from_call(*, asker: Asker, report: Report, at: datetime) -> None:
    """Start the duties that begin with a call, whether or not there will be a case; once per place.

    The holder is told where, when, what kind of acts and whether there is danger: no name, no
    number, not a word of what was said, and not who called.

    Source: Decree 76/2023/NĐ-CP, art. 9: the chairman is told right after the call.
    """
    code = cases.draw_report_code(year=at.astimezone(CITY_TIME).year)
    for definition in queries.in_force(trigger="hotline.contact.reported", at=at):
        if _begun(report.contact, definition=definition.code, unit_key=report.unit.pk):
            continue
        duty = Duty(
            from_contact=report.contact,
            organisation_id=asker.home,
            unit=report.unit,
            coded={"danger_now": report.is_danger, "acts": list(report.acts), "code": code},
        )
        holder = _holder(kind=definition.holder, unit_key=report.unit.pk)
        _begin(
            asker=asker, duty=duty, definition=definition, holder=holder, at=at,
            told_at=report.told_at,
        )  # fmt: skip


def _begun(contact: UUID | None, *, definition: str, unit_key: str) -> Duty | None:
    if contact is None:
        return None
    return Duty.objects.filter(
        from_contact=contact, definition=definition, unit_id=unit_key
    ).first()


def _is_graver(case: Case, begun: Duty) -> bool:
    return case.danger_now and not begun.coded["danger_now"]


def _join(*, asker: Asker, duty: Duty, case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.join_duty(%s, %s)", [duty.pk, case.pk])
    audit.write(asker=asker, action="casework.duty.joined", subject=duty, code=duty.definition)


def _begin(
    *,
    asker: Asker,
    duty: Duty,
    definition: queries.Definition,
    holder: Organisation | None,
    at: datetime,
    told_at: datetime,
    person: str = "",
) -> None:
    duty.definition = definition.code
    duty.rule = definition.as_rule()
    duty.holder = holder
    duty.informed_by_id = asker.member
    duty.started_at = at
    duty.due_at = definition.due_at(at)
    vault.seal(
        duty, notice=_notice(duty=duty, definition=definition, told_at=told_at, person=person)
    )
    duty.save(force_insert=True)
    audit.write(asker=asker, action="casework.duty.started", subject=duty, code=duty.definition)
    if holder is not None:
        live.tell(f"org:{holder.pk}", event="duty")


def _holder(*, kind: str, unit_key: str) -> Organisation | None:
    return Organisation.objects.filter(
        kind=OrganisationKind(kind), unit_id=unit_key, closed_on__isnull=True
    ).first()


def _notice(*, duty: Duty, definition: queries.Definition, told_at: datetime, person: str) -> str:
    acts, coded = cases.acts(), duty.coded
    danger = {True: definition.danger_yes, False: definition.danger_no}
    code = str(coded["code"])
    if before := coded.get("before"):
        code = definition.continued % {"code": code, "before": before}
    return definition.notice % {
        "place": duty.unit.name,
        "moment": f"{told_at.astimezone(CITY_TIME):%H:%M %d/%m/%Y}",
        "code": code,
        "danger": danger.get(coded["danger_now"], definition.danger_unknown),
        "acts": "; ".join(acts[act].short.lower() for act in coded["acts"]) or "—",
        "person": person or definition.nameless,
    }


def _person(*, asker: Asker, case: Case, holder: Organisation | None, at: datetime) -> str:
    """Return her name and address, each only if she agreed that the committee may know it."""
    if holder is None:
        return ""
    sharing = cases.sharing(case_id=case.pk, organisation=holder, at=at)
    wanted = sharing.sections & {Section.NAME, Section.ADDRESS}
    if not wanted:
        return ""
    told = vault.unseal(case, "identity", asker=asker, why="casework.duty.notice-written")
    person: dict[str, Any] = told.identity or {}
    parts = {Section.NAME: person.get("full_name"), Section.ADDRESS: person.get("address")}
    return "; ".join(
        str(parts[code])
        for code in (Section.NAME, Section.ADDRESS)
        if code in wanted and parts[code]
    )


def read_notice(*, asker: Asker, duty: Duty, at: datetime) -> Notice:
    """Return the notice to its holder; the audit trail says who read it and when."""
    policies.HOLDS.require(asker, duty)
    told = vault.unseal(duty, "notice", asker=asker, why="casework.duty.read")
    Duty.objects.filter(pk=duty.pk, first_read_at__isnull=True).update(first_read_at=at)
    return Notice(told.notice)


def acknowledge(*, asker: Asker, duty: Duty, at: datetime) -> None:
    """Acknowledge a duty on behalf of its holder; a second tap changes nothing."""
    policies.HOLDS.require(asker, duty)
    changed = Duty.objects.filter(pk=duty.pk, state=State.OPEN).update(
        state=State.ACKNOWLEDGED, acknowledged_at=at, acknowledged_by_id=asker.member
    )
    duty.refresh_from_db()
    if not changed:
        return
    audit.write(
        asker=asker,
        action="casework.duty.acknowledged",
        subject=duty,
        code=duty.definition,
        late=at > duty.due_at,
    )
    live.tell(f"org:{duty.organisation_id}", f"org:{duty.holder_id}", event="duty")
