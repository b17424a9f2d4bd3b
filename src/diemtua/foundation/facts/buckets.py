"""Half-months: the finest time a fact knows. They add up to calendar and to reporting quarters."""

from datetime import date

HALVES = (1, 15)


def half_month(day: date) -> date:
    """Return the first day of the half-month a day lies in: the 1st or the 15th."""
    return day.replace(day=15 if day.day >= 15 else 1)  # noqa: PLR2004 - the middle of a month


def require_boundary(day: date) -> date:
    """Return the day when a half-month begins on it.

    Raises:
        ValueError: facts cannot be counted from or until this day.
    """
    if day.day not in HALVES:
        raise ValueError(f"Facts are counted in half-months; {day} begins none.")
    return day
