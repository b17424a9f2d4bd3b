from datetime import date, timedelta
from uuid import uuid4

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services
from diemtua.casework.cases.errors import ReasonMissing, ServiceInFuture, UnknownService
from diemtua.casework.cases.models import Case, Outcome, ServiceGiven
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.registry import measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.asker(role=Role.CASE_WORKER)


@pytest.fixture
def case(worker):
    return factories.case(worker)


def record(asker, case, **fields):
    values = {
        "id": uuid4(),
        "sector": "PSYCHOSOCIAL",
        "outcome": Outcome.GIVEN,
        "given_on": NIGHT.date(),
        "at": NIGHT,
    } | fields
    with asking(asker):
        fresh = Case.objects.get(pk=case.pk)
        return services.record_service(asker=asker, case=fresh, **values)


def reached():
    return [(fact["reached"], fact.get("reached_on")) for fact in factories.facts()]


def test_the_first_basic_service_changes_her_fact_once(worker, case):
    record(worker, case)
    record(worker, case, sector="HEALTH", given_on=NIGHT.date())
    assert reached() == [(True, "2026-11-15")]


def test_a_declined_service_leaves_the_fact(worker, case):
    record(worker, case, outcome=Outcome.DECLINED, decline_reason="AFRAID")
    assert reached() == [(False, None)]


def test_a_service_that_is_not_basic_leaves_the_fact(worker, case):
    record(worker, case, sector="LIVELIHOOD")
    assert reached() == [(False, None)]


def test_an_earlier_service_recorded_later_moves_when_she_was_reached(worker, case):
    record(worker, case)
    record(worker, case, sector="HEALTH", given_on=date(2026, 11, 3))
    assert reached() == [(True, "2026-11-01")]


def test_without_consent_to_statistics_nothing_is_counted(worker):
    case = factories.case(worker, consent=factories.consent(statistics=False))
    record(worker, case)
    assert factories.facts() == []


def test_a_second_tap_records_one_service(worker, case):
    key = uuid4()
    record(worker, case, id=key)
    record(worker, case, id=key)
    with as_owner():
        assert ServiceGiven.objects.count() == 1
    assert factories.audited("casework.service.recorded") == 1


def test_what_cannot_be_is_refused(worker, case):
    for refusal, wrong in (
        (UnknownService, {"sector": "MAGIC"}),
        (ServiceInFuture, {"given_on": NIGHT.date() + timedelta(days=1)}),
        (ReasonMissing, {"outcome": Outcome.DECLINED}),
        (ReasonMissing, {"decline_reason": "AFRAID"}),
    ):
        with pytest.raises(refusal):
            record(worker, case, **wrong)
    with as_owner():
        assert ServiceGiven.objects.count() == 0


def test_a_service_moves_the_next_contact_on(worker, case):
    later = NIGHT + timedelta(hours=30)
    record(worker, case, at=later)
    with as_owner():
        assert Case.objects.get().contact_due_at > later


def test_the_note_is_sealed_under_the_case_s_key(worker, case):
    service = record(worker, case, note="Chị ngủ được rồi")
    assert service.data_key_id == case.data_key_id
    assert service.note is not None
    assert "ngủ" not in repr(service.note)


def test_the_indicator_counts_what_this_room_declares():
    measure = measures.get("3.2a")
    assert (measure.kind, dict(measure.numerator)) == ("survivor.detected", {"reached": True})
