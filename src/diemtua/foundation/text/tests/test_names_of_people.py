import pytest

from diemtua.foundation import text


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Nguyễn Thị Minh Châu", ("", "Nguyễn", "Thị Minh", "Châu")),
        ("BS. Trần Văn An", ("BS.", "Trần", "Văn", "An")),
        ("PGS.TS. Lê Hòa", ("PGS. TS.", "Lê", "", "Hòa")),
        ("chị Lan", ("chị", "", "", "Lan")),
        ("Bà Võ Thị Sáu", ("Bà", "Võ", "Thị", "Sáu")),
        ("Chu Văn An", ("", "Chu", "Văn", "An")),
        ("Hoa", ("", "", "", "Hoa")),
        ("", ("", "", "", "")),
    ],
)
def test_title_family_middle_and_given_name_are_told_apart(written, parts):
    name = text.person_name(written)
    assert (name.title, name.family, name.middle, name.given) == parts


def test_lists_of_people_go_by_given_name_then_family():
    people = ["Trần Văn Đức", "Nguyễn An", "Lê Thị Ánh", "Bùi An"]
    in_order = sorted(people, key=lambda name: text.person_name(name).sort_key)
    assert in_order == ["Bùi An", "Nguyễn An", "Lê Thị Ánh", "Trần Văn Đức"]


def test_initials_take_family_and_given_name():
    assert text.person_name("Đặng Thị Thùy Trâm").initials == "ĐT"
