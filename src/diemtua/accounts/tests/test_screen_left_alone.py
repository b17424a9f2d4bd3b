import time

import pytest
from django.urls import reverse

from diemtua.accounts.middleware import SEEN
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def idle(client, minutes):
    session = client.session
    session[SEEN] = int(time.time()) - minutes * 60
    session.save()


def test_a_screen_left_alone_is_signed_out_and_told_why_and_led_back(client):
    signed_in(client)
    idle(client, 21)
    response = client.get("/tai-khoan/phien/?a=1")
    assert response["Location"] == "/vao/?next=%2Ftai-khoan%2Fphien%2F%3Fa%3D1&reason=idle"
    assert "_auth_user_id" not in client.session
    page = client.get(response["Location"]).content.decode()
    assert "để yên quá lâu" in page
    assert "/tai-khoan/phien/?a=1" in page


def test_work_keeps_the_session_alive(client):
    signed_in(client)
    idle(client, 19)
    assert client.get("/tai-khoan/").status_code == 200
    assert time.time() - client.session[SEEN] < 5


def test_a_page_that_refreshes_itself_is_not_work(client):
    signed_in(client)
    idle(client, 19)
    before = client.session[SEEN]
    assert client.get("/tai-khoan/", headers={"x-passive": "1"}).status_code == 200
    assert client.session[SEEN] == before


def test_somebody_typing_long_keeps_the_session_alive(client):
    signed_in(client)
    idle(client, 19)
    assert client.get(reverse("accounts:here")).status_code == 204
    assert time.time() - client.session[SEEN] < 5


def test_a_page_can_ask_whether_its_session_still_lives_without_keeping_it_alive(client):
    signed_in(client)
    idle(client, 19)
    before = client.session[SEEN]
    assert client.get(reverse("accounts:here"), headers={"x-passive": "1"}).status_code == 204
    assert client.session[SEEN] == before
    idle(client, 21)
    assert client.get(reverse("accounts:here"), headers={"x-passive": "1"}).status_code == 302
    assert client.get(reverse("accounts:here")).status_code == 401


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    signed_in(client)
    idle(client, 21)
    response = client.post(
        "/tai-khoan/giao-dien/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/tai-khoan/"},
    )
    assert response["HX-Redirect"] == "/vao/?next=%2Ftai-khoan%2F&reason=idle"


def test_a_locked_screen_opens_nothing_and_shows_only_the_unlock_form(client):
    member = signed_in(client)
    response = client.post(reverse("accounts:lock"), {"next": "/tai-khoan/phien/"})
    assert response["Location"] == reverse("accounts:unlock")
    assert response.cookies["lock"]["httponly"]
    for path in ("/tai-khoan/", "/tai-khoan/phien/", "/vao/hai-lop/"):
        assert client.get(path)["Location"] == reverse("accounts:unlock")
    page = client.get(reverse("accounts:unlock"))
    assert member.user.full_name in page.content.decode()
    assert member.user.email not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_the_passphrase_unlocks_and_leads_back(client):
    signed_in(client)
    client.post(reverse("accounts:lock"), {"next": "/tai-khoan/phien/"})
    wrong = client.post(reverse("accounts:unlock"), {"password": "sai"})
    assert wrong.status_code == 422
    assert "Mật khẩu chưa đúng" in wrong.content.decode()
    assert client.get("/tai-khoan/").status_code == 302
    right = client.post(reverse("accounts:unlock"), {"password": factories.PASSPHRASE})
    assert right["Location"] == "/tai-khoan/phien/"
    assert client.get("/tai-khoan/").status_code == 200


def test_guessing_at_a_locked_screen_ends_the_session(client):
    signed_in(client)
    client.post(reverse("accounts:lock"))
    for _ in range(5):
        client.post(reverse("accounts:unlock"), {"password": "sai"})
    last = client.post(reverse("accounts:unlock"), {"password": factories.PASSPHRASE})
    assert last["Location"] == "/vao/?reason=failed-unlock"
    assert "_auth_user_id" not in client.session


def test_locking_never_leads_to_another_site(client):
    signed_in(client)
    client.post(reverse("accounts:lock"), {"next": "https://evil.example/"})
    right = client.post(reverse("accounts:unlock"), {"password": factories.PASSPHRASE})
    assert right["Location"] == "/"


def test_a_locked_screen_left_alone_is_signed_out_too(client):
    signed_in(client)
    client.post(reverse("accounts:lock"), {"next": "/tai-khoan/"})
    idle(client, 21)
    assert "reason=idle" in client.get(reverse("accounts:unlock"))["Location"]
