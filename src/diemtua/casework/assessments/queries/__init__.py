"""Questions about assessments, and the instruments as data."""

from diemtua.casework.assessments.queries.answers import (
    AnswerRow,
    Differing,
    JudgementRow,
    Recomputed,
    Told,
    differing,
    in_rows,
    instrument_of,
    judgements,
    read,
    recomputed,
)
from diemtua.casework.assessments.queries.building import instrument
from diemtua.casework.assessments.queries.catalogue import (
    Catalogue,
    Rhythm,
    current,
    known,
    offered,
    rhythm,
    shipped,
    title_of,
)
from diemtua.casework.assessments.queries.definitions import Instrument, Kind, Question
from diemtua.casework.assessments.queries.figures import CaseStatus, status_of_cases
from diemtua.casework.assessments.queries.pictures import Trend, trends
from diemtua.casework.assessments.queries.scoring import Result, in_words, result
from diemtua.casework.assessments.queries.standing import (
    AssessmentRow,
    Standing,
    draft,
    due_at,
    latest_of_danger,
    level_that_holds,
    of_case,
    one,
)
from diemtua.casework.assessments.queries.waiting import DueRow, ReviewRow, due, to_review

__all__ = [
    "AnswerRow",
    "AssessmentRow",
    "CaseStatus",
    "Catalogue",
    "Differing",
    "DueRow",
    "Instrument",
    "JudgementRow",
    "Kind",
    "Question",
    "Recomputed",
    "Result",
    "ReviewRow",
    "Rhythm",
    "Standing",
    "Told",
    "Trend",
    "current",
    "differing",
    "draft",
    "due",
    "due_at",
    "in_rows",
    "in_words",
    "instrument",
    "instrument_of",
    "judgements",
    "known",
    "latest_of_danger",
    "level_that_holds",
    "of_case",
    "offered",
    "one",
    "read",
    "recomputed",
    "result",
    "rhythm",
    "shipped",
    "status_of_cases",
    "title_of",
    "to_review",
    "trends",
]
