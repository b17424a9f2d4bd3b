"""Sessions that a look into the database does not give away.

The table holds keys and what each session remembers. Whoever read it, by SQL that slipped into a
query or in a stolen copy, would otherwise be everybody who is signed in. So the browser's cookie is
the key with a seal that only this site can make, and what a session remembers is encrypted and bound
to its key: neither a key that was read nor a row that was copied opens a door.
"""

import base64
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from diemtua.foundation.database import secrets

NONCE_BYTES = 12
PURPOSE = "diemtua.accounts.session.1"
COOKIE = "diemtua.accounts.session-cookie.1"


@cache
def _cipher() -> AESGCM:
    return AESGCM(secrets.keep("session.key"))


def cookie_for(session_key: str) -> str:
    """Return what the browser keeps: the session's key, sealed."""
    return Signer(salt=COOKIE).sign(session_key)


def key_in(cookie: str | None) -> str | None:
    """Return the key in a cookie, or None when we did not seal it."""
    if not cookie:
        return None
    try:
        return Signer(salt=COOKIE).unsign(cookie)
    except BadSignature:
        return None


class SessionStore(DatabaseStore):
    """Keeps in the database what a session remembers, encrypted and bound to the session's key."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what the session remembers, sealed."""
        nonce = os.urandom(NONCE_BYTES)
        plain = self.serializer().dumps(session_dict)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, plain, self._place())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what the session remembers; nothing when it was altered or is another session's."""
        try:
            raw = base64.b64decode(session_data, validate=True)
            plain = _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], self._place())
        except (InvalidTag, ValueError):
            return {}
        remembered: dict[str, Any] = self.serializer().loads(plain)
        return remembered

    def _place(self) -> bytes:
        return f"{PURPOSE}|{self.session_key}".encode()


class SealedCookie(SessionMiddleware):
    """Django's session middleware, with the cookie sealed."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session whose key the cookie carries, if we sealed it."""
        request.session = SessionStore(key_in(request.COOKIES.get(settings.SESSION_COOKIE_NAME)))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let Django save the session and set the cookie; seal what it sets."""
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            response.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(cookie.value)
        return response
