import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation import text

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
SORTED = [
    ALPHABET,
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    [
        "An",
        "An Bình",
        "An Cư",
        "Ăn",
        "Ấn",
        "Bình Thủy",
        "Cái Khế",
        "Cái Răng",
        "Cần Thơ",
        "Dân",
        "Đại Hải",
        "Đông",
    ],
    ["Phường 2", "Phường 10", "Phường An Bình"],
    ["Lê", "Lề", "Lệ", "Lộc", "Lơ"],
    ["tha", "thà", "thanh", "thành", "thánh", "thạnh", "thăng"],
    ["Ô Môn", "Ở"],
    ["Sóc Trăng", "Thốt Nốt", "Thơ", "Thới Lai", "Trà Nóc"],
]
names = st.text(alphabet="aăâàáảãạbcdđeêhinoôơưuy ABCĐ019-", max_size=12)


@pytest.mark.parametrize("known", SORTED)
def test_lists_known_to_be_sorted_come_out_so(known):
    shuffled = random.Random(7).sample(known, len(known))
    assert sorted(shuffled, key=text.sort_key) == known


def test_tones_decide_only_when_all_letters_are_equal():
    assert text.sort_key("mạ an") > text.sort_key("ma an")
    assert text.sort_key("mạ an") < text.sort_key("ma ăn")


def test_where_the_tone_is_written_makes_no_difference():
    assert text.sort_key("hòa") == text.sort_key("hoà")


@given(names, names)
def test_a_text_that_begins_another_stands_before_it(start, rest):
    assert text.sort_key(start) <= text.sort_key(f"{start} {rest}")


@given(st.text())
def test_the_key_is_plain_ascii_so_that_any_column_keeps_the_order(anything):
    assert text.sort_key(anything).isascii()


@given(names, names, names)
def test_the_order_is_total(one, two, three):
    first, second, third = sorted((one, two, three), key=text.sort_key)
    assert text.sort_key(first) <= text.sort_key(second) <= text.sort_key(third)


@given(names)
def test_capitals_make_no_difference(name):
    assert text.sort_key(name.upper()) == text.sort_key(name.lower())
