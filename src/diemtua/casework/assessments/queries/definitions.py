"""An instrument as data: its questions, how it is scored, where it comes from."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b

from django.utils.translation import get_language

YES, NO, UNKNOWN, NONE = "YES", "NO", "UNKNOWN", "NONE"
LOW, MEDIUM, HIGH = "LOW", "MEDIUM", "HIGH"
LEVELS = (LOW, MEDIUM, HIGH)  # the least first


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; shown in the reader's."""

    vi: str
    en: str

    def __str__(self) -> str:
        """The text in the language of the page."""
        return self.en if get_language() == "en" else self.vi


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    ONE = "one"  # one of its options
    MANY = "many"  # any of its options, or the one that says "none"
    TEXT = "text"  # in her words; never scored


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer. ``points`` None: it is not known, which is neither yes nor no."""

    code: str
    label: Words
    points: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``alone_high``: answers each of which makes the danger high by itself."""

    code: str
    text: Words
    kind: Kind
    options: tuple[Option, ...]
    alone_high: tuple[str, ...]
    note: Words | None
    source: str

    @property
    def is_scored(self) -> bool:
        """Whether the answer counts."""
        return self.kind != Kind.TEXT

    @property
    def least(self) -> int:
        """The fewest points an answer can give."""
        if self.kind == Kind.MANY:
            return 0
        return min((o.points for o in self.options if o.points is not None), default=0)

    @property
    def most(self) -> int:
        """The most points an answer can give."""
        points = [o.points for o in self.options if o.points is not None]
        return sum(points) if self.kind == Kind.MANY else max(points, default=0)

    def option(self, code: str) -> Option | None:
        """Return the option with this code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Band:
    """A span of the score, from ``start`` on: what it is called and what it says."""

    code: str
    start: int
    level: str  # empty where the instrument is not about danger
    label: Words
    words: Words


@dataclass(frozen=True)
class Instrument:
    """A set of questions in one version. A version that was used is never changed again."""

    code: str
    version: int
    order: int
    title: Words
    purpose: Words
    opening: Words
    minutes: int
    sets_risk: bool
    is_better_high: bool
    in_force_from: date
    in_force_to: date | None  # exclusive
    source: str
    references: tuple[str, ...]
    licence: str
    status: str  # "V" checked against its source, "M" still to be checked
    questions: tuple[Question, ...]
    bands: tuple[Band, ...]

    @property
    def top(self) -> int:
        """The highest score there is."""
        return sum(question.most for question in self.questions)

    @cached_property
    def fingerprint(self) -> str:
        """What tells this definition from any other, word for word."""
        plain = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return blake2b(plain.encode(), digest_size=8).hexdigest()

    def question(self, code: str) -> Question | None:
        """Return the question with this code."""
        return next((question for question in self.questions if question.code == code), None)

    def band(self, code: str) -> Band | None:
        """Return the band with this code."""
        return next((band for band in self.bands if band.code == code), None)

    def is_in_force(self, on: date) -> bool:
        """Return whether a new assessment may use it on this day."""
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)
