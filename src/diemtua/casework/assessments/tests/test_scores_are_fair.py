import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from diemtua.casework.assessments import queries
from diemtua.casework.assessments.queries import building, scoring
from diemtua.casework.assessments.queries.definitions import LEVELS, NONE, UNKNOWN, Kind
from diemtua.casework.assessments.tests.factories import file, gravest, harmless

MANY = building.instrument(
    file(
        questions='[[question]]\ncode = "a"\ntext = "A?"\ntext_en = "A?"\npoints = 3\n'
        '[[question]]\ncode = "c"\ntext = "C?"\ntext_en = "C?"\nkind = "many"\nalone_high = ["GUN"]\n'
        '[[question.option]]\ncode = "NONE"\nlabel = "Không"\nlabel_en = "None"\npoints = 0\n'
        '[[question.option]]\ncode = "KNIFE"\nlabel = "Dao"\nlabel_en = "Knife"\npoints = 2\n'
        '[[question.option]]\ncode = "GUN"\nlabel = "Súng"\nlabel_en = "Gun"\npoints = 1\n'
        '[[question.option]]\ncode = "UNKNOWN"\nlabel = "Chưa rõ"\nlabel_en = "Not known"\n'
    ),
    name="many.toml",
)
ALL = [*(one for _key, one in sorted(queries.known().by_key.items())), MANY]
OF_DANGER = [one for one in ALL if one.sets_risk]


def answer_to(question):
    codes = [option.code for option in question.options]
    if question.kind == Kind.TEXT:
        return some.text(max_size=5)
    if question.kind == Kind.MANY:
        return some.lists(some.sampled_from(codes), max_size=4)
    return some.none() | some.sampled_from(codes) | some.just("")


def answers_to(instrument):
    return some.fixed_dictionaries({q.code: answer_to(q) for q in instrument.questions})


@some.composite
def answered(draw, among=tuple(ALL)):
    instrument = draw(some.sampled_from(among))
    return instrument, draw(answers_to(instrument))


def rank(level):
    return LEVELS.index(level) if level else -1


def points(question, given):
    return sum(
        question.option(code).points for code in scoring.chosen(question, {question.code: given})
    )


@settings(max_examples=300, deadline=None)
@given(answered(among=tuple(OF_DANGER)), some.data())
def test_more_danger_never_lowers_the_level_nor_the_score(pair, data):
    instrument, answers = pair
    question = data.draw(some.sampled_from([q for q in instrument.questions if q.is_scored]))
    graver = data.draw(answer_to(question))
    before = scoring.result(instrument, answers)
    settled = scoring.is_settled(question, {question.code: graver})
    more = points(question, graver) >= points(question, answers[question.code])
    alone_before = set(scoring.chosen(question, answers)) & set(question.alone_high)
    alone_after = set(scoring.chosen(question, {question.code: graver})) & set(question.alone_high)
    if not settled or not more or (alone_before and not alone_after):
        return
    after = scoring.result(instrument, answers | {question.code: graver})
    assert after.score >= before.score
    assert rank(after.level) >= rank(before.level)


@settings(max_examples=200, deadline=None)
@given(answered(), some.randoms(use_true_random=False))
def test_the_order_of_the_questions_does_not_matter(pair, chance):
    instrument, answers = pair
    shuffled = list(instrument.questions)
    chance.shuffle(shuffled)
    other = dataclasses.replace(instrument, questions=tuple(shuffled))
    one, two = scoring.result(instrument, answers), scoring.result(other, answers)
    assert (one.score, one.highest, one.level, one.band, one.is_complete) == (
        two.score,
        two.highest,
        two.level,
        two.band,
        two.is_complete,
    )
    assert {q.code for q in one.missing} == {q.code for q in two.missing}


@settings(max_examples=200, deadline=None)
@given(answered())
def test_computed_again_it_is_the_same(pair):
    instrument, answers = pair
    assert scoring.result(instrument, answers) == scoring.result(instrument, dict(answers))


