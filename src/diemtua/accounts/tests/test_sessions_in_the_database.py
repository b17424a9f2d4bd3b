"""Who reads or writes the table of sessions still is nobody but themselves."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from diemtua.accounts.models import Role
from diemtua.accounts.sessions import SessionStore, cookie_for, key_in
from diemtua.accounts.tests.signing_in import sign_in, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def victim(client):
    signed_in(client, role=Role.SUPERVISOR)
    return client.session.session_key


def is_signed_in(client):
    return client.get("/tai-khoan/con-day/").status_code == 204


def with_cookie(value):
    stranger = Client()
    stranger.cookies["s"] = value
    return stranger


def test_the_cookie_that_the_site_sets_opens_the_session(client):
    sign_in(client, staff())
    assert is_signed_in(client)
    assert key_in(client.cookies["s"].value) == client.session.session_key


def test_a_key_read_in_the_table_is_no_cookie(victim):
    assert not is_signed_in(with_cookie(victim))
    assert not is_signed_in(with_cookie(f"{victim}:made-up"))
    assert is_signed_in(with_cookie(cookie_for(victim)))  # what only this site can make


def test_what_another_session_remembers_cannot_be_copied_into_ones_own(victim, django_user_model):
    mine = Client()
    signed_in(mine, role=Role.COMMITTEE_SECRETARY)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET session_data = (SELECT session_data FROM django_session"
            " WHERE session_key = %s) WHERE session_key = %s",
            [victim, mine.session.session_key],
        )
    assert not is_signed_in(mine)


def test_the_table_tells_nothing_of_what_is_remembered(client):
    session = SessionStore()
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    kept = Session.objects.get(session_key=session.session_key).session_data
    assert SessionStore(session.session_key)["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"
    assert "JBSWY3DP" not in kept
    assert SessionStore(session.session_key).decode("no base64") == {}
