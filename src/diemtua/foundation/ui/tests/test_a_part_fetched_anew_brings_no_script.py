"""htmx makes every script of an answer again, which the page's policy forbids: so none is sent."""

from django.template.loader import render_to_string
from django.test import RequestFactory


def _scripts(**headers):
    request = RequestFactory().get("/", headers=headers)
    return render_to_string("ui/_scripts.html", request=request)


def test_a_page_brings_its_scripts():
    assert _scripts().count("<script") == 4


def test_a_part_fetched_anew_brings_none():
    assert "<script" not in _scripts(**{"HX-Request": "true"})
