import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import with_app

pytestmark = pytest.mark.django_db
URL = "accounts:demo-sign-in"


@pytest.fixture
def counsellor():
    return factories.member(role=Role.COUNSELLOR, user=factories.user(is_sample=True))


@pytest.fixture
def demo(settings):
    settings.DIEMTUA_DEMO = True
    settings.DIEMTUA_MFA_REQUIRED = False


def test_in_the_demo_one_tap_signs_in_as_an_invented_person(client, demo, counsellor):
    page = client.get("/vao/").content.decode()
    assert "dữ liệu mẫu" in page
    assert counsellor.user.full_name in page
    response = client.post(reverse(URL), {"user": str(counsellor.user_id)})
    assert response["Location"] == "/"
    assert client.get("/tai-khoan/").status_code == 200


def test_who_tries_a_second_factor_in_the_demo_locks_nobody_out(client, demo, counsellor):
    with_app(counsellor.user)
    client.post(reverse(URL), {"user": str(counsellor.user_id)})
    assert client.get("/tai-khoan/").status_code == 200


def test_outside_the_demo_the_same_tap_is_refused(client, counsellor):
    assert client.post(reverse(URL), {"user": str(counsellor.user_id)}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "dữ liệu mẫu" not in client.get("/vao/").content.decode()


@pytest.mark.parametrize("user", ["real", "", "không phải mã"])
def test_even_in_the_demo_only_invented_people_are_entered(client, demo, user):
    real = factories.member(role=Role.COUNSELLOR)
    wanted = str(real.user_id) if user == "real" else user
    assert client.post(reverse(URL), {"user": wanted}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert real.user.full_name not in client.get("/vao/").content.decode()


def test_a_demo_screen_unlocks_without_a_passphrase(client, demo, counsellor):
    client.post(reverse(URL), {"user": str(counsellor.user_id)})
    client.post(reverse("accounts:lock"), {"next": "/tai-khoan/"})
    assert client.post(reverse("accounts:unlock"))["Location"] == "/tai-khoan/"


def test_the_focus_does_not_pull_the_page_past_the_invented_people(client, demo, counsellor):
    address = reverse("account_login")
    assert "autofocus" not in client.get(address).content.decode()
    settled = client.post(address, {"login": "ai@mau.diemtua.example", "password": "sai"})
    assert "autofocus" in settled.content.decode()  # a form in use keeps it
