from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import SEES_PERSONS, Role
from diemtua.foundation.database.asker import Asker, Kind, asking

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_postgresql_and_accounts_agree_on_who_sees_persons(role):
    asker = Asker(kind=Kind.MEMBER, role=role, user_id=uuid4())
    with asking(asker), connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.vault_opens()")
        assert cursor.fetchone() == (role in SEES_PERSONS,)
