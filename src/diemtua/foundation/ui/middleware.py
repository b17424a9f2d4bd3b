"""Request numbers, and pages that leave no copy."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


class RequestNumber:
    """Give each request a short number that an error page shows and the log repeats."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``request.number``."""
        request.number = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        return self.get_response(request)


class NoStore:
    """Tell the browser to keep no copy of any page."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``Cache-Control: no-store`` unless the view said otherwise."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
