"""The one clock of the house: views, jobs and commands read it, services are told the moment."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment, aware, in the city's time."""
    return timezone.localtime(timezone.now(), CITY_TIME)  # noqa: TID251 - the one place that reads the clock


def today() -> date:
    """Return the city's date of today."""
    return now().date()
