"""What the tests of papers' pages have in common."""

from datetime import timedelta

import pytest


@pytest.fixture
def team():
    from diemtua.casework.tests import factories as cases

    return cases.team()


@pytest.fixture
def case(team):
    from diemtua.casework.tests import factories as cases
    from diemtua.foundation import clock

    return cases.case(team[1], at=clock.now() - timedelta(minutes=5), danger_now=False)


@pytest.fixture
def browser(settings):
    from diemtua.accounts.models import Membership

    settings.DIEMTUA_MFA_REQUIRED = False

    from django.test import Client

    def open_as(asker):
        client = Client()
        client.force_login(Membership.objects.get(pk=asker.membership_id).user)
        return client

    return open_as
