import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory

from diemtua.foundation.ui import middleware


def answer(view_name="room:page", path="/ho-so/nguyen-thi-a/?q=0901234567", status=200):
    request = RequestFactory().get(path)
    request.resolver_match = type("Match", (), {"view_name": view_name})()
    with structlog.testing.capture_logs() as lines:
        response = middleware.RequestNumber(lambda _r: HttpResponse(status=status))(request)
    return request, response, lines


def test_the_number_on_the_page_is_the_one_in_the_log():
    request, response, lines = answer()
    assert len(request.number) == 8
    assert response.headers["X-Request-Number"] == request.number
    assert lines[0]["request_id"] == request.number


def test_the_log_names_the_view_and_never_the_address():
    _request, _response, lines = answer()
    assert lines[0]["view"] == "room:page"
    assert set(lines[0]) == {
        "view",
        "method",
        "status",
        "duration_ms",
        "request_id",
        "event",
        "log_level",
    }
    assert "nguyen" not in str(lines)
    assert "0901234567" not in str(lines)


def test_static_files_are_not_logged():
    request = RequestFactory().get("/static/x.css")
    with structlog.testing.capture_logs() as lines:
        middleware.RequestNumber(lambda _r: HttpResponse())(request)
    assert lines == []


def test_a_fault_is_logged_by_its_kind_and_not_by_its_words():
    request = RequestFactory().get("/")
    request.number = "AB12CD34"
    with structlog.testing.capture_logs() as lines:
        middleware.RequestNumber(lambda _r: HttpResponse()).process_exception(
            request, ValueError("chị Hoa")
        )
    assert lines[0]["event"] == "request.failed"
    assert isinstance(
        lines[0]["exc_info"], ValueError
    )  # foundation.logs turns it into frames alone


@pytest.mark.parametrize("header", ["Cache-Control", "Permissions-Policy"])
def test_a_page_is_not_kept_and_asks_nothing_of_the_device(header):
    response = middleware.NoStore(lambda _r: HttpResponse())(RequestFactory().get("/"))
    assert {"Cache-Control": "no-store", "Permissions-Policy": middleware.NOTHING_OF_THE_DEVICE}[
        header
    ] == response[header]


def test_a_view_may_say_otherwise():
    def cached(_request):
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert middleware.NoStore(cached)(RequestFactory().get("/"))["Cache-Control"] == "max-age=60"
