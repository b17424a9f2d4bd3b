"""Opening an assessment: its answers, its result computed again, and what was judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from diemtua.casework.assessments import policies
from diemtua.casework.assessments.models import Assessment, Judgement, State, Verdict
from diemtua.casework.assessments.queries import catalogue, scoring
from diemtua.casework.assessments.queries.definitions import Instrument, Kind, Question
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import services as vault


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered and what no question asked, for the page that was asked for it."""

    answers: Mapping[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer in words."""

    question: str
    answer: str
    points: int | None
    is_alone_high: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that two pages answered differently."""

    question: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What was judged of an assessment, by whom and why."""

    what: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A finished assessment computed again from its answers."""

    result: scoring.Result
    is_same: bool  # as what was stored, by the same definition word for word


def read(*, asker: Asker, assessment: Assessment) -> Told:
    """Return the answers; the audit trail says who read them and when."""
    policies.SEES.require(asker, assessment)
    told = vault.unseal(assessment, "answers", "note", asker=asker, why="casework.assessment.read")
    return Told(told.answers or {}, told.note or "")


def instrument_of(assessment: Assessment) -> Instrument | None:
    """Return the instrument in the version it was answered in; None when its file is gone."""
    return catalogue.known().by_key.get((assessment.instrument, assessment.version))


def recomputed(assessment: Assessment, told: Told) -> Recomputed | None:
    """Return what the answers say today; None when the instrument's file is gone."""
    instrument = instrument_of(assessment)
    if instrument is None:
        return None
    result = scoring.result(instrument, told.answers)
    stored = (assessment.score, assessment.highest, assessment.level, assessment.is_complete)
    now = (result.score, result.highest, result.level, result.is_complete)
    is_same = instrument.fingerprint == assessment.fingerprint and (
        assessment.state == State.DRAFT or stored == now
    )
    return Recomputed(result, is_same)


def in_rows(instrument: Instrument, told: Told) -> list[AnswerRow]:
    """Return every question with its answer in words, in the instrument's order."""
    return [_row(question, told.answers) for question in instrument.questions]


def differing(instrument: Instrument, mine: Told, theirs: Told) -> list[Differing]:
    """Return where two versions of one assessment differ, in the instrument's order."""
    pairs = zip(in_rows(instrument, mine), in_rows(instrument, theirs), strict=True)
    found = [Differing(a.question, a.answer, b.answer) for a, b in pairs if a.answer != b.answer]
    if mine.note != theirs.note:
        found.append(Differing(_("Ghi thêm"), mine.note, theirs.note))
    return found


def judgements(*, asker: Asker, assessment: Assessment) -> list[JudgementRow]:
    """Return what was judged of an assessment, the newest first; reading a reason is written down."""
    seen = Judgement.objects.filter(policies.SEES_JUDGEMENTS.filter(asker), assessment=assessment)
    return [
        _judgement(judgement, asker)
        for judgement in seen.select_related("by", "data_key").order_by("-at")
    ]


def _judgement(judgement: Judgement, asker: Asker) -> JudgementRow:
    what = str(Verdict(judgement.kind).label)
    if judgement.level:
        what = f"{what}: {judgement.get_level_display()}"
    told = None
    if judgement.reason is not None:
        told = vault.unseal(judgement, "reason", asker=asker, why="casework.judgement.read")
    return JudgementRow(
        what=what,
        reason=told.reason if told else "",
        by=judgement.by.full_name,
        at=judgement.at,
    )


def heaviest_first(instrument: Instrument, rows: list[AnswerRow]) -> list[AnswerRow]:
    """Return the rows as the result is explained; where more is better, in the instrument's order."""
    if instrument.is_better_high:
        return rows
    return sorted(
        rows, key=lambda row: (-row.is_alone_high, -(row.points or 0), row.points is None)
    )


def _row(question: Question, answers: Mapping[str, Any]) -> AnswerRow:
    if question.kind == Kind.TEXT:
        return AnswerRow(str(question.text), str(answers.get(question.code) or ""), None, False)
    given = answers.get(question.code)
    codes = given if isinstance(given, list) else [given]
    picked = [option for option in question.options if option.code in codes]
    counted = scoring.chosen(question, answers)
    points = sum(o.points or 0 for o in picked if o.code in counted) if counted else None
    return AnswerRow(
        question=str(question.text),
        answer=", ".join(str(option.label) for option in picked),
        points=points,
        is_alone_high=bool(set(counted) & set(question.alone_high)),
    )
