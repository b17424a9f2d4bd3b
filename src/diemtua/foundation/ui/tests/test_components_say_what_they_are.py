from datetime import timedelta
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from diemtua.foundation import clock
from diemtua.foundation.ui.gallery import SampleForm, sample_chart, shown
from diemtua.foundation.ui.tests.pages import dressed, render, request


class Small(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như người gọi muốn.")
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_field_ties_label_help_and_error_to_its_control():
    html = render('<c-field :field="form.name" />', form=Small({"name": ""}))
    assert '<label class="field-label" for="id_name">Tên' in html
    assert 'aria-describedby="id_name_error id_name_help"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_help"' in html


def test_only_what_is_optional_is_marked():
    form = Small()
    assert "không bắt buộc" in render('<c-field :field="form.note" />', form=form)
    assert "không bắt buộc" not in render('<c-field :field="form.name" />', form=form)


def test_choices_are_a_group_with_a_legend():
    html = render('<c-field :field="form.how" />', form=SampleForm())
    assert "<fieldset" in html
    assert '<legend class="field-label">Người gọi là' in html
    assert html.count('type="radio"') == 3


def test_the_summary_of_errors_leads_to_each_field():
    html = render('<c-errors :form="form" />', form=Small({"name": ""}))
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert render('<c-errors :form="form" />', form=Small({"name": "x"})).strip() == ""


def test_a_form_carries_a_token_and_a_key():
    html = render('<c-form action="/x/">a</c-form>')
    assert "csrfmiddlewaretoken" in html
    assert html.count('name="key"') == 1


def test_a_form_that_comes_back_keeps_its_key_and_others_get_their_own():
    key = "11111111-2222-4333-8444-555555555555"
    posted = dressed(RequestFactory().post("/x/", {"key": key}))
    assert key in render('<c-form action="/x/">a</c-form>', posted)
    assert key not in render('<c-form action="/y/">a</c-form>', posted)
    forged = dressed(RequestFactory().post("/x/", {"key": '"><script>'}))
    assert "<script>" not in render('<c-form action="/x/">a</c-form>', forged)


def test_what_moves_carries_the_nonce_and_what_stands_still_does_not():
    made = request()
    moving = render('<c-button hx-get="/x/">a</c-button><p hx-get="/y/" {% hx %}></p>', made)
    assert moving.count(f'hx-nonce="{made._csp_nonce}"') == 2
    assert "hx-nonce" not in render("<c-button>a</c-button>")


def test_a_button_with_an_address_is_a_link():
    assert render('<c-button href="/x/">a</c-button>').startswith('<a class="btn btn-secondary')
    assert 'type="submit"' in render('<c-button type="submit">a</c-button>')


def test_a_picker_shows_the_chosen_name_and_sends_the_key():
    class Places(forms.Form):
        unit = forms.CharField(label="Nơi xảy ra")

    field = Places.base_fields["unit"]
    field.display = {"c31120": "Phường Ninh Kiều"}.get
    html = render('<c-place-picker :field="form.unit" />', form=Places({"unit": "c31120"}))
    assert 'name="unit" value="c31120"' in html
    assert 'value="Phường Ninh Kiều"' in html
    assert 'role="combobox"' in html
    assert 'aria-controls="id_unit_list"' in html


def test_a_countdown_says_what_is_left_and_when_it_is_late():
    now = clock.now()
    assert "còn 2 ngày 3 giờ" in render(
        '<c-countdown :until="at" />', at=now + timedelta(hours=51, minutes=1)
    )
    soon = render('<c-countdown :until="at" />', at=now + timedelta(minutes=91))
    assert "còn 1 giờ 30 phút" in soon
    assert "countdown-soon" in soon
    late = render('<c-countdown :until="at" />', at=now - timedelta(minutes=5, seconds=5))
    assert "quá hạn 5 phút" in late
    assert "countdown-late" in late


def test_a_pager_keeps_the_filters():
    made = request("/ds/?loc=cua-toi&page=2")
    html = render('<c-pager :page="page" />', made, page=Paginator(range(100), 10).get_page(2))
    assert 'href="?loc=cua-toi&amp;page=3"' in html
    assert 'aria-current="page"' in html
    assert "11–20 trong 100" in html
    assert "<nav" not in render(
        '<c-pager :page="page" />', page=Paginator(range(5), 10).get_page(1)
    )


def test_what_a_person_typed_is_never_markup():
    evil = '<img src=x onerror="alert(1)">'
    for source in (
        '<c-fact label="{{ evil }}">{{ evil }}</c-fact>',
        '<c-notice title="{{ evil }}">{{ evil }}</c-notice>',
        '<c-stat label="{{ evil }}" value="{{ evil }}" />',
        '<c-event title="{{ evil }}" :at="evil">{{ evil }}</c-event>',
        '<c-empty title="{{ evil }}">{{ evil }}</c-empty>',
        "<c-badge>{{ evil }}</c-badge>",
        '<c-button href="{{ evil }}" value="{{ evil }}">{{ evil }}</c-button>',
    ):
        assert "<img" not in render(source, evil=evil), source


def test_the_gallery_shows_every_component():
    here = Path(__file__).parent.parent / "templates"
    page = (here / "ui" / "gallery.html").read_text(encoding="utf-8")
    components = {path.stem.replace("_", "-") for path in (here / "cotton").glob("*.html")}
    assert sorted(name for name in components if f"<c-{name}" not in page) == []
    assert shown(clock.now())["picture"].startswith("<svg")
    assert sample_chart()["layer"]


def test_a_class_of_the_page_joins_the_components_own():
    for source in (
        '<c-button class="x">a</c-button>',
        '<c-card class="x">a</c-card>',
        '<c-form class="x">a</c-form>',
        '<c-table class="x">a</c-table>',
        '<c-icon name="home" class="x" />',
    ):
        opening = next(part for part in render(source).split("<") if part.strip())
        assert opening.count("class=") == 1, source
        assert "x" in opening
