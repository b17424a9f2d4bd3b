"""From answers to a result in words: the same answers and version always give the same.

What is missing or unknown counts neither as yes nor as no: the score then has a lowest and a highest
value, and what cannot be known is not said. A level is called low only when every question has
an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemtua.casework.assessments.queries.definitions import (
    HIGH,
    NONE,
    UNKNOWN,
    Band,
    Instrument,
    Kind,
    Question,
)

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one answer weighs in the result."""

    question: Question
    answer: str
    points: int
    is_alone_high: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What an assessment says. Without ``band`` the answers do not suffice to say anything."""

    score: int  # the least it can be
    highest: int  # the most it can be, once everything is answered
    top: int
    band: Band | None
    is_complete: bool
    answered: int
    missing: tuple[Question, ...]
    weights: tuple[Weight, ...]  # the heaviest first

    @property
    def level(self) -> str:
        """The level of risk; empty when the answers do not suffice, or it is not about danger."""
        return self.band.level if self.band else ""

    @property
    def is_at_least(self) -> bool:
        """Whether the level may yet turn out higher."""
        return bool(self.band) and not self.is_complete

    @property
    def alone_high(self) -> tuple[Weight, ...]:
        """The answers each of which makes the danger high by itself."""
        return tuple(weight for weight in self.weights if weight.is_alone_high)


def chosen(question: Question, answers: Answers) -> tuple[str, ...]:
    """Return the codes that answer a question; empty when it is unknown or not answered."""
    given = answers.get(question.code)
    codes = given if isinstance(given, list | tuple) else [given]
    known = [o.code for o in question.options if o.code in codes]
    if question.kind == Kind.MANY:
        real = tuple(code for code in known if code not in {NONE, UNKNOWN})
        if real or UNKNOWN in known:
            return real
        return tuple(known)
    if len(known) != 1 or known[0] == UNKNOWN:
        return ()
    return (known[0],)


def is_settled(question: Question, answers: Answers) -> bool:
    """Return whether what a question asks is known in full."""
    given = answers.get(question.code)
    told_unknown = isinstance(given, list | tuple) and UNKNOWN in given
    return bool(chosen(question, answers)) and not told_unknown


def result(instrument: Instrument, answers: Answers) -> Result:
    """Return what the answers say under this version of the instrument."""
    scored = [question for question in instrument.questions if question.is_scored]
    weights = [w for q in scored for w in _weights(q, answers)]
    missing = tuple(q for q in scored if not is_settled(q, answers))
    score = sum(w.points for w in weights) + sum(_least(q, answers) for q in missing)
    settled = sum(w.points for w in weights if w.question not in missing)
    highest = settled + sum(question.most for question in missing)
    answered = sum(bool(chosen(q, answers)) for q in scored)
    return Result(
        score=score,
        highest=highest,
        top=instrument.top,
        band=_band(instrument, score, weights, is_complete=not missing),
        is_complete=not missing,
        answered=answered,
        missing=missing,
        weights=tuple(sorted(weights, key=lambda w: (-w.is_alone_high, -w.points))),
    )


def _least(question: Question, answers: Answers) -> int:
    """Return what a question gives at least while its answer is missing."""
    return 0 if chosen(question, answers) else question.least


def _weights(question: Question, answers: Answers) -> list[Weight]:
    found = [option for code in chosen(question, answers) if (option := question.option(code))]
    return [
        Weight(question, str(option.label), option.points or 0, option.code in question.alone_high)
        for option in found
    ]


def _band(
    instrument: Instrument, score: int, weights: list[Weight], *, is_complete: bool
) -> Band | None:
    reached = [band for band in instrument.bands if band.start <= score][-1]
    if any(weight.is_alone_high for weight in weights) and reached.level != HIGH:
        reached = next(band for band in instrument.bands if band.level == HIGH)
    if is_complete:
        return reached
    if instrument.is_better_high or reached is instrument.bands[0]:
        return None
    return reached


def in_words(told: Result) -> list[str]:
    """Return the result in sentences: how many points, how sure, and why."""
    points = {"score": told.score, "top": told.top, "highest": told.highest}
    left = len(told.missing)
    sentences = []
    if told.is_complete:
        sentences.append(_("Được %(score)d trên %(top)d điểm.") % points)
    else:
        sentences.append(
            ngettext(
                "Chưa đủ: còn %(left)d câu chưa có câu trả lời.",
                "Chưa đủ: còn %(left)d câu chưa có câu trả lời.",
                left,
            )
            % {"left": left}
        )
        sentences.append(_("Mới biết từ %(score)d đến %(highest)d trên %(top)d điểm.") % points)
    if told.alone_high:
        sentences.append(_("Có điều mà chỉ riêng nó đã đủ để coi là nguy cơ cao."))
    if told.band:
        sentences.append(str(told.band.words))
    else:
        sentences.append(_("Chưa kết luận được; chỗ chưa biết không được coi là “không”."))
    return sentences
