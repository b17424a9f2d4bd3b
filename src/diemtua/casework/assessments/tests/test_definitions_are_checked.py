import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from diemtua.casework.assessments import adding, queries
from diemtua.casework.assessments.errors import BadDefinition, UnknownInstrument
from diemtua.casework.assessments.queries import building
from diemtua.casework.assessments.tests.factories import file

# A version that was used is never changed again: whoever changes a definition gives it a new version
# and adds a line here.
AS_PUBLISHED = {
    ("child-safety", 1): "4f64fcf97f0318d6",
    ("needs", 1): "9f5d91bf19d6a674",
    ("partner-danger", 1): "acc8c6e2f5cf7c34",
    ("safety-check", 1): "ec97b24a9f04e5bd",
    ("wellbeing", 1): "48e55e078620ece3",
}
EVERY = sorted(queries.known().by_key)


def read(**changed):
    return building.instrument(file(**changed), name="tiny.toml")


def test_the_house_ships_five_instruments_without_a_fault():
    assert queries.known().faults == ()
    assert {key: one.fingerprint for key, one in queries.known().by_key.items()} == AS_PUBLISHED
    assert {one.code for one in queries.offered(on=date(2026, 11, 24))} == {
        code for code, _version in AS_PUBLISHED
    }


@pytest.mark.parametrize("key", EVERY)
def test_each_names_its_source_and_a_licence_that_this_project_may_pass_on(key):
    one = queries.known().by_key[key]
    assert len(one.source) > 40
    assert one.licence.startswith("AGPL-3.0-or-later")


@pytest.mark.parametrize("key", EVERY)
def test_every_text_is_there_in_both_languages(key):
    one = queries.known().by_key[key]
    for words in [one.title, one.purpose, one.opening, *(q.text for q in one.questions)]:
        assert words.vi != words.en


def test_the_who_5_is_not_among_them():
    ours = "".join(path.read_text(encoding="utf-8") for path in queries.shipped())
    for words in (
        "cheerful",
        "good spirits",
        "calm and relaxed",
        "active and vigorous",
        "fresh and rested",
    ):
        assert words not in ours


def test_a_small_definition_is_read():
    one = read()
    assert (one.code, one.top, [band.level for band in one.bands]) == ("tiny", 8, ["LOW", "HIGH"])


HEAD = tomllib.loads(file())
QUESTION = '[[question]]\ncode = "a"\ntext = "A?"\ntext_en = "A?"\n'
BAND = '[[band]]\ncode = "{0}"\nfrom = {1}\nlevel = "{2}"\nlabel = "x"\nlabel_en = "x"\nwords = "x"\nwords_en = "x"\n'


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"head": "version = 1\n"}, "thiếu “sets_risk”"),
        ({"questions": ""}, "cần từ 1 đến 60 “question”"),
        ({"questions": QUESTION}, "Câu thứ 1: thiếu “points”"),
        ({"questions": QUESTION + "points = 900\n"}, "“points” phải từ 0 đến 100"),
        ({"questions": QUESTION + "points = true\n"}, "“points” không đúng kiểu"),
        ({"questions": QUESTION + "points = 5\npoint = 5\n"}, "không hiểu “point”"),
        (
            {"questions": QUESTION + "points = 5\n" + QUESTION + "points = 5\n"},
            "hai câu hỏi trùng mã",
        ),
        (
            {"questions": QUESTION + 'points = 5\nalone_high = ["NO"]\n'},
            "chỉ nêu câu trả lời có điểm",
        ),
        ({"questions": QUESTION + 'kind = "one"\n'}, "cần từ 2 đến 20 “option”"),
        (
            {
                "questions": QUESTION
                + 'kind = "one"\n[[question.option]]\ncode = "A"\nlabel = "a"\nlabel_en = "a"\npoints = 1\n'
                '[[question.option]]\ncode = "B"\nlabel = "b"\nlabel_en = "b"\npoints = 5\n'
            },
            "thiếu lựa chọn UNKNOWN",
        ),
        (
            {
                "questions": QUESTION
                + 'kind = "many"\n[[question.option]]\ncode = "A"\nlabel = "a"\nlabel_en = "a"\npoints = 9\n'
                '[[question.option]]\ncode = "UNKNOWN"\nlabel = "b"\nlabel_en = "b"\n'
            },
            "thiếu lựa chọn NONE",
        ),
        ({"questions": QUESTION + "points = 0\n"}, "không câu nào có điểm"),
        ({"bands": BAND.format("a", 0, "LOW") + BAND.format("b", 99, "HIGH")}, "cao hơn tổng điểm"),
        ({"bands": BAND.format("a", 1, "LOW") + BAND.format("b", 4, "HIGH")}, "bắt đầu từ 0"),
        ({"bands": BAND.format("a", 0, "LOW") + BAND.format("a", 4, "HIGH")}, "hai mức trùng mã"),
        ({"bands": BAND.format("a", 0, "HIGH") + BAND.format("b", 4, "LOW")}, "từ LOW lên HIGH"),
        ({"bands": BAND.format("a", 0, "LOW")}, "cần từ 2 đến 8 “band”"),
        ({"bands": "band = ["}, "TOML"),
        ({"bands": "# " + "x" * 200_001}, "lớn quá mức"),
    ],
)
def test_a_bad_definition_is_refused_in_a_sentence_that_says_where(changed, said):
    with pytest.raises(BadDefinition) as refused:
        read(**changed)
    assert said in refused.value.says
    assert "tiny.toml" in refused.value.says


