"""Writing an assessment down as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from diemtua.casework.assessments import policies, queries
from diemtua.casework.assessments.errors import FinishedAlready, SavedElsewhere
from diemtua.casework.assessments.models import Assessment, State
from diemtua.casework.cases import policies as cases
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.vault import services as vault


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the page; anything may still be missing."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def save(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    case: Case,
    instrument: queries.Instrument,
    at: datetime,
    tab: UUID,
    seen: int,
    written: Written,
) -> Assessment:
    """Write an assessment down as it stands on the page; the first time, it is made.

    ``tab`` is made by the page when it opens, ``seen`` is the revision it opened with: a page that
    another one overtook is refused instead of overwriting it.

    Raises:
        SavedElsewhere: another page saved it since, or began one with this instrument.
        FinishedAlready: it is finished.
        CaseClosed: nothing is added to a closed case.
    """
    cases.MAY_WORK.require(asker, case)
    if case.status == Status.CLOSED:
        raise CaseClosed

    def make() -> Assessment:
        made = Assessment(
            id=id,
            case=case,
            data_key=case.data_key,
            instrument=instrument.code,
            version=instrument.version,
            fingerprint=instrument.fingerprint,
            sets_risk=instrument.sets_risk,
            begun_by_id=asker.member,
            begun_at=at,
            saved_by_id=asker.member,
            saved_at=at,
            tab=tab,
        )
        _seal(made, written)
        made.save(force_insert=True)
        audit.write(asker=asker, action="casework.assessment.begun", subject=case)
        live.tell(f"org:{case.organisation_id}", event="case")
        return made

    try:
        made, is_new = create_once(Assessment, id, make)
    except IntegrityError as error:
        if "assessment_one_draft" in str(error):
            raise SavedElsewhere from error
        raise NotFound from error
    if is_new:
        return made
    if made.case_id != case.pk:
        raise NotFound
    return _save_again(asker, made, at=at, tab=tab, seen=seen, written=written)


def _save_again(
    asker: Asker, found: Assessment, *, at: datetime, tab: UUID, seen: int, written: Written
) -> Assessment:
    found = locked(found)
    if found.state == State.DONE:
        raise FinishedAlready
    policies.MAY_WRITE.require(asker, found)
    if found.tab != tab and found.revision != seen:
        raise SavedElsewhere
    found.tab, found.revision = tab, found.revision + 1
    found.saved_by_id, found.saved_at = asker.member, at
    _seal(found, written)
    found.save(update_fields=["tab", "revision", "saved_by", "saved_at", "answers", "note"])
    return found


def locked(found: Assessment) -> Assessment:
    """Return the assessment as it stands, held until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",))
    return rows.select_related("case", "data_key", "finished_by", "saved_by").get(pk=found.pk)


def _seal(record: Assessment, written: Written) -> None:
    answers = {code: answer for code, answer in written.answers.items() if answer}
    vault.seal(record, answers=answers, note=written.note or None)
