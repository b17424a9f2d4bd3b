"""The room's reference data: lines and numbers, what to say, what an act suggests."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line, and what it is for."""

    number: str
    shown: str
    name: str
    purpose: str
    is_own: bool
    source: str
    status: str  # "V" seen in a public source, "M" to be checked
    last_checked: date

    @property
    def is_unverified(self) -> bool:
        """Whether the number has not been seen in a public source."""
        return self.status == "M"


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text(encoding="utf-8"))


@cache
def _lines() -> tuple[Line, ...]:
    fields = ("number", "shown", "name", "for", "is_own", "source", "status", "last_checked")
    return tuple(Line(*(row[field] for field in fields)) for row in _file("lines.toml")["line"])


def own_lines() -> tuple[Line, ...]:
    """Return the lines that are answered here."""
    return tuple(line for line in _lines() if line.is_own)


def other_lines() -> tuple[Line, ...]:
    """Return the numbers a caller may be handed to."""
    return tuple(line for line in _lines() if not line.is_own)


def notice() -> str:
    """Return the sentence she hears before she tells.

    Source: Decree 76/2023/NĐ-CP, art. 9, in force 25/12/2023.
    """
    return str(_file("script.toml")["notice"]["text"])


def script(*, danger: str, caller: str = "", children: int = 0) -> tuple[str, ...]:
    """Return what helps to say in this situation: danger first, then who calls, then children."""
    said = _file("script.toml")
    sentences: list[str] = list(said["danger"].get(danger, said["danger"]["UNKNOWN"]))
    sentences += said["caller"].get(caller, [])
    if children:
        sentences += said["children"]["with"]
    return tuple(sentences)


def suggested_type(acts: Iterable[str]) -> str:
    """Return the GBVIMS type that the acts suggest: the first in its order, or none."""
    rules = _file("suggestions.toml")
    suggested = {rules["acts"].get(act) for act in acts}
    return next((kind for kind in rules["order"] if kind in suggested), "")
