"""Where a case stands: its assessments, what holds of them, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diemtua.casework.assessments import policies
from diemtua.casework.assessments.models import Assessment, Level, State
from diemtua.casework.assessments.queries import catalogue
from diemtua.casework.assessments.queries.definitions import HIGH, LEVELS
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessment in a list; none of its answers."""

    id: UUID
    instrument: str
    version: int
    title: str
    is_done: bool
    at: datetime  # finished, or last saved
    by: str
    score: int | None
    highest: int | None
    top: int | None
    band_label: str
    is_complete: bool
    level: str
    level_label: str
    is_overruled: bool
    awaits_review: bool

    @property
    def tone(self) -> str:
        """The tone of the level's badge."""
        return "danger" if self.level == Level.HIGH else "info"


@dataclass(frozen=True, slots=True)
class Standing:
    """All assessments of a case, the newest first, and when the next is due."""

    rows: list[AssessmentRow]
    due_at: datetime | None  # None: nothing is due in a closed case

    @property
    def drafts(self) -> list[AssessmentRow]:
        """The assessments that were begun and not finished."""
        return [row for row in self.rows if not row.is_done]

    @property
    def holding(self) -> list[AssessmentRow]:
        """The assessments that make the level of the case, the gravest first."""
        return that_hold(self.rows)

    @property
    def done(self) -> list[AssessmentRow]:
        """The finished assessments."""
        return [row for row in self.rows if row.is_done]


def one(*, asker: Asker, assessment_id: UUID) -> Assessment:
    """Return an assessment of a case the asker sees.

    Raises:
        NotFound: there is none, or she may not know of it.
    """
    policies.SEES.require(asker)
    seen = Assessment.objects.filter(policies.SEES.filter(asker), pk=assessment_id)
    found = seen.select_related("case", "data_key", "finished_by", "saved_by").first()
    if found is None:
        raise NotFound
    return found


def draft(*, asker: Asker, case: Case, instrument: str) -> Assessment | None:
    """Return the assessment with this instrument that was begun and not finished."""
    seen = Assessment.objects.filter(policies.SEES.filter(asker), case=case, instrument=instrument)
    return seen.filter(state=State.DRAFT).select_related("case", "data_key", "saved_by").first()


def of_case(*, asker: Asker, case: Case) -> Standing:
    """Return where a case stands with its assessments, with one query."""
    seen = Assessment.objects.filter(policies.SEES.filter(asker), case=case)
    found = seen.select_related("finished_by", "saved_by").defer("answers", "note")
    rows = sorted((_row(a) for a in found), key=lambda row: (row.is_done, -row.at.timestamp()))
    return Standing(rows, due_at(case, latest_of_danger(found)))


def latest_of_danger(found: Iterable[Assessment]) -> datetime | None:
    """Return when her danger was last assessed: a result that says a level, or is complete."""
    return max(
        (
            a.finished_at
            for a in found
            if a.finished_at and a.sets_risk and (a.is_complete or a.final_level)
        ),
        default=None,
    )


def due_at(case: Case, latest: datetime | None) -> datetime | None:
    """Return when her danger must be assessed next, by the city's rhythm for her risk."""
    if case.status == Status.CLOSED:
        return None
    rules = catalogue.rhythm()
    if latest is None:
        return case.opened_at + rules.first
    return latest + rules.again[case.risk]


def level_that_holds(*, case: Case) -> str:
    """Return the level of a case: the highest of what each instrument last said of her danger.

    A short check that finds little does not undo what a thorough one found; that is done by
    answering the thorough one again, or by judging it otherwise. An unfinished picture raises a case
    to high and never lowers it.
    """
    found = Assessment.objects.filter(case=case, state=State.DONE, sets_risk=True)
    said = that_hold(
        _row(a) for a in found.select_related("finished_by", "saved_by").defer("answers", "note")
    )
    return max((row.level for row in said), key=LEVELS.index, default="")


def that_hold(rows: Iterable[AssessmentRow]) -> list[AssessmentRow]:
    """Return the assessments that make the level of the case: each instrument's latest that says one."""
    latest: dict[str, AssessmentRow] = {}
    for row in sorted(rows, key=lambda row: row.at):
        if row.is_done and row.level and (row.is_complete or row.is_overruled or row.level == HIGH):
            latest[row.instrument] = row
    return sorted(latest.values(), key=lambda row: LEVELS.index(row.level), reverse=True)


def _row(assessment: Assessment) -> AssessmentRow:
    key = (assessment.instrument, assessment.version)
    known = catalogue.known().by_key.get(key)
    band = known.band(assessment.band) if known else None
    by = assessment.finished_by or assessment.saved_by
    level = assessment.final_level
    return AssessmentRow(
        id=assessment.pk,
        instrument=assessment.instrument,
        version=assessment.version,
        title=catalogue.title_of(*key),
        is_done=assessment.state == State.DONE,
        at=assessment.finished_at or assessment.saved_at,
        by=by.full_name,
        score=assessment.score,
        highest=assessment.highest,
        top=known.top if known else None,
        band_label=str(band.label) if band else "",
        is_complete=assessment.is_complete,
        level=level,
        level_label=str(Level(level).label) if level else "",
        is_overruled=bool(assessment.judged_level),
        awaits_review=assessment.awaits_review,
    )
