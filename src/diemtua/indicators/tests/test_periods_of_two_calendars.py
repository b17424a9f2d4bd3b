from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemtua.indicators.errors import PeriodUnknown
from diemtua.indicators.periods import Calendar, Period, Span, choices, containing, parse

DAYS = st.dates(date(2021, 1, 1), date(2031, 12, 31))
SPANS = st.sampled_from(Span)
CALENDARS = st.sampled_from(Calendar)


@pytest.mark.parametrize(
    ("code", "days", "name"),
    [
        ("2026-M11", (date(2026, 11, 1), date(2026, 11, 30)), "Tháng 11 năm 2026"),
        ("2026-M1R", (date(2025, 12, 15), date(2026, 1, 14)), "Tháng 1 năm 2026"),
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31)), "Quý IV năm 2026"),
        ("2026-Q4R", (date(2026, 9, 15), date(2026, 12, 14)), "Quý IV năm 2026"),
        ("2026-Q1R", (date(2025, 12, 15), date(2026, 3, 14)), "Quý I năm 2026"),
        ("2026-H1R", (date(2025, 12, 15), date(2026, 6, 14)), "6 tháng đầu năm 2026"),
        ("2026-H2R", (date(2026, 6, 15), date(2026, 12, 14)), "6 tháng cuối năm 2026"),
        ("2026-YR", (date(2025, 12, 15), date(2026, 12, 14)), "Năm 2026"),
        ("2026-Y", (date(2026, 1, 1), date(2026, 12, 31)), "Năm 2026"),
    ],
)
def test_a_period_runs_as_the_law_says_and_is_called_by_its_name(code, days, name):
    period = parse(code)
    assert ((period.since, period.last_day), period.name) == (days, name)
    assert period.code == code


@given(day=DAYS, span=SPANS, calendar=CALENDARS)
def test_each_day_lies_in_exactly_one_period(day, span, calendar):
    period = containing(day, span=span, calendar=calendar)
    assert period.since <= day < period.until
    assert period.shifted(-1).until == period.since
    assert parse(period.code) == period


@given(day=DAYS, span=SPANS, calendar=CALENDARS)
def test_periods_begin_with_a_half_month(day, span, calendar):
    period = containing(day, span=span, calendar=calendar)
    assert {period.since.day, period.until.day} <= {1, 15}
    assert period.until - period.since > timedelta(days=27)


@given(year=st.integers(2021, 2030), calendar=CALENDARS)
def test_quarters_make_up_the_year(year, calendar):
    quarters = [Period(year, number, Span.QUARTER, calendar) for number in (1, 2, 3, 4)]
    whole = Period(year, 1, Span.YEAR, calendar)
    assert (quarters[0].since, quarters[-1].until) == (whole.since, whole.until)


def test_the_present_period_is_offered_first():
    offered = choices(date(2026, 12, 20), calendar=Calendar.REPORTING, count=3)
    assert [period.code for period in offered] == ["2027-Q1R", "2026-Q4R", "2026-Q3R"]


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-Q5", "2026-M13", "1999-Q1", "2026-Q1X", "Q1-2026"]
)
def test_what_names_no_period_is_refused(code):
    with pytest.raises(PeriodUnknown):
        parse(code)
