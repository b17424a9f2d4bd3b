from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation import text

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23/11", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23-11-26", date(2026, 11, 23)),
        ("3.2.1987", date(1987, 2, 3)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2/1", date(2027, 1, 2)),
        ("29/2", date(2028, 2, 29)),
        ("hôm qua", date(2026, 11, 23)),
        ("Hôm nay", TODAY),
        ("ngày 5/9", date(2026, 9, 5)),
        ("23 11", date(2026, 11, 23)),
    ],
)
def test_days_are_read_as_typed(typed, day):
    assert text.parse_date(typed, near=TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "32/1", "30/2", "30/2/2026", "11/23/2026", "abc", "1/2/3/4", "23"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(text.NotReadable):
        text.parse_date(typed, near=TODAY)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)), st.integers(-150, 150))
def test_a_day_without_year_is_the_nearest(near, away):
    day = near + timedelta(days=away)
    assert text.parse_date(f"{day.day}/{day.month}", near=near) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 1, 1)))
def test_a_day_written_is_read_back(day):
    assert text.parse_date(text.short_date(day), near=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9h", time(9)),
        ("9 giờ", time(9)),
        ("9 giờ 05", time(9, 5)),
    ],
)
def test_times_are_read_as_typed(typed, at):
    assert text.parse_time(typed) == at


@pytest.mark.parametrize("typed", ["", "25:00", "12:61", "sáng"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(text.NotReadable):
        text.parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.250.000", "1250000"),
        ("-3", "-3"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_the_vietnamese_way(typed, number):
    assert text.parse_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "1.23", "12.34,5", "1,2,3", "vài", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(text.NotReadable):
        text.parse_number(typed)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_written_is_read_back(number):
    assert text.parse_number(text.number(number, 2).replace("−", "-")) == number
