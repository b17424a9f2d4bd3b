from types import SimpleNamespace

import pytest
import structlog
from django.test import RequestFactory

from diemtua.foundation.doors import refused
from diemtua.foundation.refusals import NotForYou
from diemtua.foundation.ui import views
from diemtua.foundation.ui.tests.pages import dressed, request

PAGES = {
    views.bad_request: (400, "chưa đọc được yêu cầu"),
    views.forbidden: (403, "không mở được trang này"),
    views.not_found: (404, "Không có trang này"),
    views.failed: (500, "không phải lỗi của bạn"),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_says_what_happened_and_gives_the_number(page):
    answer = page(request())
    status, words = PAGES[page]
    assert answer.status_code == status
    html = answer.content.decode()
    assert words in html
    assert "AB12CD34" in html
    assert '<html lang="vi"' in html


def test_the_page_of_a_fault_needs_neither_database_nor_session():
    bare = SimpleNamespace(COOKIES={}, number="AB12CD34")  # no user, no session, no database mark
    assert b"AB12CD34" in views.failed(bare).content


def test_a_fault_before_any_view_is_logged_too():
    made = request()
    with structlog.testing.capture_logs() as lines:
        try:
            int("chị Hoa")
        except ValueError:
            views.failed(made)
            views.failed(made)
    assert [line["event"] for line in lines] == ["request.failed"]
    assert lines[0]["request_id"] == "AB12CD34"


def test_a_refusal_says_its_sentence_and_its_remedy():
    answer = refused(request(), NotForYou())
    assert answer.status_code == 403
    assert NotForYou().says in answer.content.decode()
    assert NotForYou().advises in answer.content.decode()


def expired(data, **headers):
    return dressed(RequestFactory().post("/ho-so/", data, headers=headers))


def test_what_was_typed_into_a_page_left_open_is_kept():
    old = expired(
        {"name": "Hoa <b>", "csrfmiddlewaretoken": "old", "acts": ["a", "b"]},
        sec_fetch_site="same-origin",
    )
    html = views.csrf_failed(old).content.decode()
    assert 'name="name" value="Hoa &lt;b&gt;"' in html
    assert html.count('name="acts"') == 2
    assert 'value="old"' not in html


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_another_sites_form_never_becomes_ours_by_one_tap(site):
    foreign = expired({"name": "Hoa"}, sec_fetch_site=site)
    assert views.kept_fields(foreign) == []
    assert "Hoa" not in views.csrf_failed(foreign).content.decode()


def test_a_secret_is_never_handed_back():
    assert (
        views.kept_fields(expired({"login": "a", "password": "x"}, sec_fetch_site="same-origin"))
        == []
    )
    kept = views.kept_fields(expired({"name": "a", "code": "123456"}, sec_fetch_site="same-origin"))
    assert kept == [("name", "a")]
