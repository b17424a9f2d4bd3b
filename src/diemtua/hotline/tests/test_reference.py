import pytest

from diemtua.casework.cases import queries as cases
from diemtua.casework.models import GbvType
from diemtua.hotline import queries
from diemtua.hotline.models import CallerKind, Danger
from diemtua.hotline.queries import catalogue


def test_the_notice_names_its_law():
    notice = catalogue._file("script.toml")["notice"]
    assert queries.notice().startswith("Trước khi chị kể")
    assert notice["source"] and notice["article"] and notice["in_force_from"]


@pytest.mark.parametrize("danger", Danger.values)
@pytest.mark.parametrize("caller", CallerKind.values)
def test_there_is_something_warm_to_say_in_every_situation(danger, caller):
    said = queries.script(danger=danger, caller=caller, children=1)
    assert len(said) >= 2
    assert not [sentence for sentence in said if "nạn nhân" in sentence.lower()]


def test_only_known_acts_suggest_known_types():
    rules = catalogue._file("suggestions.toml")
    assert set(rules["acts"]) <= set(cases.acts())
    assert set(rules["acts"].values()) <= set(rules["order"]) <= set(GbvType.values)


@pytest.mark.parametrize(
    ("acts", "suggested"),
    [
        ([], ""),
        (["m"], ""),
        (["b"], "PSYCHOLOGICAL_ABUSE"),
        (["b", "a"], "PHYSICAL_ASSAULT"),
        (["a", "i"], "RAPE"),
        (["n", "b"], "DENIAL_OF_RESOURCES"),
    ],
)
def test_the_first_type_in_gbvims_order_is_suggested(acts, suggested):
    assert queries.suggested_type(acts) == suggested
