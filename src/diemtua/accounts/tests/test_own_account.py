import time
from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diemtua.accounts import devices, services
from diemtua.accounts.errors import SignInStale
from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import sign_in, signed_in, staff

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def older_sign_in(client):
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": time.time() - 301} for record in session["account_authentication_methods"]
    ]
    session.save()


def test_one_acts_in_one_role_at_a_time_and_changes_over(client):
    member = signed_in(client)
    second = factories.member(role=Role.LEADER, user=member.user, valid_from=date(2026, 1, 1))
    assert client.get("/tai-khoan/").context["acting"] == member
    client.post(reverse("accounts:act-as"), {"membership": str(second.pk)})
    page = client.get("/tai-khoan/")
    assert page.context["acting"] == second
    assert second.organisation.name in page.content.decode()


@pytest.mark.parametrize("membership", ["someone else's", "", "không phải mã"])
def test_nobody_acts_in_a_role_that_is_not_theirs(client, membership):
    member = signed_in(client)
    other = factories.member(role=Role.COUNSELLOR)
    wanted = str(other.pk) if membership == "someone else's" else membership
    assert client.post(reverse("accounts:act-as"), {"membership": wanted}).status_code == 404
    assert client.get("/tai-khoan/").context["acting"] == member


def test_sessions_are_listed_in_words_and_others_end_at_once(client):
    member = signed_in(client)
    elsewhere = Client(HTTP_USER_AGENT=FIREFOX)
    sign_in(elsewhere, member)
    page = client.get(reverse("accounts:sessions")).content.decode()
    assert "Firefox trên Linux" in page
    theirs = UserSession.objects.get(user_agent=FIREFOX)
    client.post(reverse("accounts:end-session"), {"session": str(theirs.pk)})
    assert elsewhere.get("/tai-khoan/")["Location"].startswith("/vao/")
    assert client.get("/tai-khoan/").status_code == 200


def test_all_other_sessions_end_together(client):
    member = signed_in(client)
    others = [Client(), Client()]
    for browser in others:
        sign_in(browser, member)
    client.post(reverse("accounts:end-session"), {"session": "others"})
    assert all(browser.get("/tai-khoan/").status_code == 302 for browser in others)
    assert client.get("/tai-khoan/").status_code == 200


def test_nobody_ends_another_persons_session(client):
    browser = Client()
    other = signed_in(browser)
    signed_in(client)
    theirs = UserSession.objects.get(user=other.user)
    answer = client.post(reverse("accounts:end-session"), {"session": str(theirs.pk)})
    assert answer.status_code == 404
    assert browser.get("/tai-khoan/").status_code == 200


def test_changing_the_passphrase_ends_the_other_sessions(client):
    member = signed_in(client)
    elsewhere = Client()
    sign_in(elsewhere, member)
    new = "mười hai con thuyền giấy"
    typed = {"oldpassword": factories.PASSPHRASE, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), typed)["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox trên Linux"),
        (CHROME, "Chrome trên Windows"),
        (CHROME + " Edg/140.0", "Edge trên Windows"),
        ("curl/8", "Thiết bị không rõ"),
    ],
)
def test_browsers_are_named_in_words(agent, words):
    assert devices.in_words(agent) == words


def test_language_is_changed_signed_out_and_kept_for_every_device_signed_in(client):
    client.post(reverse("accounts:language"), {"language": "en", "next": "/vao/"})
    assert client.cookies["lang"].value == "en"
    member = signed_in(client)
    assert client.cookies["lang"].value == "vi"
    client.post(reverse("accounts:language"), {"language": "en"})
    member.user.refresh_from_db()
    assert member.user.language == "en"
    elsewhere = Client()
    sign_in(elsewhere, member)
    assert elsewhere.get("/tai-khoan/")["Content-Language"] == "en"


def test_an_unknown_language_or_theme_changes_nothing(client):
    member = signed_in(client)
    client.post(reverse("accounts:language"), {"language": "xx"})
    client.post(reverse("accounts:theme"), {"theme": "pink"})
    member.user.refresh_from_db()
    assert (member.user.language, member.user.theme) == ("vi", "auto")


def test_the_theme_is_kept(client):
    member = signed_in(client)
    client.post(reverse("accounts:theme"), {"theme": "dark"})
    member.user.refresh_from_db()
    assert member.user.theme == "dark"
    assert client.cookies["theme"].value == "dark"


def test_a_sensitive_act_right_after_signing_in_needs_no_more(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    assert client.get(reverse("accounts:invite")).status_code == 200


def test_a_sensitive_act_later_asks_who_one_is_and_leads_back(client):
    member = signed_in(client, role=Role.SUPERVISOR)
    older_sign_in(client)
    response = client.get(reverse("accounts:invite"))
    assert response["Location"] == "/vao/xac-nhan/?next=%2Fmoi%2Fgui%2F"
    page = client.get(response["Location"])
    assert "Xác nhận đó là bạn" in page.content.decode()
    wrong = client.post(response["Location"], {"password": "sai"})
    assert "Mật khẩu chưa đúng" in wrong.content.decode()
    right = client.post(response["Location"], {"password": factories.PASSPHRASE})
    assert right["Location"] == "/moi/gui/"
    assert client.get("/moi/gui/").status_code == 200
    assert member.role == Role.SUPERVISOR


def test_what_was_posted_before_the_proof_is_never_kept_in_the_session(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    older_sign_in(client)
    response = client.post(reverse("accounts:invite"), {"full_name": "Người Không Được Lưu"})
    assert response.status_code == 302
    assert "Người Không Được Lưu" not in str(dict(client.session.items()))


def test_who_has_nothing_to_repeat_signs_in_anew(rf, client):
    member = factories.member(role=Role.LEADER)
    request = rf.get("/")
    request.user, request.session = member.user, client.session
    with pytest.raises(SignInStale):
        services.require_recent_sign_in(request)


def test_a_passphrase_is_needed_for_the_second_factor_pages_later(client):
    sign_in(client, staff(Role.LEADER))
    older_sign_in(client)
    answer = client.get(reverse("mfa_activate_totp"))
    assert isinstance(answer, HttpResponse)
    assert answer["Location"].startswith("/vao/xac-nhan/")
