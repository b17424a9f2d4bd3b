import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import sign_in, signed_in, staff
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


def try_in(client, email, password="sai mật khẩu rồi", **extra):
    return client.post("/vao/", {"login": email, "password": password}, **extra)


def test_the_right_passphrase_opens_the_door_and_leads_back_to_the_page_asked_for(client):
    member = staff()
    response = sign_in(client, member, next_page="/tai-khoan/")
    assert (response.status_code, response["Location"]) == (302, "/tai-khoan/")
    assert client.get("/tai-khoan/").status_code == 200


def test_nobody_is_led_to_another_site_after_signing_in(client):
    response = sign_in(client, staff(), next_page="https://evil.example/")
    assert response["Location"] == "/"


def test_a_wrong_passphrase_and_an_unknown_address_get_the_same_answer(client):
    known = try_in(client, staff().user.email)
    unknown = try_in(client, "khong-co@vi-du.example")
    assert known.status_code == unknown.status_code == 422
    for page in (known, unknown):
        assert "E-mail hoặc mật khẩu chưa đúng." in page.content.decode()


def test_the_sixth_wrong_try_is_refused_and_says_when_to_come_back(client):
    email = staff().user.email
    for _ in range(5):
        assert try_in(client, email).status_code == 422
    sixth = try_in(client, email)
    assert sixth.status_code == 429
    assert "Thử lại sau 15 phút (lúc " in sixth.content.decode()


def test_even_the_right_passphrase_waits_while_an_account_is_throttled(client):
    member = staff()
    for _ in range(6):
        try_in(client, member.user.email)
    assert try_in(client, member.user.email, factories.PASSPHRASE).status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_throttled_like_a_known_one(client):
    for _ in range(5):
        try_in(client, "khong-co@vi-du.example")
    assert try_in(client, "khong-co@vi-du.example").status_code == 429


def test_five_wrong_tries_do_not_lock_a_colleague_out(client):
    for _ in range(6):
        try_in(client, staff().user.email)
    assert sign_in(client, staff()).status_code == 302


def test_another_network_address_does_not_help_against_the_throttle(client):
    email = staff().user.email
    for number in range(5):
        try_in(client, email, REMOTE_ADDR=f"203.0.113.{number}")
    assert try_in(client, email, REMOTE_ADDR="203.0.113.99").status_code == 429


def test_a_forwarded_address_is_not_believed_unless_a_proxy_is_declared(client, settings, rf):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.7", REMOTE_ADDR="198.51.100.1")
    assert get_adapter().get_client_ip(request) == "198.51.100.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_adapter().get_client_ip(request) == "203.0.113.7"


def test_the_throttles_counters_are_not_thrown_away_by_filling_the_cache():
    cache.set("probe", [1.0], 60)
    for number in range(400):
        cache.set(f"noise-{number}", [1.0], 60)
    assert cache.get("probe") == [1.0]


def test_a_suspended_person_cannot_sign_in(client):
    member = staff()
    with as_owner():
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
    sign_in(client, member)
    assert "_auth_user_id" not in client.session


def test_a_suspended_person_loses_access_at_the_next_request(client):
    member = signed_in(client)
    assert client.get("/tai-khoan/").status_code == 200
    with as_owner():
        type(member.user).objects.filter(pk=member.user_id).update(is_active=False)
    assert client.get("/tai-khoan/")["Location"] == "/vao/?next=/tai-khoan/"


def test_an_ended_membership_loses_access_at_the_next_request(client):
    member = signed_in(client)
    with as_owner():
        member.valid_to = member.valid_from
        member.save(update_fields=["valid_to"])
    response = client.get("/tai-khoan/")
    assert response["Location"] == reverse("accounts:no-role")
    page = client.get(response["Location"])
    assert page.status_code == 403
    assert "chưa có vai trò" in page.content.decode()


def test_a_closed_organisation_gives_no_access(client):
    member = signed_in(client)
    with as_owner():
        member.organisation.closed_on = factories.LONG_AGO
        member.organisation.save(update_fields=["closed_on"])
    assert client.get("/tai-khoan/")["Location"] == reverse("accounts:no-role")


def test_signing_out_needs_a_post_and_ends_the_session(client):
    signed_in(client)
    assert client.get("/ra/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/ra/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "account_set_password",
        "account_confirm_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "mfa_download_recovery_codes",
    ],
)
def test_pages_of_the_package_that_are_not_used_answer_that_there_are_none(client, name):
    assert client.get(reverse(name)).status_code == 404


def test_a_forgotten_passphrase_gives_nothing_away_where_mail_is_set_up(
    client, settings, mailoutbox
):
    settings.DIEMTUA_MAIL = True
    member = staff(Role.LEADER)
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (member.user.email, "khong-co@vi-du.example")
    ]
    assert [a["Location"] for a in answers] == [reverse("account_reset_password_done")] * 2
    assert [mail.to for mail in mailoutbox] == [[member.user.email]]
    assert "/vao/mat-khau/dat-lai/" in mailoutbox[0].body


def test_sign_in_pages_hold_no_inline_script_style_or_handler(client):
    page = client.get("/vao/").content.decode()
    assert "style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page
