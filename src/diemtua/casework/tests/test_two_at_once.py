import threading
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.errors import AlreadyTaken
from diemtua.casework.cases.models import Case, ServiceGiven
from diemtua.casework.referrals import services as referrals
from diemtua.casework.referrals.models import DeclineReason, Referral, State
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """Run the verbs in threads that start together; return what each gave or was refused with."""
    barrier, answers = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(place, asker, verb):
        barrier.wait()
        try:
            with asking(asker):
                answers[place] = verb()
        except Refusal as refusal:
            answers[place] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, *verb)) for n, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_taps_at_once_open_one_case():
    counsellor, key = accounts.asker(role=Role.COUNSELLOR), uuid4()
    opened = at_once(*[(counsellor, lambda: factories.case(counsellor, id=key).code)] * 4)
    assert len(set(opened)) == 1
    assert len(factories.facts()) == 1


def test_of_two_case_workers_one_takes_the_case():
    centre, counsellor, worker, _supervisor = factories.team()
    other = accounts.asker(role=Role.CASE_WORKER, organisation=centre)
    case = factories.case(counsellor)

    def take(asker):
        return lambda: cases.take_over(asker=asker, case_id=case.pk, at=NIGHT).worker_id

    answers = at_once((worker, take(worker)), (other, take(other)))
    assert answers.count(AlreadyTaken) == 1
    with as_owner():
        assert Case.objects.get().worker_id in answers


def test_two_answers_at_once_give_one_answer():
    supervisor, shelter = accounts.asker(role=Role.SUPERVISOR), factories.shelter()
    sent = factories.referral(supervisor, factories.case(supervisor), shelter)
    one, other = factories.provider(shelter), factories.provider(shelter)

    def accept(asker):
        return lambda: referrals.accept(
            asker=asker, referral=Referral.objects.get(pk=sent.pk), at=NIGHT
        )

    at_once((one, accept(one)), (other, accept(other)))
    assert factories.audited("casework.referral.accepted") == 1


def test_an_acceptance_and_a_refusal_at_once_do_not_mix():
    supervisor, shelter = accounts.asker(role=Role.SUPERVISOR), factories.shelter()
    sent = factories.referral(supervisor, factories.case(supervisor), shelter)
    one, other = factories.provider(shelter), factories.provider(shelter)
    at_once(
        (one, lambda: referrals.accept(asker=one, referral=Referral.objects.get(), at=NIGHT)),
        (
            other,
            lambda: referrals.decline(
                asker=other, referral=Referral.objects.get(), reason=DeclineReason.FULL, at=NIGHT
            ),
        ),
    )
    with as_owner():
        state = Referral.objects.get(pk=sent.pk).state
    answered = [factories.audited(f"casework.referral.{what}") for what in ("accepted", "declined")]
    assert answered == ([1, 0] if state == State.ACCEPTED else [0, 1])


def test_two_first_services_at_once_are_two_services_and_one_figure():
    worker = accounts.asker(role=Role.CASE_WORKER)
    case = factories.case(worker)

    def record(sector):
        return lambda: cases.record_service(
            asker=worker,
            id=uuid4(),
            case=Case.objects.get(pk=case.pk),
            sector=sector,
            outcome="GIVEN",
            given_on=NIGHT.date(),
            at=NIGHT,
        )

    at_once((worker, record("HEALTH")), (worker, record("LEGAL")))
    with as_owner():
        assert ServiceGiven.objects.count() == 2
    assert [fact["reached"] for fact in factories.facts()] == [True]
