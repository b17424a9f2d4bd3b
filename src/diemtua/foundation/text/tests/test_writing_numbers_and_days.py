from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import localize
from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation import text

AT = datetime(2026, 11, 23, 7, 32, tzinfo=UTC)  # 14:32 in the city


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234.5, "1.234,5"),
        (1000000, "1.000.000"),
        (0, "0"),
        (-1234, "−1.234"),
        (2.0, "2"),
        (-0.04, "0"),
        (Decimal("0.05"), "0,1"),
        (None, "–"),
    ],
)
def test_numbers_take_dots_for_thousands_and_a_comma(value, written):
    assert text.number(value) == written


def test_english_pages_write_them_the_english_way():
    with translation.override("en"):
        assert text.number(1234.5) == "1,234.5"
        assert localize(1234.5) == "1,234.5"
        assert localize(date(2026, 11, 23)) == "23/11/2026"
    with translation.override("vi"):
        assert localize(1234.5) == "1.234,5"


def test_shares_and_money():
    assert text.percent(0.875) == "87,5%"
    assert text.percent(None) == "–"
    assert text.money(1250000) == "1.250.000\u00a0đ"
    assert text.money_in_words(1_200_000_000) == "1,2\u00a0tỷ đồng"
    assert text.money_in_words(350_000_000) == "350\u00a0triệu đồng"
    assert text.money_in_words(5000) == "5.000\u00a0đồng"


def test_moments_are_told_in_the_citys_time():
    assert text.moment(AT) == "14:32\u00a023/11/2026"
    assert text.short_date(datetime(2026, 11, 22, 18, tzinfo=UTC)) == "23/11/2026"


def test_official_letters_write_small_months_with_a_zero():
    assert text.long_date(date(2026, 2, 3)) == "ngày 03 tháng 02 năm 2026"
    assert text.long_date(date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(seconds=20), "vừa xong"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=3, minutes=20), "3 giờ trước"),
        (timedelta(days=2), "2 ngày trước"),
        (timedelta(days=30), "24/10/2026"),
        (timedelta(minutes=-50), "còn 50 phút"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(away, said):
    assert text.ago(AT - away, AT) == said


@given(st.integers(-(10**15), 10**15))
def test_thousands_are_always_grouped_by_three(value):
    groups = text.number(value).lstrip("−").split(".")
    assert 1 <= len(groups[0]) <= 3
    assert all(len(group) == 3 for group in groups[1:])


def test_templates_have_them_as_filters():
    page = "{{ n|vn_number }} {{ s|vn_percent }} {{ m|vn_money }} {{ d|vn_date }} {{ at|vn_moment }} {{ at|vn_time }} {{ p|vn_phone }} {{ none|vn_ago }} {{ who|given_name }} {{ who|initials }}"
    context = Context(
        {
            "n": 1234,
            "s": 0.5,
            "m": 1000,
            "d": date(2026, 11, 23),
            "at": AT,
            "p": "111",
            "none": None,
            "who": "Lê Thị Hoa",
        }
    )
    assert (
        Template(page).render(context).replace("\u00a0", " ")
        == "1.234 50% 1.000 đ 23/11/2026 14:32 23/11/2026 14:32 111 – Hoa LH"
    )