@settings(max_examples=300, deadline=None)
@given(some.text(max_size=400))
def test_no_text_whatever_breaks_the_reader(text):
    with pytest.raises(BadDefinition):
        building.instrument(text, name="x.toml")


VALUES = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-10, 10_000)
    | some.text(max_size=12)
    | some.sampled_from(["HIGH", "LOW", "yes-no", "many", "one", "text", "YES", "UNKNOWN", "worse"])
    | some.dates(),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(["code", "points", "label", "text", "level", "from"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
PLACES = some.sampled_from(
    [
        *((key,) for key in HEAD),
        *(("question", n, key) for n in (0, 1) for key in HEAD["question"][1]),
        *(("band", n, key) for n in (0, 1) for key in HEAD["band"][0]),
        ("strange",),
        ("question", 0, "kind"),
        ("question", 0, "option"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(some.lists(some.tuples(PLACES, VALUES), min_size=1, max_size=3))
def test_whatever_stands_in_any_place_is_read_rightly_or_refused_in_words(changes):
    raw = tomllib.loads(file())
    for place, value in changes:
        where = raw
        for step in place[:-1]:
            where = (
                where[step]
                if isinstance(where, dict) and step in where
                else (
                    where[step]
                    if isinstance(where, list) and isinstance(step, int) and step < len(where)
                    else {}
                )
            )
        if isinstance(where, dict):
            where[place[-1]] = value
    try:
        one = building.from_table(raw, name="x.toml")
    except BadDefinition as refused:
        assert refused.says and "%(" not in refused.says
        return
    assert one.top > 0 and one.bands[0].start == 0 and one.bands[-1].start <= one.top
    assert len({q.code for q in one.questions}) == len(one.questions)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.DIEMTUA_DATA = tmp_path
    (tmp_path / "instruments").mkdir()
    return tmp_path / "instruments"


def test_a_city_adds_its_own_and_new_versions_take_over_from_their_day(folder):
    own = file().replace("2026-01-01", "2026-06-01")
    (folder / "own-1.toml").write_text(own)
    (folder / "own-2.toml").write_text(
        own.replace("version = 1", "version = 2").replace("06-01", "12-01")
    )
    assert queries.current("tiny", on=date(2026, 11, 24)).version == 1
    assert queries.current("tiny", on=date(2026, 12, 1)).version == 2
    assert queries.known().by_key["tiny", 1].version == 1
    with pytest.raises(UnknownInstrument):
        queries.current("tiny", on=date(2026, 5, 31))


def test_a_bad_file_is_left_out_and_said_and_the_others_stay(folder):
    (folder / "bad.toml").write_text(file(questions=""))
    (folder / "binary.toml").write_bytes(b"\xff\xfe\x00")
    assert len(queries.known().by_key) == len(AS_PUBLISHED)
    said = [message.msg for message in adding.definitions_hold()]
    assert len(said) == 2 and "bad.toml" in said[0] and "binary.toml" in said[1]


def test_nobody_replaces_a_version_that_is_there(folder):
    ours = next(path for path in queries.shipped() if path.name.startswith("wellbeing"))
    (folder / "mine.toml").write_text(ours.read_text().replace("Hai tuần qua", "Ba tuần qua"))
    assert "phiên bản mới" in queries.known().faults[0].says
    assert "Hai tuần" in queries.known().by_key["wellbeing", 1].purpose.vi
