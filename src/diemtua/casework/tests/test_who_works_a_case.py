from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import queries, services
from diemtua.casework.cases.errors import AlreadyTaken, NotOfThisTeam
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

pytestmark = pytest.mark.django_db


def take(asker, case):
    with asking(asker):
        return services.take_over(asker=asker, case_id=case.pk, at=NIGHT)


def test_a_case_worker_sees_what_waits_without_seeing_the_case():
    _centre, counsellor, worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    with asking(worker):
        assert [row.alias for row in queries.waiting(asker=worker, at=NIGHT)] == [case.alias]
        assert Case.objects.count() == 0


def test_taking_a_case_makes_it_hers_and_taking_it_again_changes_nothing():
    _centre, counsellor, worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    taken = [take(worker, case), take(worker, case)]
    assert {(c.worker_id, c.status) for c in taken} == {(worker.user_id, Status.IN_PROGRESS)}
    assert factories.audited("casework.case.taken") == 1


def test_of_two_who_take_a_case_one_gets_it():
    centre, counsellor, worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    take(worker, case)
    with pytest.raises(AlreadyTaken):
        take(accounts.asker(role=Role.CASE_WORKER, organisation=centre), case)


def test_a_case_worker_of_another_centre_finds_nothing_to_take():
    _centre, counsellor, _worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    stranger = accounts.asker(role=Role.CASE_WORKER)
    with asking(stranger):
        assert queries.waiting(asker=stranger, at=NIGHT) == []
    with pytest.raises(NotFound):
        take(stranger, case)


def test_the_narrow_step_does_nothing_for_other_roles():
    centre, counsellor, _worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    for role in (Role.PROVIDER, Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY, Role.COUNSELLOR):
        asker = accounts.asker(role=role, organisation=centre)
        with pytest.raises(NotForYou):
            take(asker, case)
        with asking(asker), connection.cursor() as cursor:
            cursor.execute("SELECT diemtua.take_over_case(%s, now())", [case.pk])
            assert cursor.fetchone() == ("UNKNOWN",)
            cursor.execute("SELECT count(*) FROM diemtua.waiting_cases(10)")
            assert cursor.fetchone() == (0,)


def test_a_supervisor_assigns_and_the_worker_then_sees_the_case():
    _centre, counsellor, worker, supervisor = factories.team()
    case = factories.case(counsellor)
    with asking(supervisor):
        services.assign(asker=supervisor, case=case, worker_id=worker.user_id, at=NIGHT)
    with asking(worker):
        assert Case.objects.get().pk == case.pk


def test_a_case_goes_to_nobody_outside_the_team():
    _centre, counsellor, _worker, supervisor = factories.team()
    case = factories.case(counsellor)
    other = accounts.asker(role=Role.CASE_WORKER)
    for stranger in (other.user_id, counsellor.user_id, uuid4()):
        with asking(supervisor), pytest.raises(NotOfThisTeam):
            services.assign(asker=supervisor, case=case, worker_id=stranger, at=NIGHT)


def test_only_a_supervisor_assigns_and_only_in_the_own_centre():
    _centre, counsellor, worker, _supervisor = factories.team()
    case = factories.case(counsellor)
    with asking(counsellor), pytest.raises(NotForYou):
        services.assign(asker=counsellor, case=case, worker_id=worker.user_id, at=NIGHT)
    stranger = accounts.asker(role=Role.SUPERVISOR)
    with asking(stranger), pytest.raises(NotFound):
        services.assign(asker=stranger, case=case, worker_id=worker.user_id, at=NIGHT)


def test_a_case_worker_cannot_give_her_case_away_even_by_raw_sql():
    centre, _counsellor, worker, _supervisor = factories.team()
    case = factories.case(worker)
    other = accounts.asker(role=Role.CASE_WORKER, organisation=centre)
    with pytest.raises(Exception, match="supervisor's to say"), asking(worker):
        Case.objects.filter(pk=case.pk).update(worker_id=other.user_id)
    with as_owner():
        assert Case.objects.get().worker_id == worker.user_id
