"""Role × relation to the case: policy object, list filter and raw SQL give the same answer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as case_services
from diemtua.casework.cases.models import AccessKind, CaseAccess
from diemtua.casework.papers import policies
from diemtua.casework.papers.models import Paper, Withdrawal
from diemtua.casework.papers.tests import factories
from diemtua.casework.tests import factories as cases
from diemtua.foundation import clock
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

SUPERVISOR = "the supervisor of the centre"
SEES = {
    "a case worker who opened it in an emergency",
    "the counsellor who opened it",
    "the case worker who has it",
    SUPERVISOR,
}
NOBODY_ELSE = {
    "another counsellor of the centre": Role.COUNSELLOR,
    "another case worker of the centre": Role.CASE_WORKER,
    "a perpetrators' worker of the centre": Role.PERPETRATOR_WORKER,
    "an administrator of the centre": Role.ADMINISTRATOR,
}
STRANGERS = {
    "a supervisor of another centre": Role.SUPERVISOR,
    "a provider": Role.PROVIDER,
    "a committee secretary": Role.COMMITTEE_SECRETARY,
    "a leader": Role.LEADER,
    "a data protection officer": Role.DATA_PROTECTION_OFFICER,
    "an auditor": Role.AUDITOR,
}
EVERYBODY = sorted(
    SEES | set(NOBODY_ELSE) | set(STRANGERS) | {"a job", "the public", "the commune's officer"}
)


@dataclass
class World:
    askers: dict
    case: object
    paper: Paper
    withdrawal: Withdrawal


@pytest.fixture
def world():
    centre, counsellor, worker, supervisor = cases.team()
    _body, officer = cases.commune()
    case = cases.case(counsellor)
    with asking(worker):
        case_services.take_over(asker=worker, case_id=case.pk, at=cases.NIGHT)
    paper = factories.note(worker, case)
    asked = factories.withdrawn(worker, factories.note(counsellor, case))
    askers = {
        "a case worker who opened it in an emergency": emergency(case, centre),
        "the counsellor who opened it": counsellor,
        "the case worker who has it": worker,
        SUPERVISOR: supervisor,
        "the commune's officer": officer,
        "a job": job_asker("casework.something.else"),
        "the public": PUBLIC,
    }
    askers |= {
        who: accounts.asker(role=role, organisation=centre) for who, role in NOBODY_ELSE.items()
    }
    askers |= {who: accounts.asker(role=role) for who, role in STRANGERS.items()}
    return World(askers, case, paper, asked)


def emergency(case, centre):
    """Return a colleague to whom the case is open for an hour."""
    asker, now = accounts.asker(role=Role.CASE_WORKER, organisation=centre), clock.now()
    with as_owner():
        CaseAccess.objects.create(
            case=case,
            data_key_id=case.data_key_id,
            organisation=centre,
            user_id=asker.user_id,
            given_by_id=asker.user_id,
            kind=AccessKind.BREAK_GLASS,
            begins_at=now - timedelta(minutes=5),
            ends_at=now + timedelta(hours=1),
        )
    return asker


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize("who", EVERYBODY)
def test_policy_list_and_database_agree(world, who):
    asker = world.askers[who]
    for policy, record, expected in (
        (policies.SEES, world.paper, who in SEES),
        (policies.SEES_WITHDRAWALS, world.withdrawal, who in SEES),
        (policies.MAY_DECIDE, world.withdrawal, who == SUPERVISOR),
    ):
        model = type(record)
        with asking(asker):
            listed = model.objects.filter(policy.filter(asker), pk=record.pk).exists()
            said = (policy.code, policy.allows(asker, record), listed)
        assert said == (policy.code, expected, expected)
        with as_owner():  # without row-level security the policy alone must say the same
            in_words = model.objects.filter(policy.filter(asker), pk=record.pk).exists()
        assert (policy.code, in_words) == (policy.code, expected)


@pytest.mark.parametrize("who", EVERYBODY)
def test_raw_sql_shows_each_only_what_is_theirs_and_lets_nobody_change_it(world, who):
    asker = world.askers[who]
    with asking(asker):
        assert run("SELECT 1 FROM papers_paper") == (2 if who in SEES else 0)
        assert run("SELECT 1 FROM papers_withdrawal") == (1 if who in SEES else 0)
    for statement in (
        "UPDATE papers_paper SET content = NULL",
        "DELETE FROM papers_paper",
        "DELETE FROM papers_withdrawal",
        "UPDATE papers_withdrawal SET reason = 'DOUBLE'",
        "UPDATE papers_withdrawal SET asked_by_id = asked_by_id",
    ):
        with pytest.raises(Exception, match="permission denied"), asking(asker):
            run(statement)


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_supervisor_gives_a_paper_back_and_only_in_her_own_name(world, who):
    asker = world.askers[who]
    keep = "UPDATE papers_withdrawal SET state = 'KEPT', decided_at = now(), decided_by_id = %s"
    if who == SUPERVISOR:
        with pytest.raises(Exception, match="row-level security"), asking(asker):
            run(keep, world.withdrawal.asked_by_id)
    with asking(asker):
        assert run(keep, asker.user_id) == (1 if who == SUPERVISOR else 0)
    with (
        pytest.raises(Exception, match=r"row-level|violates check"),
        asking(world.askers[SUPERVISOR]),
    ):
        run("UPDATE papers_withdrawal SET state = 'ERASED' WHERE state = 'ASKED'")
        raise AssertionError("row-level: nothing was left to erase")


def test_nobody_writes_in_another_s_name_in_another_case_or_under_another_key(world):
    worker = world.askers["the case worker who has it"]
    other = cases.case(cases.team()[1])
    foreign = factories.note(world.askers[SUPERVISOR], world.case)
    values = {
        "case_id": world.case.pk,
        "data_key_id": world.paper.data_key_id,
        "thread": world.paper.thread,
        "replaces_id": world.paper.pk,
        "kind": "CALL",
        "happened_on": cases.NIGHT.date(),
        "recorded_by_id": worker.user_id,
        "recorded_at": cases.NIGHT,
    }
    for wrong in (
        {"recorded_by_id": world.askers[SUPERVISOR].user_id},
        {"case_id": other.pk},
        {"data_key_id": world.case.data_key_id},
        {"thread": foreign.thread},
    ):
        with pytest.raises(Exception, match="row-level security"), asking(worker):
            Paper.objects.create(id=uuid4(), **values | wrong)
    with asking(worker):
        Paper.objects.create(id=uuid4(), **values)


def test_a_photo_without_her_agreement_is_refused_by_the_database(world):
    worker, pk = world.askers["the case worker who has it"], uuid4()
    with pytest.raises(Exception, match="paper_photo_agreed_to"), asking(worker):
        factories.note(worker, world.case, id=pk, kind="PHOTO")
