from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation import text

WAYS = ["Dương", "Đường", "Đương", "Duông"]


def found(query, things=WAYS):
    return text.matching(query, things, text=str)


def test_without_marks_all_marks_fit():
    assert sorted(found("duong")) == sorted(WAYS)


def test_with_marks_the_exact_one_comes_first_and_none_is_dropped():
    assert found("đường")[0] == "Đường"
    assert sorted(found("đường")) == sorted(WAYS)


def test_each_word_must_begin_a_word():
    assert found("can t", ["Cần Thơ", "Cần Giuộc", "Tân Cần"]) == ["Cần Thơ", "Tân Cần"]


def test_the_start_of_a_text_comes_before_its_middle():
    assert found("hoa", ["Mỹ Hòa", "Hòa An"]) == ["Hòa An", "Mỹ Hòa"]


def test_nothing_typed_finds_nothing():
    assert found("  ") == []


@given(st.text(alphabet="aăâbcdđêghiklmnôơưuy ", min_size=1).filter(str.strip))
def test_a_text_always_matches_itself_best(anything):
    assert text.rank(anything, anything) == 0
