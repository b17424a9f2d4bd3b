from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from diemtua.accounts.models import Role
from diemtua.accounts.tests.factories import member
from diemtua.foundation import clock
from diemtua.foundation.database.testing import as_owner
from diemtua.site import jobs

pytestmark = pytest.mark.django_db


def test_a_session_that_is_over_and_where_it_was_are_forgotten():
    with as_owner():
        who = member(role=Role.COUNSELLOR).user
        for key, days in (("over", -1), ("open", 1)):
            until = clock.now() + timedelta(days=days)
            Session.objects.create(session_key=key, session_data="", expire_date=until)
            UserSession.objects.create(user=who, session_key=key, ip="192.0.2.1", user_agent="x")
    jobs.forget_sessions()
    assert set(Session.objects.values_list("session_key", flat=True)) == {"open"}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"open"}
