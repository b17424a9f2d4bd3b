"""Whatever a camera wrote beside the picture is gone; what cannot be read is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from diemtua.casework.papers.errors import PictureUnclean, RecordingUnclean
from diemtua.casework.papers.services.cleaning import PICTURES, RECORDINGS, clean
from diemtua.casework.papers.tests import pictures
from diemtua.casework.papers.tests.pictures import SECRET
from diemtua.foundation.refusals import Refusal
from diemtua.foundation.vault import sniffing

ANYTHING = some.binary(max_size=40).map(lambda told: told + SECRET)
JPEG_PARTS = some.tuples(
    some.sampled_from([*range(0xE1, 0xF0), 0xFE]), ANYTHING
).map(lambda pair: pictures.part(*pair))  # fmt: skip
PNG_NAMES = some.sampled_from([b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt", b"acTL"])


@given(some.lists(JPEG_PARTS, max_size=4), ANYTHING | some.just(b""))
@example([pictures.part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)], b"")
def test_nothing_of_a_jpeg_stays_but_what_draws(parts, after):
    cleaned = clean(pictures.jpeg(*parts, after=after), kind="image/jpeg")
    assert SECRET not in cleaned
    assert cleaned == pictures.jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("side", [1, 3, 6, 8])
def test_a_jpeg_keeps_which_side_is_up_and_no_more(side, order):
    cleaned = clean(pictures.jpeg(pictures.exif(side, order)), kind="image/jpeg")
    assert SECRET not in cleaned
    assert cleaned == pictures.jpeg(*([kept_side(side)] if side > 1 else []))
    assert clean(cleaned, kind="image/jpeg") == cleaned


def kept_side(side):
    whole = pictures.exif(side, ">")
    return pictures.part(0xE1, whole[4 : -len(SECRET)])


def test_a_small_second_picture_goes_too():
    jfif = pictures.part(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x03\x03" + SECRET)
    assert clean(pictures.jpeg(jfif=jfif), kind="image/jpeg") == pictures.jpeg()


@given(some.lists(some.tuples(PNG_NAMES, ANYTHING), max_size=4), ANYTHING | some.just(b""))
def test_nothing_of_a_png_stays_but_what_draws(told, after):
    chunks = [pictures.chunk(*one) for one in told]
    assert clean(pictures.png(*chunks, after=after), kind="image/png") == pictures.png()


@given(some.lists(some.tuples(some.sampled_from([b"EXIF", b"XMP ", b"abcd"]), ANYTHING)), ANYTHING)
def test_nothing_of_a_webp_stays_but_what_draws(told, after):
    chunks = [pictures.riff(*one) for one in told]
    dirty = pictures.webp(*chunks, after=after)
    assert clean(dirty, kind="image/webp") == pictures.webp(flags=0)


def test_a_recording_keeps_its_sound_and_its_length_alone():
    dirty = pictures.mp4(b"soun")
    cleaned = clean(dirty, kind="audio/mp4")
    assert SECRET in dirty and SECRET not in cleaned and len(cleaned) == len(dirty)
    assert b"mdat\x01\x02" in cleaned and cleaned.index(b"mdat") == dirty.index(b"mdat")


@pytest.mark.parametrize("handlers", [(b"vide",), (b"soun", b"vide"), (b"soun", b"meta"), ()])
def test_a_film_or_a_track_of_places_is_no_recording(handlers):
    with pytest.raises(RecordingUnclean):
        clean(pictures.mp4(*handlers), kind="video/mp4")


def test_an_mp3_loses_its_texts():
    sound = b"\xff\xfb\x90\x00" + b"\x11" * 200
    tagged = b"ID3\x03\0\0" + bytes([0, 0, 0, len(SECRET)]) + SECRET + sound
    cleaned = clean(tagged + b"TAG" + SECRET.ljust(125), kind="audio/mpeg")
    assert cleaned == sound and sniffing.kind_of(cleaned, name="a.mp3") == "audio/mpeg"


@pytest.mark.parametrize("kind", ["image/heic", "image/tiff", "video/quicktime", "image/other"])
def test_what_cannot_be_cleaned_is_refused(kind):
    with pytest.raises((PictureUnclean, RecordingUnclean)):
        clean(b"anything", kind=kind)


def test_an_animated_webp_is_refused():
    with pytest.raises(PictureUnclean):
        clean(pictures.webp(flags=0x02), kind="image/webp")


WHOLE = [
    pictures.jpeg(pictures.exif()), pictures.png(), pictures.webp(), pictures.mp4(b"soun"),
    b"ID3\x03\0\0\0\0\0\x05hello\xff\xfb",
]  # fmt: skip


@given(
    some.sampled_from(sorted({*PICTURES, *RECORDINGS})),
    some.binary(max_size=80) | some.tuples(
        some.sampled_from(WHOLE), some.integers(0, 200), some.binary(max_size=8)
    ).map(lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[1] + len(cut[2]) :]),
)  # fmt: skip
def test_whatever_comes_is_cleaned_or_refused_in_words(kind, content):
    try:
        assert isinstance(clean(content, kind=kind), bytes)
    except Refusal as refusal:
        assert refusal.says and refusal.advises
