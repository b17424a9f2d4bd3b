"""Role × relation to the case: policy object, list filter and raw SQL give the same answer."""

from dataclasses import dataclass

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as case_services
from diemtua.casework.incidents import policies
from diemtua.casework.incidents.models import Draft, Incident, Perpetrator, Profile
from diemtua.casework.incidents.tests import factories
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

WRITER = "the case worker who has it"
SEES = {"the counsellor who opened it", WRITER, "the supervisor of the centre"}
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
TABLES = ("profile", "incident", "perpetrator", "perpetrator_token")


@dataclass
class World:
    askers: dict
    case: object
    profile: Profile
    incident: Incident
    draft: Draft


@pytest.fixture
def world():
    centre, counsellor, worker, supervisor = cases.team()
    _body, officer = cases.commune()
    case = cases.case(counsellor)
    with asking(worker):
        case_services.take_over(asker=worker, case_id=case.pk, at=cases.NIGHT)
    profile, incident = factories.profile(worker, case), factories.incident(worker, case)
    draft = factories.draft(worker)
    askers = {
        "the counsellor who opened it": counsellor,
        WRITER: worker,
        "the supervisor of the centre": supervisor,
        "the commune's officer": officer,
        "a job": job_asker("casework.something.else"),
        "the public": PUBLIC,
    }
    askers |= {
        who: accounts.asker(role=role, organisation=centre) for who, role in NOBODY_ELSE.items()
    }
    askers |= {who: accounts.asker(role=role) for who, role in STRANGERS.items()}
    return World(askers, case, profile, incident, draft)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def forget(case):
    return (
        f"SELECT diemtua.forget_tokens('{case.pk}',"
        " (SELECT array_agg(n) FROM generate_series(1, 100000) n))"
    )


@pytest.mark.parametrize("who", EVERYBODY)
def test_raw_sql_shows_each_only_what_is_theirs(world, who):
    with asking(world.askers[who]):
        for table in TABLES:
            found = run(f"SELECT count(*) FROM incidents_{table}")
            assert (table, found > 0) == (table, who in SEES)
        assert run("SELECT count(*) FROM incidents_draft") == (1 if who == WRITER else 0)


@pytest.mark.parametrize("who", EVERYBODY)
def test_policy_list_and_database_agree(world, who):
    asker = world.askers[who]
    with as_owner():
        person = Perpetrator.objects.get()
    for policy, record, expected in (
        (policies.SEES, world.profile, who in SEES),
        (policies.SEES, world.incident, who in SEES),
        (policies.MAY_WRITE, world.incident, who in SEES),
        (policies.SEES_PERPETRATORS, person, who in SEES),
        (policies.OWN_DRAFT, world.draft, who == WRITER),
    ):
        model = type(record)
        with asking(asker):
            listed = model.objects.filter(policy.filter(asker), pk=record.pk).exists()
            assert (policy.code, policy.allows(asker, record), listed) == (
                policy.code,
                expected,
                expected,
            )
        with as_owner():  # without row-level security the policy alone must say the same
            in_words = model.objects.filter(policy.filter(asker), pk=record.pk).exists()
        assert (policy.code, in_words) == (policy.code, expected)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_does_not_see_it_cannot_change_or_remove_it(world, who):
    with asking(world.askers[who]):
        for table in ("profile", "incident"):
            changed = run(f"UPDATE incidents_{table} SET revision = revision + 1")
            assert bool(changed) is (who in SEES)
        assert bool(run("UPDATE incidents_draft SET revision = 9")) is (who == WRITER)
        if who not in SEES:
            assert run("DELETE FROM incidents_perpetrator_token") == 0
            assert run("DELETE FROM incidents_perpetrator") == 0
    for table in ("profile", "incident"):
        with pytest.raises(Exception, match="permission denied"), asking(world.askers[who]):
            run(f"DELETE FROM incidents_{table}")


@pytest.mark.parametrize("who", EVERYBODY)
def test_tokens_are_forgotten_only_by_who_sees_the_case(world, who):
    with as_owner():
        before = run("SELECT count(*) FROM casework_casetoken")
    with asking(world.askers[who]):
        assert (run(forget(world.case)) > 0) is (who in SEES)
    with as_owner():
        left = run("SELECT count(*) FROM casework_casetoken")
    assert (left < before) is (who in SEES)


@pytest.mark.parametrize("who", sorted(SEES))
def test_whose_it_is_and_under_which_key_cannot_be_rewritten(world, who):
    for table, columns in (
        ("profile", ("case_id", "data_key_id", "source")),
        ("incident", ("case_id", "data_key_id", "recorded_by_id")),
        ("perpetrator", ("incident_id", "identity")),
        ("draft", ("writer_id", "case_id", "record")),
    ):
        for column in columns:
            with pytest.raises(Exception, match="permission denied"), asking(world.askers[who]):
                run(f"UPDATE incidents_{table} SET {column} = {column}")


def test_a_closed_case_takes_nothing_more(world):
    with as_owner():
        type(world.case).objects.filter(pk=world.case.pk).update(status="CLOSED")
    worker = world.askers[WRITER]
    with asking(worker):
        assert run("UPDATE incidents_incident SET revision = revision + 1") == 0
        assert not policies.MAY_WRITE.allows(worker, world.incident)
        assert run(forget(world.case)) == 0
