"""Request numbers, one log line a request, pages that leave no copy and ask nothing of the device."""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("diemtua.requests")

NOTHING_OF_THE_DEVICE = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb", "browsing-topics",
    )
)  # fmt: skip


class RequestNumber:
    """Give each request a short number that an error page shows and the log repeats.

    The log names the view, never the path or the query: an address can hold what was searched for.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``request.number`` and write one line when the answer is ready."""
        request.number = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        match = request.resolver_match
        if match is None and response.status_code < HTTPStatus.BAD_REQUEST:
            return response  # a static file
        log.info(
            "request.answered",
            view=match.view_name if match else "",
            method=request.method,
            status=response.status_code,
            duration_ms=round((time.perf_counter() - started) * 1000),
            request_id=request.number,  # type: ignore[attr-defined]
        )
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> None:
        """Log a fault of a view; Django goes on to show the error page."""
        log_fault(request, fault)


def log_fault(request: HttpRequest, fault: BaseException | None) -> None:
    """Log a fault once, by its kind and its frames, never by its words."""
    if fault is None or getattr(request, "logged_fault", None) is fault:
        return
    request.logged_fault = fault  # type: ignore[attr-defined]
    match = getattr(request, "resolver_match", None)
    log.error(
        "request.failed",
        view=match.view_name if match else "",
        method=request.method,
        request_id=getattr(request, "number", ""),
        exc_info=fault,
    )


class NoStore:
    """Tell the browser to keep no copy of any page, and to lend no page its camera or its place."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set both headers unless the view said otherwise."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        return response
