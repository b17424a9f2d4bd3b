"""Finishing an assessment: what it says is written down, and her case follows."""

from datetime import datetime
from uuid import UUID

from diemtua.casework.assessments import queries
from diemtua.casework.assessments.errors import FinishedAlready, NothingAnswered
from diemtua.casework.assessments.models import Assessment, Level, State
from diemtua.casework.assessments.services.saving import Written, save
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.live import services as live


def finish(
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
    """Save an assessment a last time and write down what it says; a second tap changes nothing.

    Raises:
        NothingAnswered: there is not a single answer.
        SavedElsewhere, CaseClosed: see ``save``.
    """
    if not any(written.answers.values()):
        raise NothingAnswered
    try:
        assessment = save(
            asker=asker,
            id=id,
            case=case,
            instrument=instrument,
            at=at,
            tab=tab,
            seen=seen,
            written=written,
        )
    except FinishedAlready:
        return queries.one(asker=asker, assessment_id=id)
    asked = queries.instrument_of(assessment) or instrument  # the version it was begun with
    _conclude(assessment, queries.result(asked, written.answers), asker=asker, at=at)
    audit.write(
        asker=asker,
        action="casework.assessment.finished",
        subject=case,
        instrument=assessment.instrument,
        complete=assessment.is_complete,
    )
    set_risk(asker=asker, case=case, at=at)
    return assessment


def _conclude(
    assessment: Assessment, result: queries.Result, *, asker: Asker, at: datetime
) -> None:
    said = {
        "state": State.DONE,
        "finished_by_id": asker.member,
        "finished_at": at,
        "is_complete": result.is_complete,
        "score": result.score,
        "highest": result.highest,
        "band": result.band.code if result.band else "",
        "level": result.level,
        "awaits_review": result.level == Level.HIGH,
    }
    for name, value in said.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=[name.removesuffix("_id") for name in said])


def set_risk(*, asker: Asker, case: Case, at: datetime) -> None:
    """Let the risk of the case follow its assessments, and tell who watches over it."""
    case = Case.objects.select_for_update().get(pk=case.pk)  # one after the other
    level = queries.level_that_holds(case=case)
    if level:
        cases.judge_risk(asker=asker, case=case, risk=level, at=at)
    live.tell(f"org:{case.organisation_id}", event="case")
