"""How old somebody is, when the birth date may be known to the day, the year or by an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from diemtua.casework.cases.models import AgeGroup

OLDEST = 125
GROUPS = (
    (16, AgeGroup.UNDER_16),
    (18, AgeGroup.FROM_16),
    (26, AgeGroup.FROM_18),
    (41, AgeGroup.FROM_26),
    (60, AgeGroup.FROM_41),
)


@dataclass(frozen=True, slots=True)
class Born:
    """Between which two days somebody was born; one day when it is known."""

    earliest: date
    latest: date

    def under(self, years: int, on: date) -> bool | None:
        """Return whether she was under this age on a day; None when it cannot be told."""
        oldest, youngest = _age(self.earliest, on), _age(self.latest, on)
        if oldest < years:
            return True
        return None if youngest < years else False

    def group(self, on: date) -> AgeGroup:
        """Return the age group on a day. Between two groups the younger one protects better."""
        if self.earliest > on:
            return AgeGroup.UNKNOWN
        youngest = max(_age(self.latest, on), 0)
        return next((group for limit, group in GROUPS if youngest < limit), AgeGroup.FROM_60)

    def is_possible(self, on: date) -> bool:
        """Return whether a living person can have been born then."""
        return self.earliest <= on and _age(self.latest, on) <= OLDEST


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def born(person: Mapping[str, Any]) -> Born | None:
    """Return when the person of a profile was born: by date, else by year, else by estimate."""
    if person.get("birth_date"):
        day = date.fromisoformat(person["birth_date"])
        return Born(day, day)
    if person.get("birth_year"):
        year = int(person["birth_year"])
        return Born(date(year, 1, 1), date(year, 12, 31))
    if person.get("age") is not None and person.get("age_told_on"):
        told, age = date.fromisoformat(person["age_told_on"]), int(person["age"])
        return Born(_years_before(told, age + 1) + timedelta(days=1), _years_before(told, age))
    return None
