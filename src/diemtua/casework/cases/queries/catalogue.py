"""The room's reference data: acts of the law, services by sector, the pace of contacts."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of domestic violence, by its point of the law."""

    code: str
    label: str
    short: str
    source: str
    article: str
    status: str  # "V" read in a public source, "M" to be checked with the original text


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of services; ``is_basic`` ones count for indicator 3.2a."""

    code: str
    label: str
    icon: str
    is_basic: bool
    status: str


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text(encoding="utf-8"))


@cache
def acts() -> dict[str, Act]:
    """Return the acts of the law by their point, in the law's order.

    Source: Law 13/2022/QH15, art. 3 clause 1, in force 1/7/2023.
    """
    fields = ("code", "label", "short", "source", "article", "status")
    return {row["code"]: Act(*(row[f] for f in fields)) for row in _file("acts.toml")["act"]}


@cache
def sectors() -> dict[str, Sector]:
    """Return the sectors of services by code, in the order of the catalogue."""
    fields = ("code", "label", "icon", "is_basic", "status")
    return {
        row["code"]: Sector(*(row[f] for f in fields)) for row in _file("services.toml")["sector"]
    }


@cache
def decline_reasons() -> dict[str, str]:
    """Return why a person may decline a service: label by code."""
    return {row["code"]: row["label"] for row in _file("services.toml")["decline_reason"]}


@cache
def pace(risk: str) -> timedelta:
    """Return within what time somebody must have spoken with her again; the city's own target."""
    hours = {row["risk"]: row["hours"] for row in _file("pace.toml")["pace"]}
    return timedelta(hours=hours[risk])


@cache
def invented_names() -> tuple[str, ...]:
    """Return every invented name an alias may begin with."""
    lists = _file("aliases.toml")
    return tuple(name for kind in ("flowers", "birds", "rivers") for name in lists[kind])


@cache
def code_prefix() -> str:
    """Return what case codes begin with."""
    return str(_file("codes.toml")["prefix"])


@dataclass(frozen=True, slots=True)
class AccessRules:
    """The city's own limits of temporary access."""

    emergency: timedelta
    emergencies_a_day: int
    reason_letters: int
    longest_cover: timedelta

    @property
    def emergency_hours(self) -> int:
        """How many hours an emergency access lasts."""
        return int(self.emergency.total_seconds() // 3600)


@cache
def access_rules() -> AccessRules:
    """Return how long and how often a case may be opened to somebody besides its team."""
    file = _file("access.toml")
    emergency, cover = file["break_glass"], file["cover"]
    return AccessRules(
        timedelta(hours=emergency["hours"]),
        emergency["at_most_a_day"],
        emergency["reason_letters"],
        timedelta(days=cover["days"]),
    )


@dataclass(frozen=True, slots=True)
class CaseloadRules:
    """How many open cases a worker carries well, and how many workers a supervisor."""

    cases_of_a_worker: int
    workers_of_a_supervisor: int


@cache
def caseload_rules() -> CaseloadRules:
    """Return the limits of a caseload; their source is named in ``caseload.toml``."""
    told = _file("caseload.toml")["caseload"]
    return CaseloadRules(told["cases_of_a_worker"], told["workers_of_a_supervisor"])
