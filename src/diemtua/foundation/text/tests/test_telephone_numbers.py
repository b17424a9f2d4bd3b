import pytest

from diemtua.foundation import text


@pytest.mark.parametrize(
    "typed", ["0901 234 567", "+84 901234567", "090.123.4567", "84901234567", "(090) 123-4567"]
)
def test_one_number_typed_in_many_ways_is_one_number(typed):
    assert text.phone_e164(typed) == "+84901234567"


@pytest.mark.parametrize("typed", ["", "abc", "12", "0901"])
def test_what_is_no_number_gives_none(typed):
    assert text.phone_e164(typed) == ""


def test_hotlines_are_written_as_one_says_them():
    assert text.phone_as_spoken("111") == "111"
    assert text.phone_as_spoken("18008065") == "1800 8065"


def test_a_mobile_number_is_grouped():
    assert text.phone_as_spoken("+84901234567").replace(" ", "") == "0901234567"
    assert " " in text.phone_as_spoken("+84901234567")
