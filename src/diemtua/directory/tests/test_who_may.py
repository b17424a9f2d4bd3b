"""Role × action × relation, each cell asked three ways: policy object, list filter, raw SQL."""

from itertools import product
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory import policies
from diemtua.directory.models import Facility, FacilityAddress
from diemtua.directory.tests import factories
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db

RELATIONS = ("own", "same commune", "granted", "grant ran out", "stranger")
R = Role
CITY_READERS = {
    R.COUNSELLOR,
    R.CASE_WORKER,
    R.SUPERVISOR,
    R.COMMITTEE_SECRETARY,
    R.LEADER,
    R.ADMINISTRATOR,
}
BRINGERS = {R.COUNSELLOR, R.CASE_WORKER, R.SUPERVISOR, R.PROVIDER, R.COMMUNE_OFFICER}
KEEPERS_OF_OWN = {R.PROVIDER, R.SUPERVISOR}


def may_read(role, relation):
    """Staff read all; a provider its own, an officer the commune's, both what they were granted."""
    if role in CITY_READERS:
        return True
    return may_open(role, relation) if role in {R.PROVIDER, R.COMMUNE_OFFICER} else False


def may_keep(role, relation):
    """A provider and a supervisor keep their organisation's, an officer the commune's."""
    if role == R.COMMUNE_OFFICER:
        return relation == "same commune"
    return role in KEEPERS_OF_OWN and relation == "own"


def may_change(role, relation):
    """Who keeps it changes it; an administrator changes any."""
    return role == R.ADMINISTRATOR or may_keep(role, relation)


def may_open(role, relation):
    """An address opens for its own, for the commune's officer, and while a grant lasts."""
    if role not in BRINGERS:
        return False
    own = "same commune" if role == R.COMMUNE_OFFICER else "own"
    return relation in {own, "granted"}


def arrange(role, relation):
    """Return a facility and an asker who stands to it in the relation."""
    one = factories.facility(unit=factories.THOI_LAI)
    other = accounts.organisation(unit=factories.CAI_KHE)
    body = one.organisation if relation == "own" else other
    unit = factories.CAI_KHE if relation == "own" else None
    if relation == "same commune":
        unit = factories.THOI_LAI
    asker = accounts.asker(role=role, organisation=body, unit=unit)
    if relation in {"granted", "grant ran out"}:
        factories.grant(one, other, hours=1 if relation == "granted" else -1)
    return one, asker


def sql(statement, *values):
    """Return how many rows a statement touched as the app role; 0 when PostgreSQL refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount
    except Error:
        return 0


CELLS = list(product(Role, RELATIONS))


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_reading_a_facility(role, relation):
    one, asker = arrange(role, relation)
    expected = may_read(role, relation)
    with asking(asker):
        assert policies.MAY_READ.allows(asker, one) is expected
        assert policies.MAY_READ.of(asker, Facility.objects.all()).contains(one) is expected
        assert bool(sql("SELECT 1 FROM directory_facility WHERE id = %s", one.pk)) is expected


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_changing_a_facility(role, relation):
    one, asker = arrange(role, relation)
    expected = may_change(role, relation)
    with asking(asker):
        assert policies.MAY_REGISTER.allows(asker, one) is expected
        assert policies.MAY_REGISTER.of(asker, Facility.objects.all()).contains(one) is expected
        changed = sql("UPDATE directory_facility SET beds = 9 WHERE id = %s", one.pk)
        assert bool(changed) is expected
        assert not sql("DELETE FROM directory_facility WHERE id = %s", one.pk)


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_answering_for_tonight(role, relation):
    one, asker = arrange(role, relation)
    expected = may_keep(role, relation)
    with asking(asker):
        assert policies.MAY_ANSWER.allows(asker, one) is expected
        assert policies.MAY_ANSWER.of(asker, Facility.objects.all()).contains(one) is expected
        answered = sql(
            "INSERT INTO directory_readinessanswer"
            " (id, facility_id, state, places, answered_at, answered_by_id)"
            " VALUES (%s, %s, 'READY', 1, now(), %s)",
            uuid4(),
            one.pk,
            asker.user_id,
        )
        assert bool(answered) is expected


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_opening_an_address(role, relation):
    one, asker = arrange(role, relation)
    expected = may_open(role, relation)
    with asking(asker):
        sealed = FacilityAddress.objects.filter(facility=one)
        assert policies.MAY_OPEN_ADDRESS.of(asker, sealed).exists() is expected
        found = sql("SELECT street FROM directory_facilityaddress WHERE facility_id = %s", one.pk)
        assert bool(found) is expected


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_writing_an_address(role, relation):
    one, asker = arrange(role, relation)
    expected = may_keep(role, relation)
    with asking(asker):
        assert policies.MAY_WRITE_ADDRESS.allows(asker, one) is expected
        written = sql(
            "UPDATE directory_facilityaddress SET street = street WHERE facility_id = %s", one.pk
        )
        assert bool(written) is expected


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_granting_an_address(role, relation):
    one, asker = arrange(role, relation)
    expected = may_keep(role, relation)
    with asking(asker):
        assert policies.MAY_GRANT_ADDRESS.allows(asker, one) is expected
        granted = sql(
            "INSERT INTO directory_addressgrant"
            " (id, facility_id, organisation_id, granted_at, granted_by_id, valid_until)"
            " VALUES (%s, %s, %s, now(), %s, now() + interval '1 hour')",
            uuid4(),
            one.pk,
            asker.organisation_id,
            asker.user_id,
        )
        assert bool(granted) is expected


def test_nobody_speaks_in_anothers_name():
    one, asker = arrange(R.PROVIDER, "own")
    other = accounts.user()
    with asking(asker):
        assert not sql(
            "INSERT INTO directory_readinessanswer"
            " (id, facility_id, state, places, answered_at, answered_by_id)"
            " VALUES (%s, %s, 'FULL', 0, now(), %s)",
            uuid4(),
            one.pk,
            other.pk,
        )


def test_answers_and_grants_are_never_changed_or_removed():
    one, asker = arrange(R.PROVIDER, "own")
    factories.answer(one)
    factories.grant(one, asker.organisation_id)
    with asking(asker):
        for table in ("readinessanswer", "addressgrant"):
            assert sql(f"SELECT 1 FROM directory_{table}") == 1
            assert not sql(f"UPDATE directory_{table} SET id = id")
            assert not sql(f"DELETE FROM directory_{table}")


def test_a_facility_cannot_be_moved_into_anothers_hands():
    one, asker = arrange(R.PROVIDER, "own")
    other = accounts.organisation()
    with asking(asker):
        assert not sql("UPDATE directory_facility SET organisation_id = %s", other.pk)
        assert sql("UPDATE directory_facility SET beds = 1 WHERE id = %s", one.pk) == 1


def test_without_an_asker_nothing_is_read():
    one, _ = arrange(R.PROVIDER, "granted")
    factories.answer(one)
    for table in ("facility", "facilityaddress", "addressgrant", "readinessanswer"):
        assert not sql(f"SELECT 1 FROM directory_{table}"), table
