"""A professional judges otherwise than the answers; the supervisor looks at what is grave."""

from datetime import datetime
from uuid import UUID

from diemtua.casework.assessments import policies, queries
from diemtua.casework.assessments.errors import NoRiskHere, ReasonTooShort
from diemtua.casework.assessments.models import Assessment, Judgement, Level, Verdict
from diemtua.casework.assessments.services.finishing import set_risk
from diemtua.casework.assessments.services.saving import locked
from diemtua.casework.cases.errors import CaseClosed
from diemtua.casework.cases.models import Status
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.live import services as live
from diemtua.foundation.vault import services as vault


def judge(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    assessment: Assessment,
    level: str,
    reason: str,
    at: datetime,
) -> Judgement:
    """Say another level than the answers do, with the reason, which is sealed; the case follows.

    Whatever touches high danger, raised or lowered, waits for the supervisor.

    Raises:
        ValueError: there is no such level.
        NoRiskHere: the instrument is not about danger.
        ReasonTooShort: the reason says nothing.
        CaseClosed: nothing is added to a closed case.
    """
    policies.MAY_JUDGE.require(asker, assessment)
    _check(assessment, reason)
    assessment = locked(assessment)
    touched = {str(Level(level)), assessment.final_level}

    def make() -> Judgement:
        made = Judgement(
            id=id,
            assessment=assessment,
            data_key=assessment.data_key,
            kind=Verdict.JUDGED,
            level=level,
            by_id=asker.member,
            at=at,
        )
        vault.seal(made, reason=reason.strip())
        made.save(force_insert=True)
        return made

    made, is_new = create_once(Judgement, id, make)
    if not is_new:
        return made
    assessment.judged_level = level
    assessment.awaits_review = assessment.awaits_review or Level.HIGH in touched
    assessment.save(update_fields=["judged_level", "awaits_review"])
    audit.write(
        asker=asker, action="casework.assessment.judged", subject=assessment.case, risk=level
    )
    set_risk(asker=asker, case=assessment.case, at=at)
    return made


def _check(assessment: Assessment, reason: str) -> None:
    if not assessment.sets_risk:
        raise NoRiskHere
    if assessment.case.status == Status.CLOSED:
        raise CaseClosed
    letters = queries.rhythm().reason_letters
    if sum(character.isalpha() for character in reason) < letters:
        raise ReasonTooShort(letters=letters)


def review(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the page makes the record's id
    assessment: Assessment,
    at: datetime,
    note: str = "",
) -> None:
    """Note that the supervisor has looked at a grave result; what was looked at stays looked at."""
    policies.MAY_REVIEW.require(asker, assessment)
    assessment = locked(assessment)
    if not assessment.awaits_review:
        return

    def make() -> Judgement:
        made = Judgement(
            id=id,
            assessment=assessment,
            data_key=assessment.data_key,
            kind=Verdict.REVIEWED,
            by_id=asker.member,
            at=at,
        )
        vault.seal(made, reason=note.strip() or None)
        made.save(force_insert=True)
        return made

    create_once(Judgement, id, make)
    assessment.awaits_review = False
    assessment.save(update_fields=["awaits_review"])
    audit.write(asker=asker, action="casework.assessment.reviewed", subject=assessment.case)
    live.tell(f"org:{assessment.case.organisation_id}", event="case")
