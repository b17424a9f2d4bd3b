"""What people type for days, times and numbers."""

import re
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from diemtua.foundation import clock
from diemtua.foundation.text.folding import fold

_DAY = re.compile(r"(?:ngay\s+)?(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:h.g]|gio)?\s*(\d{2})?\s*(?:p|phut)?")
_SPOKEN = {"hom nay": 0, "nay": 0, "hom qua": -1, "qua": -1, "hom kia": -2, "mai": 1, "ngay mai": 1}
_CENTURY, _TURN = 100, 50  # two digits: the year nearest to today, at most fifty years away


class NotReadable(ValueError):
    """What was typed is no day, time or number."""


def parse_date(text: str, *, near: date | None = None) -> date:
    """Return the day that was typed: ``23/11``, ``23/11/2026``, ``23-11-26``, ``hôm qua``.

    Without a year it is the 23/11 nearest to ``near``, which is today unless told otherwise.

    Raises:
        NotReadable: no such day.
    """
    near = near or clock.today()
    typed = " ".join(fold(text).split())
    if typed in _SPOKEN:
        return near + timedelta(days=_SPOKEN[typed])
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _DAY.fullmatch(typed)
    if match is None:
        raise NotReadable(text)
    day, month, year = int(match[1]), int(match[2]), match[3]
    if year is None:
        return _nearest(day, month, near=near)
    return _day(_full_year(year, near=near), month, day)


def _full_year(year: str, *, near: date) -> int:
    if len(year) > 2:  # noqa: PLR2004 - written in full
        return int(year)
    full = near.year - near.year % _CENTURY + int(year)
    return min(
        (full - _CENTURY, full, full + _CENTURY), key=lambda one: (abs(one - near.year), one)
    )


def _nearest(day: int, month: int, *, near: date) -> date:
    possible = []
    for year in range(near.year - 4, near.year + 5):  # 29/2 comes every fourth year
        try:
            possible.append(date(year, month, day))
        except ValueError:
            continue
    if not possible:
        raise NotReadable(f"{day}/{month}")
    return min(possible, key=lambda one: (abs((one - near).days), one))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotReadable(f"{day}/{month}/{year}") from error


def parse_time(text: str) -> time:
    """Return the time that was typed: ``14:30``, ``14h30``, ``1430``, ``9h``, ``9 giờ``.

    Raises:
        NotReadable: no such time.
    """
    typed = fold(text).strip()
    match = _TIME.fullmatch(typed)
    if match is None:
        raise NotReadable(text)
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError as error:
        raise NotReadable(text) from error


def parse_number(text: str) -> Decimal:
    """Return the number that was typed the Vietnamese way: ``1.234,5`` or ``1234,5``.

    Raises:
        NotReadable: no number, or dots that are no thousands.
    """
    typed = re.sub(r"[\s\u00a0]", "", text)
    whole, comma, fraction = typed.partition(",")
    if "." in whole and not re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", whole):
        raise NotReadable(text)
    try:
        found = Decimal(whole.replace(".", "") + ("." + fraction if comma else ""))
    except InvalidOperation as error:
        raise NotReadable(text) from error
    if not found.is_finite():
        raise NotReadable(text)
    return found
