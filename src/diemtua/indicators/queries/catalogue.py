"""What the strategy counts: objectives, figures and their targets, as the reference file says."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from diemtua.foundation.registry import Measure, measures
from diemtua.indicators.errors import FigureUnknown, NotCounted

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Vietnamese and English; ``str`` is the one of the screen."""

    vi: str
    en: str

    def __str__(self) -> str:
        """The text in the language of the screen."""
        return self.en if (get_language() or "vi").startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure must come to by a year: ``limit`` is ``=``, ``>=``, ``<``, ``>`` or ``~``."""

    year: int
    limit: str
    value: Decimal

    @property
    def share(self) -> Decimal:
        """The value of a percentage as a share between 0 and 1."""
        return self.value / 100


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is: its words, unit, direction, targets and source of law."""

    code: str
    objective: str
    name: Words
    short: Words
    unit: str
    is_up_better: bool
    targets: tuple[Target, ...]
    article: str
    is_verified: bool
    is_computed: bool
    numerator: Words
    denominator: Words
    counted_at: Words
    version: str

    def target_on(self, day: date) -> Target:
        """Return the next target on a day; the last one when all are past."""
        return next((one for one in self.targets if one.year >= day.year), self.targets[-1])


@dataclass(frozen=True, slots=True)
class Objective:
    """One of the strategy's objectives with its figures."""

    code: str
    name: Words
    icon: str
    figures: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """The document the figures come from."""

    name: Words
    targets: int
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Minimum:
    """From which number on a count may be shown, inside and in documents that leave."""

    inside: int
    outside: int
    source: str


@cache
def strategy() -> Strategy:
    """Return the national strategy with all its figures."""
    told = _read("national_strategy.toml")
    figures = [_definition(figure) for figure in told["figure"]]
    return Strategy(
        name=_words(told["document"], "name"),
        targets=told["document"]["targets"],
        objectives=tuple(
            Objective(
                code=one["code"],
                name=_words(one, "name"),
                icon=one["icon"],
                figures=tuple(f for f in figures if f.objective == one["code"]),
            )
            for one in told["objective"]
        ),
    )


@cache
def minimum() -> Minimum:
    """Return from which number on a count may be shown."""
    told = _read("disclosure.toml")["minimum"]
    return Minimum(told["inside"], told["outside"], told["source"])


def definition(code: str) -> Definition:
    """Return what a figure is.

    Raises:
        FigureUnknown: the strategy has none with this code.
    """
    for objective in strategy().objectives:
        for figure in objective.figures:
            if figure.code == code:
                return figure
    raise FigureUnknown


def measure(code: str) -> Measure:
    """Return what is counted for a figure, as a room below has declared it.

    Raises:
        FigureUnknown: the strategy has none with this code.
        NotCounted: no room counts it.
    """
    if not definition(code).is_computed:
        raise NotCounted
    try:
        return measures.get(code)
    except KeyError as error:
        raise NotCounted from error


def _read(name: str) -> dict[str, Any]:
    with (REFERENCE / name).open("rb") as file:
        return tomllib.load(file)


def _words(told: dict[str, Any], name: str) -> Words:
    return Words(told.get(name, ""), told.get(f"{name}_en", ""))


def _definition(told: dict[str, Any]) -> Definition:
    return Definition(
        code=told["code"],
        objective=told["objective"],
        name=_words(told, "name"),
        short=_words(told, "short" if "short" in told else "name"),
        unit=told["unit"],
        is_up_better=told["better"] == "up",
        targets=tuple(
            Target(year, told[f"limit_{year}"], Decimal(told[f"value_{year}"]))
            for year in (2025, 2030)
        ),
        article=told["article"],
        is_verified=told["status"] == "V",
        is_computed=told.get("computed", False),
        numerator=_words(told, "numerator"),
        denominator=_words(told, "denominator"),
        counted_at=_words(told, "counted_at"),
        version=str(told.get("definition_version", "")),
    )
