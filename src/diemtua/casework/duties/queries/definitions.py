"""Definitions of duties: dated data with their source in law."""

import tomllib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from diemtua.casework.duties.queries import calendar
from diemtua.foundation.clock import CITY_TIME

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Definition:
    """One duty as the law or the city set it from a day on."""

    code: str
    version: int
    triggers: list[str]
    holder: str  # kind of organisation
    title: str
    title_for_holder: str
    demand: str
    source: str
    article: str
    in_force_from: date
    status: str
    clock: str
    hours: int
    is_internal: bool
    hours_status: str
    notice: str
    danger_yes: str
    danger_no: str
    danger_unknown: str
    nameless: str
    continued: str
    in_force_to: date | None = None  # exclusive
    remind_hours_before: int = 0
    escalate_hours_after: int = 0

    def due_at(self, started_at: datetime) -> datetime:
        """Return when the duty is due, by its own clock."""
        if self.clock == "working_days":
            return calendar.after_working_days(started_at, self.hours)
        return calendar.after_hours(started_at, self.hours)

    def as_rule(self) -> dict[str, Any]:
        """Return what the duty keeps of its definition, whatever the law becomes."""
        kept = asdict(self)
        for text in (
            "notice",
            "danger_yes",
            "danger_no",
            "danger_unknown",
            "nameless",
            "continued",
        ):
            del kept[text]
        return kept | {
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_to": self.in_force_to.isoformat() if self.in_force_to else None,
        }


@cache
def definitions() -> tuple[Definition, ...]:
    """Return every definition, of every date."""
    text = (REFERENCE / "duties.toml").read_text(encoding="utf-8")
    return tuple(Definition(**row) for row in tomllib.loads(text)["duty"])


def in_force(*, trigger: str, at: datetime) -> list[Definition]:
    """Return the definitions that begin with this event under the rules of this day."""
    day = at.astimezone(CITY_TIME).date()
    return [
        d
        for d in definitions()
        if trigger in d.triggers
        and d.in_force_from <= day
        and (d.in_force_to is None or day < d.in_force_to)
    ]
