from hypothesis import given
from hypothesis import strategies as st

from diemtua.casework.cases import queries
from diemtua.casework.cases.queries import catalogue, naming

signs = st.text(naming.ALPHABET, min_size=5, max_size=5)


def test_a_drawn_alias_is_an_invented_name_and_a_number():
    alias = queries.draw_alias()
    assert queries.is_drawn(alias)
    assert alias.rpartition(" ")[0] in catalogue.invented_names()


def test_another_alias_is_another():
    assert all(queries.draw_alias(besides="Hoa Súng 2") != "Hoa Súng 2" for _ in range(200))


def test_typed_names_are_not_drawn():
    for typed in (
        "Hoa",
        "Hoa Súng",
        "Hoa Súng 02",
        "Hoa Súng 100",
        "Nguyễn Thị Lan 5",
        "hoa súng 5",
    ):
        assert not queries.is_drawn(typed)


def test_codes_are_random_and_carry_the_year():
    codes = {queries.draw_code(year=2026) for _ in range(500)}
    assert len(codes) == 500
    assert all(code.startswith("CT-2026-") and queries.is_code(code) for code in codes)


@given(signs, st.integers(0, 4), st.sampled_from(naming.ALPHABET))
def test_one_wrong_sign_is_noticed(text, place, wrong):
    changed = text[:place] + wrong + text[place + 1 :]
    code = f"CT-2026-{changed}{naming.check_sign(text)}"
    assert queries.is_code(code) is (changed == text)


@given(signs, st.integers(0, 3))
def test_two_swapped_signs_are_noticed(text, place):
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    code = f"CT-2026-{swapped}{naming.check_sign(text)}"
    assert queries.is_code(code) is (swapped == text)


def test_every_act_and_sector_names_its_source_and_whether_it_was_checked():
    assert list(queries.acts())[:6] == ["a", "b", "c", "d", "đ", "e"]
    assert len(queries.acts()) == 16
    assert all(act.status in {"V", "M"} and act.source for act in queries.acts().values())
    assert any(sector.is_basic for sector in queries.sectors().values())
