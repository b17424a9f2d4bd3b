"""The search answers with options or JSON; a unit's page says what it was and became."""

from uuid import uuid4

import pytest
from django.conf import settings

from diemtua.foundation.database.asker import Asker, Kind
from diemtua.places.views import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, monkeypatch):
    member = Asker(kind=Kind.MEMBER, role="COUNSELLOR", user_id=uuid4(), organisation_id=uuid4())
    monkeypatch.setattr(settings.DIEMTUA_ASKER_RESOLVER, lambda _request: member)
    return client


def test_options_come_with_the_old_name(signed_in):
    page = signed_in.get("/dia-ban/tim/", {"q": "quan ninh kieu"}).content.decode()

    assert 'data-key="c31120"' in page
    assert "trước 01/07/2025" in page


def test_json_for_who_asks_for_it(signed_in):
    told = signed_in.get("/dia-ban/tim/", {"q": "thoi lai", "format": "json"}).json()

    assert told["matches"][0] == {
        "key": "c31258",
        "name": "Xã Thới Lai",
        "level": "COMMUNE",
        "parent_name": "Thành phố Cần Thơ",
        "former_name": "",
        "is_part": False,
        "says": "",
    }


def test_what_was_typed_cannot_break_the_page(signed_in):
    page = signed_in.get("/dia-ban/tim/", {"q": "<script>", "on": "hôm qua"})

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_a_units_page_names_its_predecessors(signed_in):
    page = signed_in.get("/dia-ban/c31120/").content.decode()

    assert "Phường Cái Khế" in page
    assert "Quận Ninh Kiều" in page


def test_an_old_units_page_says_what_it_became(signed_in):
    page = signed_in.get("/dia-ban/c31117.old/").content.decode()

    assert "Đơn vị hành chính cũ" in page
    assert "/dia-ban/c31120/" in page


def test_an_unknown_key_is_refused(signed_in):
    assert signed_in.get("/dia-ban/c0/").status_code == 404


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/dia-ban/tim/", {"q": "can tho"}).status_code == 302
    assert search.door_policy.code == "places.look-up"
