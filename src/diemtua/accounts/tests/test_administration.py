from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Organisation, OrganisationKind, Role, User
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import sign_in, signed_in, staff, with_app

pytestmark = pytest.mark.django_db

PAGES = [
    "accounts:administration",
    "accounts:people",
    "accounts:organisations",
    "accounts:new-organisation",
]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.ADMINISTRATOR}))
def test_only_the_administrator_opens_the_pages_of_administration(client, role):
    signed_in(client, role=role)
    person = factories.user()
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("accounts:person", args=[person.pk])).status_code == 403
    for name in ("grant", "end-membership", "suspend", "restore", "reset-second-factor",
                 "passphrase-link"):  # fmt: skip
        assert client.post(reverse(f"accounts:{name}", args=[person.pk])).status_code == 403


def test_a_wall_stands_where_cases_would_be_and_says_why(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    page = client.get(reverse("accounts:administration")).content.decode()
    assert "Quản trị viên không mở được hồ sơ" in page


def test_people_are_found_without_accents_and_by_what_is_missing(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    nga = factories.member(role=Role.COUNSELLOR, user=factories.user(full_name="Đặng Thị Ngà"))
    other = factories.member(role=Role.LEADER, user=factories.user(full_name="Lý Văn Tám"))

    def found(query):
        return client.get(reverse("accounts:people") + query).content.decode()

    assert "Đặng Thị Ngà" in found("?q=dang+nga")
    assert "Lý Văn Tám" not in found("?q=dang+nga")
    assert "Lý Văn Tám" not in found("?missing=on")
    assert "Đặng Thị Ngà" in found("?missing=on")
    assert "Đặng Thị Ngà" not in found(f"?role={Role.LEADER}")
    assert "Lý Văn Tám" not in found(f"?organisation={nga.organisation_id}")
    assert "Không tìm thấy ai" in found("?q=khong+co+ai+ten+nay")
    with_app(nga.user)
    assert "Đặng Thị Ngà" not in found("?missing=on")
    assert other.user.full_name in found("")


def test_suspending_a_person_ends_every_session_at_once(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    browser = Client()
    member = signed_in(browser)
    client.post(reverse("accounts:suspend", args=[member.user_id]), {"reason": "LEFT"})
    assert browser.get("/tai-khoan/")["Location"].startswith("/vao/")
    sign_in(browser, member)
    assert "_auth_user_id" not in browser.session
    client.post(reverse("accounts:restore", args=[member.user_id]))
    sign_in(browser, member)
    assert browser.get("/tai-khoan/").status_code == 200


def test_suspending_needs_a_reason_from_the_list(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    member = staff()
    client.post(reverse("accounts:suspend", args=[member.user_id]), {"reason": "vì tôi thích"})
    assert User.objects.get(pk=member.user_id).is_active


def test_resetting_a_second_factor_ends_sessions_and_demands_a_new_one(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    browser = Client()
    member = signed_in(browser, role=Role.COUNSELLOR)
    client.post(reverse("accounts:reset-second-factor", args=[member.user_id]), {"reason": "LOST"})
    assert not Authenticator.objects.filter(user=member.user).exists()
    assert browser.get("/tai-khoan/")["Location"].startswith("/vao/?next")
    sign_in(browser, member)
    assert browser.get("/tai-khoan/")["Location"].startswith(reverse("mfa_index"))


def test_an_administrator_resets_and_suspends_not_themselves(client):
    me = signed_in(client, role=Role.ADMINISTRATOR)
    for name, data in (("reset-second-factor", {"reason": "LOST"}), ("suspend", {"reason": "LEFT"}),
                       ("passphrase-link", {})):  # fmt: skip
        answer = client.post(reverse(f"accounts:{name}", args=[me.user_id]), data)
        assert answer.status_code == 403
    assert Authenticator.objects.filter(user=me.user).exists()


def test_ending_a_role_from_the_persons_page(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    member = staff()
    address = reverse("accounts:end-membership", args=[member.user_id])
    client.post(address, {"membership": str(member.pk)})
    member.refresh_from_db()
    assert member.valid_to is not None
    page = client.get(reverse("accounts:person", args=[member.user_id])).content.decode()
    assert "đã kết thúc" in page


def test_a_clashing_role_keeps_the_form_and_says_why(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    member = staff(Role.COUNSELLOR)
    page = client.post(
        reverse("accounts:grant", args=[member.user_id]),
        {"key": str(uuid4()), "organisation": str(member.organisation_id), "role": Role.AUDITOR},
    )
    assert page.status_code == 422
    assert "không thể cùng lúc giữ vai trò" in page.content.decode()


def test_a_link_for_a_forgotten_passphrase_sets_a_new_one_and_leaves_the_second_factor(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    member = staff(Role.COUNSELLOR)
    with_app(member.user)
    page = client.post(reverse("accounts:passphrase-link", args=[member.user_id])).content.decode()
    link = page.split('value="http://testserver')[1].split('"')[0]
    browser = Client()
    form = browser.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    new = "mười hai con thuyền giấy"
    browser.post(address, {"password1": new, "password2": new})
    member.user.refresh_from_db()
    assert member.user.check_password(new)
    assert Authenticator.objects.filter(user=member.user).exists()
    assert "không còn dùng được" in Client().get(link).content.decode()


def test_an_organisation_is_made_once_in_its_place(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    factories.unit(factories.NINH_KIEU)
    typed = {"key": str(uuid4()), "name": "Trạm Y tế Ninh Kiều", "kind": OrganisationKind.HEALTH,
             "unit": factories.NINH_KIEU}  # fmt: skip
    for _ in range(2):
        assert client.post(reverse("accounts:new-organisation"), typed).status_code == 302
    assert Organisation.objects.filter(name="Trạm Y tế Ninh Kiều").count() == 1
    again = client.post(reverse("accounts:new-organisation"), {**typed, "key": str(uuid4())})
    assert again.status_code == 422
    assert "Đã có đơn vị cùng tên" in again.content.decode()
    found = client.get(reverse("accounts:organisations") + "?q=tram+ninh").content.decode()
    assert "Trạm Y tế Ninh Kiều" in found


def test_an_organisation_is_corrected_and_never_its_own_parent(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    above = factories.organisation(kind=OrganisationKind.DEPARTMENT)
    below = factories.organisation(parent=above)
    typed = {"name": "Tên mới", "kind": above.kind, "unit": above.unit_id, "parent": str(below.pk)}
    address = reverse("accounts:organisation", args=[above.pk])
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "parent": ""}).status_code == 302
    above.refresh_from_db()
    assert above.name == "Tên mới"
    assert client.get(reverse("accounts:organisation", args=[uuid4()])).status_code == 404


def test_closing_an_organisation_shuts_its_members_out(client):
    signed_in(client, role=Role.ADMINISTRATOR)
    browser = Client()
    member = signed_in(browser)
    client.post(reverse("accounts:close-organisation", args=[member.organisation_id]))
    assert browser.get("/tai-khoan/")["Location"] == reverse("accounts:no-role")
