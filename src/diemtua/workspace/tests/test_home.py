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


@pytest.mark.parametrize("role", [role for role in Role if menu.home_of(role)])
def test_the_day_of_a_role_with_a_page_begins_there(role):
    answer = browser(accounts.asker(role=role)).get("/")
    assert answer.headers["Location"] == menu.home_of(role)


@pytest.mark.parametrize("role", [role for role in Role if not menu.home_of(role)])
def test_a_role_without_a_page_is_told_so_and_what_to_do_meanwhile(role):
    text = browser(accounts.asker(role=role)).get("/").content.decode()
    assert "Vai trò này chưa có trang làm việc" in text
    assert reverse("accounts:me") in text
