from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation.audit import verify

PIECES = st.text(alphabet="1:-0,;|a\x00 ạ", max_size=8)
VALUES = st.one_of(st.none(), PIECES)
ROWS = st.tuples(*[VALUES] * 13)


def hashed(texts, prev=b"\0" * 32):
    return verify.entry_hash((1, 1, 0, *texts, prev, b""))


@given(ROWS, ROWS)
def test_two_entries_hash_alike_only_when_they_are_alike(one, other):
    assert (hashed(one) == hashed(other)) == (one == other)


@given(ROWS, st.integers(0, 11), st.integers(0, 8))
def test_moving_letters_from_one_field_into_the_next_shows(row, field, count):
    left, right = row[field] or "", row[field + 1] or ""
    moved = (*row[:field], left + right[:count], right[count:], *row[field + 2 :])
    assert (hashed(moved) == hashed(row)) == (moved == row)


@given(ROWS, st.integers(0, 12))
def test_nothing_and_an_empty_text_differ(row, field):
    nothing = (*row[:field], None, *row[field + 1 :])
    empty = (*row[:field], "", *row[field + 1 :])
    dash = (*row[:field], "-", *row[field + 1 :])
    assert len({hashed(nothing), hashed(empty), hashed(dash)}) == 3
