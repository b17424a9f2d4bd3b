"""Duties begin when something happens, and end when their holder has answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Notice:
    """The short text for the holder."""

    text: str


def start(*, asker: Asker, case: Case, at: datetime, trigger: str = "casework.case.opened") -> None:
    """Start the duties that begin with this event, under the rules of this day; once per case.

    The holder is the people's committee of the commune where it happened. Where none uses the
    system the duty stands without a holder, and the team sees that somebody must call.

    Source: Decree 76/2023/NĐ-CP, art. 9; Law 13/2022/QH15, art. 20.
    """
    for definition in queries.in_force(trigger=trigger, at=at):
        if Duty.objects.filter(case=case, definition=definition.code).exists():
            continue
        holder = _holder(kind=definition.holder, unit_key=case.unit_id)
        duty = Duty(
            case=case,
            definition=definition.code,
            rule=definition.as_rule(),
            holder=holder,
            organisation_id=case.organisation_id,
            informed_by_id=asker.member,
            unit_id=case.unit_id,
            started_at=at,
            due_at=definition.due_at(at),
            coded={"danger_now": case.danger_now, "acts": case.acts, "code": case.code},
        )
        vault.seal(
            duty,
            notice=_notice(asker=asker, case=case, holder=holder, definition=definition, at=at),
        )
        duty.save(force_insert=True)
        audit.write(asker=asker, action="casework.duty.started", subject=duty, code=duty.definition)
        if holder is not None:
            live.tell(f"org:{holder.pk}", event="duty")


def _holder(*, kind: str, unit_key: str) -> Organisation | None:
    return Organisation.objects.filter(
        kind=OrganisationKind(kind), unit_id=unit_key, closed_on__isnull=True
    ).first()


def _notice(
    *,
    asker: Asker,
    case: Case,
    holder: Organisation | None,
    definition: queries.Definition,
    at: datetime,
) -> str:
    acts = cases.acts()
    return definition.notice % {
        "place": case.unit.name,
        "moment": f"{at.astimezone(CITY_TIME):%H:%M %d/%m/%Y}",
        "code": case.code,
        "danger": definition.danger_yes if case.danger_now else definition.danger_no,
        "acts": "; ".join(acts[code].short.lower() for code in case.acts) or "—",
        "person": _person(asker=asker, case=case, holder=holder, at=at) or definition.nameless,
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
