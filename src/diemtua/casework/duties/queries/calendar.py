"""Legal clocks: hours around the clock, and working days with Viet Nam's public holidays."""

from datetime import date, datetime, timedelta
from functools import cache

import holidays

from diemtua.foundation.clock import CITY_TIME

SATURDAY = 5


def after_hours(moment: datetime, hours: int) -> datetime:
    """Return the moment so many hours later, nights and holidays included."""
    return moment + timedelta(hours=hours)


def after_working_days(moment: datetime, days: int) -> datetime:
    """Return the end of the last of so many working days; the day of the moment does not count.

    Source: Civil Code 91/2015/QH13, art. 147–148 (M: cần đối chiếu văn bản gốc).
    """
    day = moment.astimezone(CITY_TIME).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime(day.year, day.month, day.day, tzinfo=CITY_TIME) + timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Return whether public bodies work on this day."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)
