import re

import pytest
from django.utils.html import escape

from diemtua.foundation.ui import charts
from diemtua.foundation.ui.gallery import sample_chart, sample_trend

WORDS = "Cần Thơ, Ưu tiên, Đã tiếp cận"


def bar(title=WORDS):
    return {
        "title": title,
        "data": {"values": [{"a": "Đã tiếp cận", "b": 1234.5}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "b", "type": "quantitative", "axis": {"format": ",.1f"}},
            "y": {"field": "a", "type": "nominal"},
        },
    }


def test_the_fonts_of_charts_hold_every_vietnamese_letter():
    for weight in (400, 600, 700):
        assert (charts.FONTS / f"BeVietnamPro-{weight}.ttf").stat().st_size > 100_000


def test_a_chart_says_its_words_in_the_houses_font():
    drawn = charts.svg(bar())
    assert WORDS in drawn
    assert f'font-family="{charts.FONT}"' in drawn


def test_numbers_on_axes_are_written_the_vietnamese_way():
    assert re.search(r">1\.200,0<", charts.svg(bar()))


def test_a_picture_for_documents_is_a_png():
    assert charts.png(bar(), scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize("spec", [bar(), sample_chart(), sample_trend()])
def test_on_a_page_colours_follow_the_theme_and_nothing_is_styled_inline(spec):
    html = charts.inline(charts.svg(spec), "Tỷ lệ")
    assert "style=" not in html
    assert 'role="img" aria-label="Tỷ lệ"' in html
    assert "var(--chart-1)" in html
    assert charts.TEAL not in html


@pytest.mark.parametrize(
    "evil",
    [
        "<svg ><script>1</script></svg>",
        '<svg onload="x"></svg>',
        "<p>",
        '<svg ><a href="x"/></svg>',
        '<svg ><rect style="x"/></svg>',
    ],
)
def test_only_a_drawing_comes_onto_a_page(evil):
    with pytest.raises(charts.NoChart):
        charts.inline(evil)


def test_words_in_a_chart_are_never_markup():
    evil = "<script>alert(1)</script>"
    drawn = charts.svg(bar(title=evil))
    assert evil not in drawn
    assert escape(evil) in charts.inline(drawn, evil)
