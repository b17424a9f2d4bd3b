"""Periods in two calendars: that of statistics and that of administrative reports.

Statistics count from the 1st to the last day. Reports under Decree 09/2019, article 12, count from
the 15th of the month before the period to the 14th of its last month. Both are made of whole
half-months, the finest time that facts know.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.foundation.text import short_date
from diemtua.indicators.errors import PeriodUnknown

REFERENCE = Path(__file__).resolve().parent / "reference" / "periods.toml"
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
CODE = re.compile(r"(?P<year>20\d\d)-?(?P<span>[MQHY])(?P<number>\d{1,2})?(?P<report>R)?")


class Calendar(StrEnum):
    """Whose calendar a period belongs to."""

    STATISTICS = "STATISTICS"
    REPORTING = "REPORTING"

    @property
    def label(self) -> str:
        """How officials call it."""
        return str(
            gettext_lazy("Kỳ thống kê (theo lịch)")
            if self is Calendar.STATISTICS
            else gettext_lazy("Kỳ báo cáo (ngày 15 đến ngày 14)")
        )


class Span(StrEnum):
    """How long a period is; the value is its letter in a code."""

    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    YEAR = "Y"

    @property
    def months(self) -> int:
        """How many months it lasts."""
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}[self]

    @property
    def label(self) -> str:
        """Its name in a list of choices."""
        return {
            Span.MONTH: _("Tháng"),
            Span.QUARTER: _("Quý"),
            Span.HALF: _("6 tháng"),
            Span.YEAR: _("Năm"),
        }[self]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month, quarter, half-year or year of a calendar, e.g. ``2026-Q4`` or ``2026-Q4R``."""

    year: int
    number: int
    span: Span
    calendar: Calendar

    @property
    def code(self) -> str:
        """Its code in addresses and reports."""
        number = "" if self.span is Span.YEAR else str(self.number)
        return f"{self.year}-{self.span}{number}{'R' if self.is_reporting else ''}"

    @property
    def is_reporting(self) -> bool:
        """Whether it is a period of Decree 09/2019."""
        return self.calendar is Calendar.REPORTING

    @property
    def since(self) -> date:
        """Its first day."""
        return _start(self, 0)

    @property
    def until(self) -> date:
        """The first day after it."""
        return _start(self, self.span.months)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)

    @property
    def name(self) -> str:
        """Its name: ``Quý IV năm 2026``."""
        told = {"number": self.number, "roman": ROMAN.get(self.number, ""), "year": self.year}
        if self.span is Span.HALF:
            first, second = _("6 tháng đầu năm %(year)s"), _("6 tháng cuối năm %(year)s")
            return (first if self.number == 1 else second) % told
        wording = {
            Span.MONTH: _("Tháng %(number)s năm %(year)s"),
            Span.QUARTER: _("Quý %(roman)s năm %(year)s"),
            Span.YEAR: _("Năm %(year)s"),
        }[self.span]
        return wording % told

    @property
    def in_text(self) -> str:
        """Its name inside a sentence: ``quý IV năm 2026``."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def short_name(self) -> str:
        """Its name under an axis: ``IV/2026``."""
        number = {Span.QUARTER: ROMAN.get(self.number, ""), Span.YEAR: ""}.get(
            self.span, str(self.number)
        )
        return f"{number}/{self.year}".lstrip("/")

    @property
    def days(self) -> str:
        """Its days: ``15/09/2026–14/12/2026``."""
        return f"{short_date(self.since)}–{short_date(self.last_day)}"

    def shifted(self, by: int) -> "Period":
        """Return the period so many steps later (earlier, when negative)."""
        per_year = 12 // self.span.months
        index = self.year * per_year + self.number - 1 + by
        return Period(index // per_year, index % per_year + 1, self.span, self.calendar)

    def back(self, count: int) -> "list[Period]":
        """Return the last ``count`` periods up to this one, the earliest first."""
        return [self.shifted(-step) for step in reversed(range(count))]


@cache
def _report_day() -> int:
    with REFERENCE.open("rb") as file:
        return int(tomllib.load(file)["reporting"]["day"])


def _start(period: Period, months_later: int) -> date:
    month = period.year * 12 + (period.number - 1) * period.span.months + months_later
    if period.is_reporting:
        month -= 1
    return date(month // 12, month % 12 + 1, _report_day() if period.is_reporting else 1)


def parse(code: str) -> Period:
    """Return the period a code names.

    Raises:
        PeriodUnknown: it names none.
    """
    found = CODE.fullmatch(code)
    if found is None:
        raise PeriodUnknown
    span = Span(found["span"])
    number = int(found["number"] or 1)
    if not 1 <= number <= 12 // span.months:
        raise PeriodUnknown
    calendar = Calendar.REPORTING if found["report"] else Calendar.STATISTICS
    return Period(int(found["year"]), number, span, calendar)


def containing(
    day: date, *, span: Span = Span.QUARTER, calendar: Calendar = Calendar.STATISTICS
) -> Period:
    """Return the period in which a day lies."""
    period = Period(day.year, (day.month - 1) // span.months + 1, span, calendar)
    return period.shifted(1) if day >= period.until else period


def choices(
    today: date,
    *,
    span: Span = Span.QUARTER,
    calendar: Calendar = Calendar.STATISTICS,
    count: int = 8,
) -> list[Period]:
    """Return the periods one may choose from, the present one first."""
    return list(reversed(containing(today, span=span, calendar=calendar).back(count)))
