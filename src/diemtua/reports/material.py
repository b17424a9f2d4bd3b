"""What a report is made of: figures, texts and letterhead; and the same as data that is kept."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from diemtua.indicators import queries as indicators

REFERENCE = Path(__file__).resolve().parent / "reference" / "letterhead.toml"
QUARTERS_SHOWN = 8
FIGURE = "3.2a"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose document it is: as the reference file says."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    issuer_in_text: str
    place: str
    symbol: str
    authority: str
    recipients: tuple[str, ...]
    archive: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the secretary writes: two texts, who gets the report, who signs it."""

    situation: str
    next_tasks: str
    recipients: tuple[str, ...]
    signs_for_head: bool
    signer_post: str
    signer_name: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period as they may leave the committee."""

    definition: indicators.Definition
    now: indicators.CityFigure
    trend: tuple[indicators.CityFigure, ...]  # the last one is ``now``
    communes: tuple[indicators.CommuneFigure, ...]  # those with anybody counted, hidden or not
    silent: int  # communes in which nobody was counted

    @property
    def previous(self) -> indicators.CityFigure:
        """The figure of the period before."""
        return self.trend[-2]

    @property
    def hidden(self) -> int:
        """How many communes are hidden."""
        return sum(row.is_suppressed for row in self.communes)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a report's files are made of."""

    letterhead: Letterhead
    number: int
    on: date
    figures: Figures
    told: Told


@cache
def letterhead() -> Letterhead:
    """Return the committee's letterhead."""
    with REFERENCE.open("rb") as file:
        told = tomllib.load(file)["letterhead"]
    return Letterhead(
        parent=tuple(told["parent"]),
        issuer=tuple(told["issuer"]),
        issuer_in_text=told["issuer_in_text"],
        place=told["place"],
        symbol=told["symbol"],
        authority=told["authority"],
        recipients=tuple(told["recipients"]),
        archive=told["archive"],
    )


def as_data(material: Material) -> dict[str, Any]:
    """Return the material as it is kept with the report: plain data, numbers as they were shown."""
    figures, definition = material.figures, material.figures.definition
    return {
        "number": material.number,
        "on": material.on.isoformat(),
        "letterhead": asdict(material.letterhead),
        "texts": asdict(material.told),
        "figures": {
            definition.code: {
                "definition": {
                    "version": definition.version,
                    "name": definition.name.vi,
                    "numerator": definition.numerator.vi,
                    "denominator": definition.denominator.vi,
                    "source": indicators.strategy().name.vi,
                    "article": definition.article,
                },
                "target": {
                    "year": figures.now.target.year,
                    "limit": figures.now.target.limit,
                    "value": str(figures.now.target.value),
                },
                "as_of": figures.now.as_of.isoformat(),
                "minimum": figures.now.minimum,
                "trend": [_kept(one) | {"period": one.period.code} for one in figures.trend],
                "communes": [_kept(row) | {"unit": row.unit_key} for row in figures.communes],
                "communes_without_anybody": figures.silent,
            }
        },
    }


def digest(data: dict[str, Any]) -> str:
    """Return the SHA-256 of the data in canonical form (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _kept(figure: indicators.Figure) -> dict[str, Any]:
    return {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": None if figure.value is None else f"{figure.value:.6f}",
        "is_suppressed": figure.is_suppressed,
    }
