import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation import text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Cần Thơ", "can tho"),
        ("ĐƯỜNG Đặng Văn Ngữ", "duong dang van ngu"),
        ("Thốt Nốt", "thot not"),
        ("Ngã Bảy", "nga bay"),
        (unicodedata.normalize("NFD", "Phường Ninh Kiều"), "phuong ninh kieu"),
        ("", ""),
    ],
)
def test_accents_the_stroke_of_d_and_capitals_fall_away(typed, folded):
    assert text.fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(typed):
    assert text.fold(text.fold(typed)) == text.fold(typed)


@given(st.text())
def test_no_combining_mark_is_left(typed):
    assert not any(unicodedata.combining(letter) for letter in text.fold(typed))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặềểễếệ "))
def test_composed_and_decomposed_letters_fold_alike(typed):
    assert text.fold(unicodedata.normalize("NFD", typed)) == text.fold(typed)


def test_words_leave_signs_behind():
    assert text.words("Đường 30/4, P. Xuân Khánh (cũ)") == [
        "duong",
        "30",
        "4",
        "p",
        "xuan",
        "khanh",
        "cu",
    ]
