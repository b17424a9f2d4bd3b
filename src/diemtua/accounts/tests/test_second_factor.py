import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import NEEDS_SECOND_FACTOR, Role
from diemtua.accounts.second_factor import StaffMFAAdapter
from diemtua.accounts.tests.signing_in import code_now, sign_in, signed_in, staff, with_app

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_a_role_that_needs_a_second_factor_opens_nothing_until_it_is_set_up(client, role):
    sign_in(client, staff(role))
    response = client.get("/tai-khoan/")
    assert response["Location"] == f"{reverse('mfa_index')}?next=%2Ftai-khoan%2F"
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role.values) - NEEDS_SECOND_FACTOR))
def test_other_roles_work_without_one(client, role):
    sign_in(client, staff(role))
    assert client.get("/tai-khoan/").status_code == 200


def test_the_demo_demands_none(client, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    sign_in(client, staff(Role.COUNSELLOR))
    assert client.get("/tai-khoan/").status_code == 200


def set_up_app(client):
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"accounts-secret\">([A-Z2-7=]+)<", page)[1]
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})


def test_setting_up_an_app_with_its_code_opens_the_house_and_shows_codes_once(client):
    sign_in(client, staff(Role.COUNSELLOR))
    _secret, response = set_up_app(client)
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    first = client.get(response["Location"]).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", first)
    assert len(codes) == 10
    again = client.get(response["Location"]).content.decode()
    assert not any(code in again for code in codes)
    assert "Còn 10 mã chưa dùng" in again
    assert client.get("/tai-khoan/").status_code == 200


def test_a_wrong_code_sets_up_nothing(client):
    sign_in(client, staff(Role.COUNSELLOR))
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Mã chưa đúng" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_with_an_app_the_passphrase_alone_does_not_sign_in(client):
    member = staff(Role.COUNSELLOR)
    secret = with_app(member.user)
    response = client.post(
        "/vao/", {"login": member.user.email, "password": "chiếc thuyền trên sông Hậu"}
    )
    assert response["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert "_auth_user_id" in client.session


def test_a_code_works_once(client):
    member = staff(Role.COUNSELLOR)
    secret = with_app(member.user)
    code = code_now(secret)
    for browser, may_enter in ((client, True), (Client(), False)):
        browser.post(
            "/vao/", {"login": member.user.email, "password": "chiếc thuyền trên sông Hậu"}
        )
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in browser.session) is may_enter


def test_guessing_codes_is_throttled(client):
    member = staff(Role.COUNSELLOR)
    with_app(member.user)
    client.post("/vao/", {"login": member.user.email, "password": "chiếc thuyền trên sông Hậu"})
    for guess in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{guess}"})
    page = client.post(reverse("mfa_authenticate"), {"code": "999999"})
    assert "nhập sai quá nhiều lần" in page.content.decode()


def test_no_secret_of_an_app_can_be_read_in_the_table(client):
    sign_in(client, staff(Role.COUNSELLOR))
    secret, _response = set_up_app(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert secret not in stored
    assert len(stored) > 100


def test_a_sealed_secret_opens_again_and_an_altered_one_does_not():
    adapter = StaffMFAAdapter()
    sealed = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert adapter.decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    assert adapter.encrypt("JBSWY3DPEHPK3PXP") != sealed
    altered = ("A" if sealed[20] != "A" else "B").join((sealed[:20], sealed[21:]))
    with pytest.raises(InvalidTag):
        adapter.decrypt(altered)


def test_who_must_have_a_second_factor_cannot_drop_the_last_app(client):
    member = signed_in(client, role=Role.COUNSELLOR)
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "bắt buộc có xác minh hai lớp" in page.content.decode()
    assert Authenticator.objects.filter(user=member.user, type="totp").exists()


def test_who_need_not_have_one_may_drop_it(client):
    member = staff(Role.LEADER)
    with_app(member.user)
    sign_in(client, member)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member.user).exists()


def test_pages_about_passkeys_open_and_carry_what_the_browser_needs(client):
    signed_in(client, role=Role.COUNSELLOR)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert 'data-behaviour="passkey"' in page
    assert '"creation_options"' in page
    assert "Chưa có khóa truy cập nào" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_the_sign_in_page_offers_a_passkey_and_hands_out_a_challenge(client):
    assert reverse("mfa_login_webauthn") in client.get("/vao/").content.decode()
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["challenge"]