@settings(max_examples=300, deadline=None)
@given(answered(), some.data())
def test_what_is_missing_is_neither_yes_nor_no(pair, data):
    """Whatever the missing answers turn out to be, the score lies between the two that were said."""
    instrument, answers = pair
    said = scoring.result(instrument, answers)
    filled = dict(answers)
    for question in said.missing:
        known = [o.code for o in question.options if o.code != UNKNOWN]
        if question.kind == Kind.MANY:
            real = set(scoring.chosen(question, answers)) - {NONE}
            more = data.draw(some.sets(some.sampled_from(known)))
            filled[question.code] = sorted((real | more) - {NONE}) or [NONE]
        else:
            filled[question.code] = data.draw(some.sampled_from(known))
    then = scoring.result(instrument, filled)
    assert then.is_complete
    assert said.score <= then.score <= said.highest <= instrument.top
    if said.level:
        assert rank(then.level) >= rank(said.level)


@settings(max_examples=300, deadline=None)
@given(answered())
def test_nothing_incomplete_is_called_low(pair):
    instrument, answers = pair
    said = scoring.result(instrument, answers)
    if said.missing:
        assert said.level != "LOW" and not said.is_complete
        assert said.band is None or said.band is not instrument.bands[0]


@settings(max_examples=200, deadline=None)
@given(answered())
def test_the_points_add_up_to_what_is_explained(pair):
    instrument, answers = pair
    said = scoring.result(instrument, answers)
    untold = sum(q.least for q in said.missing if not scoring.chosen(q, answers))
    assert said.score == sum(weight.points for weight in said.weights) + untold
    weights = [(not w.is_alone_high, -w.points) for w in said.weights]
    assert weights == sorted(weights)


@settings(max_examples=200, deadline=None)
@given(
    answered(),
    some.dictionaries(
        some.text(max_size=6),
        some.text(max_size=4) | some.lists(some.text(max_size=3)) | some.integers(),
    ),
)
def test_strange_answers_count_for_nothing(pair, strange):
    instrument, answers = pair
    odd = {key: value for key, value in strange.items() if instrument.question(key) is None}
    assert scoring.result(instrument, answers | odd) == scoring.result(instrument, answers)
    broken = {q.code: 7 for q in instrument.questions}
    assert scoring.result(instrument, broken).answered == 0


@pytest.mark.parametrize("instrument", OF_DANGER, ids=lambda one: one.code)
def test_all_harmless_is_low_and_all_grave_is_high(instrument):
    assert scoring.result(instrument, harmless(instrument) | {"c": [NONE]}).level == "LOW"
    grave = gravest(instrument) | {"c": ["KNIFE", "GUN"]}
    assert scoring.result(instrument, grave).level == "HIGH"
    assert scoring.result(instrument, grave).score == instrument.top


def test_one_answer_alone_can_make_it_high_however_little_else_is_known():
    check = queries.known().by_key["partner-danger", 1]
    said = scoring.result(check, {"throat": "YES"})
    assert (said.level, said.is_at_least, len(said.missing)) == ("HIGH", True, 16)
    assert "chỉ riêng nó" in " ".join(scoring.in_words(said))


def test_none_of_it_is_an_answer_and_an_empty_list_is_not():
    assert scoring.result(MANY, {"a": "NO", "c": [NONE]}).level == "LOW"
    assert scoring.result(MANY, {"a": "NO", "c": []}).level == ""
    assert scoring.result(MANY, {"a": "NO", "c": ["KNIFE", UNKNOWN]}).highest == 3


def test_well_being_is_not_judged_from_half_an_answer():
    scale = queries.known().by_key["wellbeing", 1]
    every = {q.code: "MOSTLY" for q in scale.questions}
    assert scoring.result(scale, every).band.code == "fair"
    del every["rested"]
    assert scoring.result(scale, every).band is None


def test_shuffled_answers_do_not_matter():
    check = queries.known().by_key["safety-check", 1]
    items = list(gravest(check).items())
    random.Random(4).shuffle(items)
    assert scoring.result(check, dict(items)) == scoring.result(check, gravest(check))
