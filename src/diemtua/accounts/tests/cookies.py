"""Django's test client writes session cookies itself: here it learns to seal them as the site does."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test.client import ClientMixin

from diemtua.accounts.sessions import SessionStore, cookie_for, key_in

_set_login_cookies = ClientMixin._set_login_cookies


def teach_the_test_client() -> None:
    """Have ``force_login`` and ``client.session`` of every test client speak in sealed cookies."""
    ClientMixin._set_login_cookies = _sealed
    ClientMixin.session = property(_session)


def _sealed(client: Any, request: HttpRequest) -> None:
    _set_login_cookies(client, request)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(request.session.session_key or "")


def _session(client: Any) -> SessionStore:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie and (key := key_in(cookie.value)):
        return SessionStore(key)
    session = SessionStore()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(session.session_key or "")
    return session
