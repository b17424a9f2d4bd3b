"""Injuries are marked by plain checkboxes, drawn by the server, and said in words beside the picture."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from diemtua.casework.papers import queries
from diemtua.casework.papers.models import Paper
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db
CSS = Path(__file__).resolve().parents[1] / "static" / "papers" / "papers.css"


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def typed(**fields):
    return {
        "key": str(uuid4()),
        "happened_on": "20/11/2026",
        "note": "Chị nói bị đẩy vào tường",
        "at-front-face": "on",
        "kind-front-face": ["BRUISE", "CUT"],
    } | {name.replace("__", "-"): value for name, value in fields.items()}


def kept():
    with as_owner():
        return list(Paper.objects.order_by("recorded_at", "id"))


@pytest.fixture
def client(team, browser):
    return browser(team[1])


@pytest.fixture
def address(case):
    return reverse("papers:add-body-map", args=[case.pk])


def test_every_region_has_a_shape_a_side_both_names_and_its_rule_in_the_style_sheet():
    rules = CSS.read_text()
    assert len(queries.regions()) == 34
    for one in queries.regions().values():
        assert re.fullmatch(r"M[-0-9aLZ. ]+", one.path) and one.side in {"front", "back"}
        assert f".body-map:has(#id_at-{one.code}:checked) .at-{one.code}" in rules
    for one in [*queries.regions().values(), *queries.injuries().values()]:
        assert one.in_vietnamese and one.in_english
        with translation.override("en"):
            assert one.label == one.in_english


def test_the_form_works_without_script_and_each_tick_has_one_name(client, address):
    text = text_of(client.get(address))
    for code in queries.regions():
        assert text.count(f'name="at-{code}"') == 1
        assert f'aria-labelledby="label-{code}"' in text and f'id="label-{code}"' in text
        assert text.count(f'for="id_at-{code}"') == 2  # in the list, and drawn
    assert "style=" not in text and text.count("<path") >= 34


def test_what_was_marked_is_drawn_and_stands_in_words_beside_it(client, address, case):
    listed = text_of(client.post(address, typed(), follow=True))
    assert "Sơ đồ thương tích" in listed and "Bầm tím" not in listed
    (paper,) = kept()
    text = text_of(client.get(reverse("papers:paper", args=[paper.pk])))
    assert "Phía trước: Mặt: Bầm tím, Vết cắt, vết rách" in text
    assert "Phía sau: không đánh dấu" in text and "bị đẩy vào tường" in text
    assert text.count("is-marked") == 1
    assert cases.audited("casework.paper.read") == 1
    assert "Bầm tím" not in text_of(client.get(reverse("casework:log", args=[case.pk])))


@pytest.mark.parametrize(
    "wrong",
    [
        ({"at-front-face": ""}, "Chưa đánh dấu vùng nào"),
        ({"kind-front-face": []}, "Chọn bị thế nào ở vùng này"),
        ({"kind-front-face": ["UNHEARD"]}, "UNHEARD"),
        ({"happened_on": "30/02/2026"}, "Không có ngày này"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_marked_is_kept(client, address, wrong):
    change, says = wrong
    text = text_of(client.post(address, typed(**change)), 422)
    assert says in text and "bị đẩy vào tường" in text and not kept()
    if "at-front-face" not in change:
        assert re.search(r'name="at-front-face"[^>]*checked', text)


def test_a_second_tap_makes_one_map(client, address):
    page = typed()
    for _tap in range(2):
        assert client.post(address, page).status_code == 302
    assert len(kept()) == 1


def test_a_map_is_corrected_by_a_new_one(client, address):
    client.post(address, typed())
    (first,) = kept()
    correct = reverse("papers:correct", args=[first.pk])
    opened = text_of(client.get(correct))
    assert re.search(r'name="at-front-face"[^>]*checked', opened)
    page = {"seen": str(first.pk), "at-back-nape": "on", "kind-back-nape": ["PAIN"]}
    text = text_of(client.post(correct, typed(**page), follow=True))
    assert "Gáy: Đau, không thấy vết" in text and len(kept()) == 2
    overtaken = text_of(client.post(correct, typed(**page)), 409)
    assert "Vừa có người sửa" in overtaken and overtaken.count("is-marked") == 2
