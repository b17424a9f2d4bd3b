import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diemtua.foundation.text import fold
from diemtua.foundation.vault import blind, keyring
from diemtua.foundation.vault.keyring import FileKeeper

pytestmark = pytest.mark.django_db

syllables = st.sampled_from(
    ["Nguyễn", "Thị", "Đặng", "Ánh", "Hoàng", "Phượng", "Cần", "Thơ", "Lê", "Ước", "Ỷ"]
)
few = settings(max_examples=30)


@pytest.fixture(scope="module", autouse=True)
def ring(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        keeper = FileKeeper(tmp_path_factory.mktemp("secrets"))
        keeper.make()
        patch.setattr(keyring, "keeper", lambda: keeper)
        yield


@few
@given(name=st.lists(syllables, min_size=1, max_size=6), data=st.data())
def test_accents_case_order_and_spaces_make_no_difference(name, data):
    plain = blind.tokens("name", " ".join(name))
    shuffled = data.draw(st.permutations(name))
    assert blind.tokens("name", "  ".join(shuffled).upper()) == plain
    assert blind.tokens("name", fold(" ".join(shuffled))) == plain


@few
@given(st.text(max_size=30))
def test_any_text_has_tokens_of_sixteen_bytes_sorted_and_once_each(text):
    for kind in blind.KINDS:
        made = blind.tokens(kind, text)
        assert made == sorted(set(made))
        assert all(len(token) == 16 for token in made)


@few
@given(st.from_regex(r"09[0-9]{8}", fullmatch=True))
def test_the_same_text_has_different_tokens_in_different_kinds(text):
    made = [set(blind.tokens(kind, text)) for kind in blind.KINDS]
    assert not made[0] & made[1] and not made[1] & made[2] and not made[0] & made[2]


def test_a_telephone_is_found_however_it_was_typed():
    typed = ["0901234567", "090 123 45 67", "+84 901 234 567", "0901.234.567", "84901234567"]
    assert len({tuple(blind.tokens("phone", text)) for text in typed[:4]}) == 1
    assert blind.tokens("phone", "không có") == []


def test_an_id_number_is_found_however_it_was_spaced():
    assert blind.tokens("id-number", "092 301 001 234") == blind.tokens("id-number", "092301001234")
    assert blind.tokens("id-number", "C-1234567") == blind.tokens("id-number", "c1234567")


def test_a_name_has_one_token_a_word():
    assert len(blind.tokens("name", "Nguyễn Thị Minh Châu")) == 4
    assert set(blind.tokens("name", "Châu")) < set(blind.tokens("name", "Nguyễn Thị Minh Châu"))


def test_another_installation_has_other_tokens(tmp_path, monkeypatch):
    here = blind.tokens("name", "Hoa")
    other = FileKeeper(tmp_path)
    other.make()
    monkeypatch.setattr(keyring, "keeper", lambda: other)
    assert blind.tokens("name", "Hoa") != here


def test_there_is_no_other_kind():
    with pytest.raises(ValueError):
        blind.tokens("address", "x")
