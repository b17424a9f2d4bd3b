import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "ui" / "css"
HEX = re.compile(r"--([a-z0-9-]+):\s*#([0-9a-f]{6});")
READ = [
    (ink, ground)
    for ink in ("ink", "ink-2", "teal-ink")
    for ground in ("ground", "ground-2", "surface", "surface-2")
] + [
    ("ink-3", "surface"), ("on-teal", "teal"), ("on-teal", "teal-strong"), ("on-danger", "danger"),
    ("teal-ink", "teal-tint"), ("soon-ink", "soon-tint"), ("danger-ink", "danger-tint"),
    ("done-ink", "done-tint"), ("info-ink", "info-tint"), ("ink", "soon-tint"), ("ink", "danger-tint"),
    ("ink", "done-tint"), ("ink", "info-tint"), ("soon-ink", "surface"), ("on-teal", "chart-1"),
]  # fmt: skip
SEEN = [("line-strong", "surface"), ("teal", "surface"), ("focus", "ground"), ("soon", "surface")]


def themes():
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, dark_by_device, dark = re.split(r"@media|:root\[data-theme=\"dark\"\]", text)
    return {
        "light": dict(HEX.findall(light)),
        "dark": dict(HEX.findall(dark)),
        "device": dict(HEX.findall(dark_by_device)),
    }


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    high, low = sorted((brightness(one), brightness(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(theme):
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in READ}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_edge_that_means_something_can_be_seen(theme):
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SEEN}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_the_night_looks_the_same_chosen_or_by_the_device():
    assert themes()["dark"] == themes()["device"]


def test_no_stylesheet_but_the_tokens_names_a_colour():
    named = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
    own = [path for path in CSS.rglob("*.css") if path.name not in {"tokens.css", "print.css"}]
    assert [path.name for path in own if named.search(path.read_text(encoding="utf-8"))] == []
