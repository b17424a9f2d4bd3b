import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.foundation.ui import menu
from diemtua.hotline.tests.factories import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.mark.parametrize("role", sorted(Role.values))
def test_the_day_of_every_role_begins_on_a_page_of_its_own(role):
    answer = browser(accounts.asker(role=role)).get("/")
    assert answer.headers["Location"] == menu.home_of(role)


def test_a_role_without_a_page_would_be_told_so_and_what_to_do_meanwhile(monkeypatch):
    monkeypatch.setattr(menu, "home_of", lambda _role: "")
    monkeypatch.setattr(menu, "items_of", lambda _role, *, path: [])  # noqa: ARG005 - as it is called
    text = browser(accounts.asker(role=Role.AUDITOR)).get("/").content.decode()
    assert "Vai trò này chưa có trang làm việc" in text
    assert reverse("accounts:me") in text
