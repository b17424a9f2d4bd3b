from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.cases.queries import pace
from diemtua.casework.closing import queries, services, waiting
from diemtua.casework.closing.errors import (
    NotAsked,
    NotBeingWorked,
    NotChecked,
    NotYoursToAgree,
    StillGoingOn,
)
from diemtua.casework.closing.models import Closure, State
from diemtua.casework.referrals.services import revoke
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

pytestmark = pytest.mark.django_db

ALL = tuple(queries.checks())
LATER = NIGHT + timedelta(days=30)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def worker(team):
    return team[2]


@pytest.fixture
def supervisor(team):
    return team[3]


@pytest.fixture
def case(worker):
    return factories.case(worker)


def asked(asker, case, **fields):
    values = {"id": uuid4(), "reason": "NEEDS_MET", "checks": ALL, "at": LATER} | fields
    with asking(asker):
        return services.ask(asker=asker, case=Case.objects.get(pk=case.pk), **values)


def by(asker, verb, closure, **fields):
    with asking(asker):
        found = queries.one(asker=asker, closure_id=closure.pk)
        verb(asker=asker, closure=found, at=LATER, **fields)


def status_of(case):
    with as_owner():
        return Case.objects.get(pk=case.pk).status


def test_one_asks_another_agrees_and_the_case_is_closed(worker, supervisor, case):
    closure = asked(worker, case, note="Chị gọi lại qua cô giáo")
    assert status_of(case) == Status.IN_PROGRESS
    by(supervisor, services.approve, closure)
    assert status_of(case) == Status.CLOSED
    assert factories.audited("casework.case.closed") == 1
    with asking(worker):
        found = queries.one(asker=worker, closure_id=closure.pk)
        assert queries.words(asker=worker, closure=found).note == "Chị gọi lại qua cô giáo"


def test_whoever_asked_does_not_agree_herself(supervisor, case):
    closure = asked(supervisor, case)
    with pytest.raises(NotYoursToAgree):
        by(supervisor, services.approve, closure)
    assert status_of(case) == Status.IN_PROGRESS


def test_nobody_closes_a_case_by_sql_without_a_closure(worker, supervisor, case):
    for asker in (worker, supervisor):
        with (
            pytest.raises(ProgrammingError, match="closed and reopened by a closure"),
            asking(asker),
            transaction.atomic(),
        ):
            Case.objects.filter(pk=case.pk).update(status=Status.CLOSED)


def test_nobody_agrees_in_her_own_or_anothers_name_by_sql(worker, supervisor, case):
    closure = asked(worker, case)
    agreed = {"state": State.APPROVED, "decided_at": LATER}
    with asking(worker):
        changed = Closure.objects.filter(pk=closure.pk).update(
            **agreed, decided_by_id=worker.user_id
        )
    assert changed == 0
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        asking(supervisor),
        transaction.atomic(),
    ):
        Closure.objects.filter(pk=closure.pk).update(**agreed, decided_by_id=uuid4())


def test_a_referral_that_goes_on_keeps_the_case_open(worker, supervisor, case):
    referral = factories.referral(worker, case)
    with pytest.raises(StillGoingOn):
        asked(worker, case)
    with asking(worker):
        revoke(asker=worker, referral=referral, at=LATER)
    closure = asked(worker, case)
    factories.referral(worker, case)
    with pytest.raises(StillGoingOn):
        by(supervisor, services.approve, closure)


@pytest.mark.parametrize("left_out", ALL)
def test_every_check_is_needed_when_she_is_there(worker, case, left_out):
    with pytest.raises(NotChecked):
        asked(worker, case, checks=[code for code in ALL if code != left_out])


def test_without_her_only_what_can_be_done_without_her_is_needed(worker, case):
    assert asked(worker, case, reason="NO_CONTACT", checks=["PLAN"]).pk


def test_sending_back_leaves_it_open_and_it_may_be_asked_again(worker, supervisor, case):
    closure = asked(worker, case)
    by(supervisor, services.send_back, closure, answer="Hỏi chị về nơi ở trước")
    assert status_of(case) == Status.IN_PROGRESS
    by(supervisor, services.approve, asked(worker, case))
    assert status_of(case) == Status.CLOSED
    with pytest.raises(NotAsked):
        by(supervisor, services.approve, closure)


def test_she_comes_back_and_the_next_contact_is_due_by_her_risk(worker, supervisor, case):
    closure = asked(worker, case)
    by(supervisor, services.approve, closure)
    by(worker, services.reopen, closure, because="SHE_RETURNS")
    by(worker, services.reopen, closure, because="SHE_RETURNS")
    with as_owner():
        found = Case.objects.get(pk=case.pk)
    assert (found.status, found.worker_id) == (Status.IN_PROGRESS, worker.user_id)
    assert found.contact_due_at == LATER + pace(found.risk)


def test_a_closed_case_opens_by_a_reopened_closure_alone(worker, supervisor, case):
    by(supervisor, services.approve, asked(worker, case))
    with (
        pytest.raises(ProgrammingError, match="closed and reopened by a closure"),
        asking(worker),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=case.pk).update(status=Status.IN_PROGRESS)


def test_a_case_nobody_works_is_not_closed(team):
    _centre, counsellor, _worker, supervisor = team
    with pytest.raises(NotBeingWorked):
        asked(supervisor, factories.case(counsellor))


def test_a_double_tap_asks_once(worker, case):
    key = uuid4()
    assert asked(worker, case, id=key).pk == asked(worker, case, id=key).pk
    with as_owner():
        assert Closure.objects.count() == 1


def test_the_supervisor_finds_it_among_what_waits_and_not_her_own(worker, supervisor, case):
    asked(worker, case)
    asked(supervisor, factories.case(worker))
    with asking(supervisor):
        [item] = waiting.to_decide(supervisor, LATER)
    assert item.title == case.alias


@pytest.mark.parametrize(
    "role", [Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR, Role.PROVIDER, Role.AUDITOR]
)
def test_strangers_neither_see_nor_ask_nor_decide(worker, case, role):
    closure = asked(worker, case)
    stranger = accounts.asker(role=role)
    with asking(stranger):
        assert not Closure.objects.exists()
    with pytest.raises((NotFound, NotForYou)):
        by(stranger, services.approve, closure)


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


def test_the_pages_ask_send_back_agree_and_reopen(worker, supervisor, case):
    hers, over = browser(worker), browser(supervisor)
    ask, index = (reverse(f"closing:{name}", args=[case.pk]) for name in ("ask", "index"))
    refused = hers.post(ask, {"key": str(uuid4()), "reason": "NEEDS_MET", "note": "Giữ lại"})
    assert refused.status_code == 422
    assert "Giữ lại" in refused.content.decode()
    told = {"key": str(uuid4()), "reason": "NEEDS_MET", "checks": ALL}
    assert hers.post(ask, told).status_code == 302
    with as_owner():
        closure = Closure.objects.get()
    decide = reverse("closing:decide", args=[closure.pk])
    assert hers.post(decide, {"what": "duyet"}).status_code == 403
    assert over.post(decide, {"what": "tra-lai"}).status_code == 422
    assert over.post(decide, {"what": "duyet"}).status_code == 302
    assert "Đã khép" in hers.get(index).content.decode()
    reopen = reverse("closing:reopen", args=[closure.pk])
    assert hers.post(reopen, {"because": "GONE"}).status_code == 422
    assert hers.post(reopen, {"because": "NEW_VIOLENCE"}).status_code == 302
    assert status_of(case) == Status.IN_PROGRESS
