"""The table of contexts, the classes of elapsed time and the rules of age, tried by properties."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diemtua.casework.cases.models import AgeGroup, GbvType
from diemtua.casework.incidents import queries
from diemtua.casework.incidents.queries import Born, Facts

TODAY = date(2026, 11, 20)
days = st.dates(date(1930, 1, 1), TODAY)
types = st.sampled_from(GbvType.values)
ALL = [rule.code for rule in queries.rules()]
NOT_YES = ["", "NO", "NONE", "UNKNOWN"]


@given(types, st.sampled_from(NOT_YES), st.sampled_from(NOT_YES), st.sampled_from(NOT_YES))
def test_no_and_unknown_never_count_as_yes(  # noqa: PLR0917 - one for each part
    gbv_type, exchanged, abduction, practice
):
    facts = Facts(gbv_type, ["NONE", "UNKNOWN"], exchanged, abduction, practice)
    assert queries.contexts(facts) == []


@given(
    st.lists(st.sampled_from(list(queries.options("relationship")))),
    st.sampled_from([*NOT_YES, "YES"]),
    st.sampled_from(["", *queries.options("abduction")]),
    st.sampled_from(["", *queries.options("practice")]),
    days,
)
def test_what_is_no_gender_based_violence_has_no_context(  # noqa: PLR0917 - as above
    people, exchanged, abduction, practice, on
):
    facts = Facts("NON_GBV", people, exchanged, abduction, practice, Born(on, on), on)
    assert queries.contexts(facts) == []


@given(types, days, days)
def test_the_contexts_of_a_child_need_an_age_that_is_known(gbv_type, born, on):
    found = queries.contexts(Facts(gbv_type, born=Born(born, born), on=on))
    is_child = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < 18
    expected = []
    if is_child and gbv_type in {"RAPE", "SEXUAL_ASSAULT"}:
        expected = ["CHILD_SEXUAL_ABUSE"]
    elif is_child and gbv_type == "FORCED_MARRIAGE":
        expected = ["EARLY_MARRIAGE"]
    assert found == expected
    assert queries.contexts(Facts(gbv_type, born=None, on=on)) == []
    assert queries.contexts(Facts(gbv_type, born=Born(born, born), on=None)) == []


def test_each_line_of_the_table_holds_as_the_guide_says():
    child = Born(date(2012, 5, 1), date(2012, 5, 1))
    for facts, expected in (
        (Facts("PSYCHOLOGICAL_ABUSE", ["PARTNER"]), ["PARTNER_VIOLENCE"]),
        (Facts("PHYSICAL_ASSAULT", ["FORMER_PARTNER"]), ["PARTNER_VIOLENCE"]),
        (Facts("PHYSICAL_ASSAULT", ["IN_LAW"]), []),
        (Facts("RAPE", born=child, on=TODAY), ["CHILD_SEXUAL_ABUSE"]),
        (Facts("FORCED_MARRIAGE", born=child, on=TODAY), ["EARLY_MARRIAGE"]),
        (Facts("SEXUAL_ASSAULT", exchanged="YES"), ["EXPLOITATION"]),
        (Facts("PHYSICAL_ASSAULT", exchanged="YES"), []),
        (Facts("RAPE", abduction="TRAFFICKED"), ["SLAVERY"]),
        (Facts("PHYSICAL_ASSAULT", abduction="TRAFFICKED"), []),
        (Facts("FORCED_MARRIAGE", practice="WIFE_PULLING"), ["HARMFUL_PRACTICE"]),
    ):
        assert queries.contexts(facts) == expected


def test_the_table_names_only_codes_that_the_lists_have():
    lists = {"relationship": "relationship", "exchanged": "yes_no"}
    for rule in queries.rules():
        assert rule.types <= set(GbvType.values) - {"NON_GBV"}
        if rule.when:
            assert rule.counts <= set(queries.options(lists.get(rule.when, rule.when)))
        assert not rule.counts & set(NOT_YES)
        assert bool(rule.when) is not (rule.under is not None)


@given(days, st.integers(0, 4000))
def test_elapsed_time_has_one_class_and_more_days_never_a_shorter_one(on, passed):
    order = list(queries.elapsed_labels())
    here, later = (queries.elapsed(on, on + timedelta(days=n)) for n in (passed, passed + 1))
    assert order.index(here) <= order.index(later)
    assert queries.elapsed(on, on + timedelta(days=passed), is_exact=False) == ""
    assert queries.elapsed(on + timedelta(days=1), on) == "" == queries.elapsed(None, on)


def test_the_borders_of_elapsed_time_are_those_of_the_standard():
    found = [queries.elapsed(TODAY - timedelta(days=n), TODAY) for n in (0, 3, 4, 5, 6, 14, 15)]
    first, second, third, fourth = list(queries.elapsed_labels())[:4]
    assert found == [first, first, second, second, third, third, fourth]


@given(days, st.integers(1, 100), days)
def test_an_age_known_by_year_or_estimate_is_never_surer_than_the_date(born, years, on):
    exact = Born(born, born)
    by_year = queries.born({"birth_year": born.year})
    assert by_year.under(years, on) in {None, exact.under(years, on)}
    if born <= on:
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        told = queries.born({"age": age, "age_told_on": on.isoformat()})
        assert told.earliest <= born <= told.latest
        assert told.under(years, on) in {None, exact.under(years, on)}


@given(days)
def test_the_age_group_follows_the_birthday_and_when_in_doubt_is_the_younger(born):
    age = TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
    group = Born(born, born).group(TODAY)
    assert (group == AgeGroup.UNDER_16) is (age < 16)
    assert (group in {AgeGroup.UNDER_16, AgeGroup.FROM_16}) is (age < 18)
    assert (group == AgeGroup.FROM_60) is (age >= 60)
    groups = list(AgeGroup)
    by_year = queries.born({"birth_year": born.year}).group(date(TODAY.year, 12, 31))
    assert groups.index(by_year) <= groups.index(Born(born, born).group(date(TODAY.year, 12, 31)))


@given(st.lists(st.sampled_from("abcdđeghiklmnopq"), max_size=8))
def test_the_suggested_type_is_the_first_in_the_order_of_the_standard(acts):
    suggested = queries.suggested_type(acts)
    singles = {queries.suggested_type([act]) for act in acts} - {""}
    order = GbvType.values
    assert suggested == (min(singles, key=order.index) if singles else "")
