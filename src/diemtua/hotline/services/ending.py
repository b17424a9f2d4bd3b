"""Putting a contact down: whom it obliges, the promised call, the case that follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from diemtua.casework.cases import services as cases
from diemtua.casework.duties import services as duties
from diemtua.casework.models import Case
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.hotline import policies, queries
from diemtua.hotline.errors import NoCallBackPromised, PlaceMissing
from diemtua.hotline.models import Contact, Danger, Outcome, State
from diemtua.hotline.services.writing import tell

IS_DANGER = {Danger.YES: True, Danger.NO: False}


def finish(*, asker: Asker, contact: Contact, at: datetime) -> Contact:
    """Put a contact down as written; a second time changes nothing.

    When it tells of violence, the chairman of the commune where it happened is told, once per
    commune, whether or not she wants a case. A place that is added later is told then.

    Source: Decree 76/2023/NĐ-CP, art. 9.
    """
    policies.MAY_WRITE.require(asker, contact)
    if contact.case_id is None:
        _inform_the_chairman(asker=asker, contact=contact, at=at)
    if contact.state == State.DONE:
        return contact
    contact.state, contact.ended_at = State.DONE, at
    contact.save(update_fields=["state", "ended_at"])
    audit.write(
        asker=asker,
        action="hotline.contact.finished",
        subject=contact,
        danger_now=contact.danger_now,
    )
    tell(contact)
    return contact


def call_back_done(*, asker: Asker, contact: Contact, at: datetime) -> Contact:
    """Note that the promised call was made or tried; a second time changes nothing.

    Raises:
        NoCallBackPromised: there was nothing to do.
    """
    policies.MAY_WRITE.require(asker, contact)
    if contact.call_back_at is None:
        raise NoCallBackPromised
    if contact.called_back_at is not None:
        return contact
    contact.called_back_at = at
    contact.save(update_fields=["called_back_at"])
    audit.write(asker=asker, action="hotline.contact.called-back", subject=contact)
    tell(contact)
    return contact


def open_case(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    contact: Contact,
    at: datetime,
    told: Mapping[str, Any],
    consent: cases.ConsentGiven,
) -> Case:
    """Open a case from a contact and put the contact down; a second time returns the same case.

    ``told`` holds the arguments of ``casework.cases.services.open_case``.

    Raises:
        PlaceMissing: no commune was chosen.
        ConsentMissing: she has not agreed that a file is kept.
    """
    policies.MAY_WRITE.require(asker, contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.case_id is not None:
        return Case.objects.get(pk=contact.case_id)
    if not told.get("unit_key"):
        raise PlaceMissing
    case = cases.open_case(asker=asker, id=id, at=at, consent=consent, contact=contact.pk, **told)
    contact.case, contact.outcome = case, Outcome.CASE
    contact.save(update_fields=["case", "outcome"])
    finish(asker=asker, contact=contact, at=at)
    return case


def _inform_the_chairman(*, asker: Asker, contact: Contact, at: datetime) -> None:
    is_report = queries.is_report(
        acts=contact.acts,
        gbv_type=contact.gbv_type,
        danger=contact.danger_now,
        outcome=contact.outcome,
    )
    if not is_report or contact.unit is None:
        return
    report = duties.Report(
        contact=contact.pk,
        unit=contact.unit,
        told_at=contact.started_at,
        acts=tuple(contact.acts),
        is_danger=IS_DANGER.get(Danger(contact.danger_now)),
    )
    duties.start_from_call(asker=asker, report=report, at=at)
