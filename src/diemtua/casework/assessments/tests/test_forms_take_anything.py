"""Whatever is posted, the page answers in words: nothing breaks and nothing strange is kept."""

import json

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as some

from diemtua.casework.assessments import forms, queries
from diemtua.casework.assessments.queries import Kind, scoring

ALL = [one for _key, one in sorted(queries.known().by_key.items())]
NAMES = sorted({forms.name_of(q) for one in ALL for q in one.questions} | {"tab", "seen", "note"})
CODES = sorted({o.code for one in ALL for q in one.questions for o in q.options})
TYPED = (
    some.text(max_size=20)
    | some.sampled_from(CODES)
    | some.sampled_from(["0", "-1", "9" * 30, "\x00"])
)
POSTED = some.dictionaries(
    some.sampled_from(NAMES) | some.text(max_size=6), some.lists(TYPED, max_size=3)
)


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(ALL), POSTED)
def test_whatever_is_posted_is_read_or_refused_field_by_field(instrument, posted):
    form = forms.AssessmentForm(MultiValueDict(posted), instrument=instrument)
    form.is_valid()
    written = form.written()
    tab, seen = form.page()
    assert tab and seen >= 0
    for code, answer in written.answers.items():
        question = instrument.question(code)
        if question.kind == Kind.TEXT:
            assert "\x00" not in answer
            continue
        given_codes = answer if isinstance(answer, list) else [answer]
        assert all(question.option(one) for one in given_codes)
    again = json.loads(json.dumps(dict(written.answers)))
    assert scoring.result(instrument, again) == scoring.result(instrument, written.answers)


@settings(max_examples=100, deadline=None)
@given(POSTED)
def test_a_judgement_is_a_known_level_with_its_reason_or_nothing(posted):
    form = forms.JudgementForm(MultiValueDict(posted | {"level": posted.get("note", ["HIGH"])}))
    if form.is_valid():
        assert (
            form.cleaned_data["level"] in {"LOW", "MEDIUM", "HIGH"} and form.cleaned_data["reason"]
        )


@pytest.mark.parametrize("instrument", ALL, ids=lambda one: one.code)
def test_what_a_page_opens_with_comes_back_as_it_was(instrument):
    answers = {
        q.code: "Lời chị" if q.kind == Kind.TEXT else q.options[-1].code
        for q in instrument.questions
    }
    shown = forms.shown(instrument, answers, note="Ghi", tab=forms.uuid4(), seen=3)
    posted = QueryDict(mutable=True)
    posted.update(shown)
    form = forms.AssessmentForm(posted, instrument=instrument)
    assert form.is_valid(), form.errors
    assert dict(form.written().answers) == answers and form.page()[1] == 3
