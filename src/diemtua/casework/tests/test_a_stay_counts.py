from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import Case, ServiceGiven
from diemtua.casework.referrals import services
from diemtua.casework.referrals.errors import ImpossibleStay, NoStayHere, NotAcceptedYet
from diemtua.casework.referrals.models import Referral, State, Stay
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db
STAY_JOB = job_asker("casework.stay.recorded")
ARRIVED, NOW = NIGHT + timedelta(hours=1), NIGHT + timedelta(hours=2)


@pytest.fixture
def shelter():
    return factories.shelter()


@pytest.fixture
def provider(shelter):
    return factories.provider(shelter)


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


@pytest.fixture
def referral(supervisor, shelter, provider):
    sent = factories.referral(supervisor, factories.case(supervisor), shelter)
    with asking(provider):
        services.accept(asker=provider, referral=Referral.objects.get(), at=NIGHT)
    return sent


def arrive(asker, referral, **fields):
    values = {"id": uuid4(), "adults": 1, "children": 2, "arrived_at": ARRIVED, "at": NOW} | fields
    with asking(asker):
        fresh = Referral.objects.get(pk=referral.pk)
        return services.record_stay(asker=asker, referral=fresh, **values)


def test_a_stay_is_a_shelter_service_and_moves_the_figure(provider, referral, supervisor):
    arrive(provider, referral)
    with asking(supervisor):
        service = ServiceGiven.objects.get()
    assert (service.sector, service.organisation_id) == ("SHELTER", provider.organisation_id)
    assert [fact["reached"] for fact in factories.facts()] == [True]


def test_a_second_tap_records_one_stay_and_one_service(provider, referral):
    key = uuid4()
    arrive(provider, referral, id=key)
    arrive(provider, referral, id=key)
    arrive(provider, referral)
    with as_owner():
        assert (Stay.objects.count(), ServiceGiven.objects.count()) == (1, 1)


def test_without_consent_to_statistics_a_stay_is_a_service_and_no_figure(
    shelter, provider, supervisor
):
    case = factories.case(supervisor, consent=factories.consent(statistics=False))
    referral = factories.referral(supervisor, case, shelter)
    with asking(provider):
        services.accept(asker=provider, referral=Referral.objects.get(), at=NIGHT)
    arrive(provider, referral)
    assert factories.facts() == []
    with as_owner():
        assert ServiceGiven.objects.count() == 1


def test_nobody_stays_before_the_referral_is_accepted(supervisor, shelter, provider):
    referral = factories.referral(supervisor, factories.case(supervisor), shelter)
    with pytest.raises(NotAcceptedYet):
        arrive(provider, referral)


def test_impossible_stays_are_refused(provider, referral):
    for wrong in (
        {"adults": 0},
        {"arrived_at": NOW + timedelta(minutes=1)},
        {"arrived_at": NIGHT - timedelta(days=1)},
    ):
        with pytest.raises(ImpossibleStay):
            arrive(provider, referral, **wrong)


def leave(asker, referral, left_at):
    with asking(asker):
        fresh = Referral.objects.get(pk=referral.pk)
        return services.end_stay(asker=asker, referral=fresh, left_at=left_at, at=NOW)


def test_leaving_ends_the_stay_once_and_completes_the_referral(provider, referral):
    with pytest.raises(NoStayHere):
        leave(provider, referral, NOW)
    arrive(provider, referral)
    with pytest.raises(ImpossibleStay):
        leave(provider, referral, ARRIVED - timedelta(minutes=1))
    leave(provider, referral, NOW)
    assert leave(provider, referral, NOW - timedelta(minutes=5)).left_at == NOW
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).state == State.COMPLETED


def test_the_provider_can_write_nothing_else_of_the_case(provider, referral):
    stay = arrive(provider, referral)
    for source in (None, stay.pk, uuid4()):
        with pytest.raises(Exception, match="row-level security"), asking(provider):
            _insert_service(referral, provider, source=source)
    with asking(provider):
        assert Case.objects.count() == ServiceGiven.objects.count() == 0
        assert Case.objects.filter(pk=referral.case_id).update(danger_now=False) == 0


def test_the_named_asker_sees_only_cases_with_a_stay_and_writes_only_its_service(
    provider, referral, supervisor
):
    factories.case(supervisor)
    with asking(STAY_JOB):
        assert Case.objects.count() == 0
    arrive(provider, referral)
    with asking(STAY_JOB):
        assert [case.pk for case in Case.objects.all()] == [referral.case_id]
        assert Case.objects.update(danger_now=False) == 0
    for wrong in ({"source": uuid4()}, {"source": None}, {"source": None, "sector": "HEALTH"}):
        with pytest.raises(Exception, match=r"row-level security|unique"), asking(STAY_JOB):
            _insert_service(referral, provider, **wrong)


def test_another_named_asker_sees_no_case(provider, referral):
    arrive(provider, referral)
    with asking(job_asker("casework.something.else")):
        assert Case.objects.count() == 0


def _insert_service(referral, provider, *, source, sector="SHELTER"):
    with as_owner():
        key = Case.objects.get(pk=referral.case_id).data_key_id
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_servicegiven (id, case_id, data_key_id, sector, outcome,"
            " decline_reason, given_on, organisation_id, recorded_at, source)"
            " VALUES (%s, %s, %s, %s, 'GIVEN', '', current_date, %s, now(), %s)",
            [uuid4(), referral.case_id, key, sector, provider.organisation_id, source],
        )
