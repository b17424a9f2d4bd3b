"""Signing in as a test does it: through the page, with a real code."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.test import Client

from diemtua.accounts.models import NEEDS_SECOND_FACTOR, Membership, Role
from diemtua.accounts.tests import factories
from diemtua.foundation.database.testing import as_owner


def code_now(secret: str, *, step: int = 0) -> str:
    """Return the code that an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(user) -> str:
    """Give the user an authenticator app; return its secret."""
    secret = generate_totp_secret()
    with as_owner():
        TOTP.activate(user, secret)
    return secret


def staff(role=Role.COMMITTEE_SECRETARY, **fields) -> Membership:
    """Make a member who can sign in with the factories' passphrase."""
    user = factories.user(password=factories.PASSPHRASE)
    return factories.member(role=role, user=user, **fields)


def sign_in(client: Client, membership: Membership, *, next_page: str = "") -> object:
    """Sign in through the page, with the second factor when the user has one."""
    response = client.post(
        "/vao/",
        {"login": membership.user.email, "password": factories.PASSPHRASE, "next": next_page},
    )
    app = Authenticator.objects.filter(user=membership.user, type="totp").first()
    if app is None:
        return response
    return client.post("/vao/hai-lop/nhap-ma/", {"code": code_now(decrypt(app.data["secret"]))})


def signed_in(client: Client, *, role=Role.COMMITTEE_SECRETARY, **fields) -> Membership:
    """Make a member of this role, with a second factor where the role needs one, and sign in."""
    membership = staff(role, **fields)
    if role in NEEDS_SECOND_FACTOR:
        with_app(membership.user)
    sign_in(client, membership)
    assert "_auth_user_id" in client.session
    return membership
