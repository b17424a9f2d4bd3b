"""Whatever is posted, the forms answer in words: nothing breaks and nothing strange is kept."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as some

from diemtua.casework.papers import forms, queries
from diemtua.casework.papers.models import FILES, NOTES

NAMES = sorted(
    {f"{part}-{code}" for code in queries.regions() for part in ("at", "kind")}
    | {"kind", "happened_on", "text", "note", "title", "agreed", "agreed_how", "agreed_on"}
    | {"reason", "seen"}
)
CODES = sorted(
    {*queries.injuries(), *queries.reasons(), *NOTES, *FILES, "WRITTEN", "on", "20/11/2026"}
)
TYPED = some.text(max_size=20) | some.sampled_from([*CODES, "0", "\x00", "31/02/2026", "9" * 30])
POSTED = some.dictionaries(
    some.sampled_from(NAMES) | some.text(max_size=6), some.lists(TYPED, max_size=3)
)
WHOLE = some.fixed_dictionaries(
    {"happened_on": some.just(["20/11/2026"]), "text": some.lists(TYPED, min_size=1, max_size=1)}
)


@settings(max_examples=150, deadline=None)
@given(POSTED, WHOLE)
def test_a_note_is_of_a_known_kind_with_words_or_refused(posted, whole):
    form = forms.NoteForm(MultiValueDict(posted | whole))
    if form.is_valid():
        assert form.cleaned_data["kind"] in NOTES
        assert form.content()["text"].strip() and "\x00" not in form.content()["text"]
    else:
        assert all(form.errors.values())


@settings(max_examples=100, deadline=None)
@given(POSTED)
def test_a_body_map_holds_known_marks_each_with_an_injury_or_is_refused(posted):
    form = forms.BodyMapForm(MultiValueDict(posted | {"happened_on": ["20/11/2026"]}))
    if form.is_valid():
        content = json.loads(json.dumps(form.content()))
        assert content["marks"]
        for region, kinds in content["marks"]:
            assert region in queries.regions() and kinds
            assert set(kinds) <= set(queries.injuries())
        assert forms.BodyMapForm(
            MultiValueDict(
                {"happened_on": ["20/11/2026"]}
                | {f"at-{code}": ["on"] for code, _kinds in content["marks"]}
                | {f"kind-{code}": kinds for code, kinds in content["marks"]}
            )
        ).is_valid()
    else:
        assert all(form.errors.values())


@settings(max_examples=150, deadline=None)
@given(POSTED, some.text(min_size=1, max_size=20), some.binary(max_size=40))
def test_a_file_is_said_to_be_a_picture_only_with_her_agreement(posted, name, content):
    upload = SimpleUploadedFile("x" + name.replace("/", ""), content)
    form = forms.FileForm(MultiValueDict(posted), MultiValueDict({"file": [upload]}))
    if form.is_valid():
        filed = form.filed()
        assert filed.kind in FILES and filed.title
        assert (filed.kind == "PHOTO") == (filed.agreed is not None)
    else:
        assert all(form.errors.values())


@settings(max_examples=100, deadline=None)
@given(POSTED)
def test_a_reason_is_on_the_list_or_refused(posted):
    form = forms.WithdrawForm(MultiValueDict(posted))
    assert not form.is_valid() or form.cleaned_data["reason"] in queries.reasons()
    assert forms.seen_in(_posted(posted)) is None


def _posted(posted):
    return {name: values[-1] for name, values in posted.items() if values}
