"""What stands between a signed-in screen left alone and whoever passes by."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from diemtua.accounts.adapter import StaffAccountAdapter
from diemtua.accounts.queries import asker_of_request
from diemtua.accounts.services.sign_in import LOCKED, page_behind
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker

View = Callable[[HttpRequest], HttpResponse]

SEEN = "seen"
RECORDED_EVERY = 30  # seconds; so that not every request writes the session
PASSIVE_VIEWS = frozenset({"live:stream"})
PASSIVE_HEADER = "X-Passive"
OPEN_WHILE_LOCKED = frozenset({"accounts:unlock", "accounts:language", "account_logout"})


def is_passive(request: HttpRequest) -> bool:
    """Return whether a page asked by itself, with nobody at the keyboard."""
    match = request.resolver_match
    by_name = match is not None and match.view_name in PASSIVE_VIEWS
    return by_name or PASSIVE_HEADER in request.headers


def send_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole page elsewhere, also when only a part of it, or its live stream, had asked."""
    match = request.resolver_match
    if match is not None and match.view_name in PASSIVE_VIEWS:
        return HttpResponse(status=204)  # ends an event stream for good
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


class IdleTimeout:
    """End a session that was idle for longer than ``DIEMTUA_IDLE_MINUTES``."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the decision falls in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """End the session when nobody sat there; else note that somebody does."""
        if not request.user.is_authenticated:
            return None
        now = int(time.time())
        seen = int(request.session.get(SEEN, now))
        if now - seen >= settings.DIEMTUA_IDLE_MINUTES * 60:
            back = request.session.get(LOCKED) or page_behind(request)
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            StaffAccountAdapter(request).logout(request)
            query = urlencode({"next": back, "reason": "idle"})
            return send_to(request, f"{settings.LOGIN_URL}?{query}")
        if not is_passive(request):
            self._note(request, now)
        return None

    def _note(self, request: HttpRequest, now: int) -> None:
        if now - int(request.session.get(SEEN, 0)) < RECORDED_EVERY:
            return
        request.session[SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=clock.now()
        )


class ScreenLock:
    """While a session is locked every address answers with the unlock form."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the decision falls in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Send a locked session to the unlock form."""
        if not request.user.is_authenticated or LOCKED not in request.session:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WHILE_LOCKED:
            return None
        return send_to(request, reverse("accounts:unlock"))


class OwnLanguage:
    """Speak the language that a person chose for every device."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the signed-in person's language."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class AccountPages:
    """Let the sign-in package's pages show the menu of whoever is signed in."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the asker is found in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Tell the layout who is signed in; it opens nothing."""
        match = request.resolver_match
        if match is not None and match.view_name.startswith(("account_", "mfa_")):
            found = asker_of_request(request)
            request.asker = found if isinstance(found, Asker) else None  # type: ignore[attr-defined]
