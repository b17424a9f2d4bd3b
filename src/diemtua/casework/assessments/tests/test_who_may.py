"""Role × relation to the case: policy object, list filter and raw SQL give the same answer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.assessments import policies, services
from diemtua.casework.assessments.models import Assessment, Judgement
from diemtua.casework.assessments.tests import factories
from diemtua.casework.cases import services as case_services
from diemtua.casework.cases.models import AccessKind, CaseAccess
from diemtua.casework.tests import factories as cases
from diemtua.foundation import clock
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

SEES = {
    "a case worker who opened it in an emergency",
    "the counsellor who opened it",
    "the case worker who has it",
    "the supervisor of the centre",
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
    "an administrator": Role.ADMINISTRATOR,
}
EVERYBODY = sorted(
    SEES | set(NOBODY_ELSE) | set(STRANGERS) | {"a job", "the public", "the commune's officer"}
)


@dataclass
class World:
    askers: dict
    case: object
    draft: Assessment
    done: Assessment
    judgement: Judgement


@pytest.fixture
def world():
    centre, counsellor, worker, supervisor = cases.team()
    _body, officer = cases.commune()
    case = cases.case(counsellor)
    with asking(worker):
        case_services.take_over(asker=worker, case_id=case.pk, at=cases.NIGHT)
    draft = factories.begun(worker, case, {"may-talk": "YES"}, code="needs")
    done = factories.done(counsellor, case, {"throat": "YES"})
    with asking(worker):
        judgement = services.judge(
            asker=worker,
            id=uuid4(),
            assessment=Assessment.objects.get(pk=done.pk),
            level="MEDIUM",
            reason="Chị đã ở nơi an toàn từ hôm qua",
            at=cases.NIGHT,
        )
    askers = {
        "a case worker who opened it in an emergency": emergency(case, centre),
        "the counsellor who opened it": counsellor,
        "the case worker who has it": worker,
        "the supervisor of the centre": supervisor,
        "the commune's officer": officer,
        "a job": job_asker("casework.something.else"),
        "the public": PUBLIC,
    }
    askers |= {
        who: accounts.asker(role=role, organisation=centre) for who, role in NOBODY_ELSE.items()
    }
    askers |= {who: accounts.asker(role=role) for who, role in STRANGERS.items()}
    return World(askers, case, draft, done, judgement)


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


def count(asker, table):
    with asking(asker), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize("who", EVERYBODY)
def test_raw_sql_shows_each_only_what_is_theirs(world, who):
    asker = world.askers[who]
    assert count(asker, "assessments_assessment") == (2 if who in SEES else 0)
    assert count(asker, "assessments_judgement") == (1 if who in SEES else 0)


@pytest.mark.parametrize("who", EVERYBODY)
def test_policy_list_and_database_agree(world, who):
    asker = world.askers[who]
    is_supervisor = who == "the supervisor of the centre"
    for policy, record, expected in (
        (policies.SEES, world.draft, who in SEES),
        (policies.SEES, world.done, who in SEES),
        (policies.MAY_WRITE, world.draft, who in SEES),
        (policies.MAY_WRITE, world.done, False),
        (policies.MAY_JUDGE, world.done, who in SEES),
        (policies.MAY_JUDGE, world.draft, False),
        (policies.MAY_REVIEW, world.done, is_supervisor),
        (policies.SEES_JUDGEMENTS, world.judgement, who in SEES),
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
    asker = world.askers[who]
    with asking(asker):
        changed = run(
            "UPDATE assessments_assessment SET revision = revision + 1 WHERE state = 'DRAFT'"
        )
    assert bool(changed) is (who in SEES)
    for table in ("assessments_assessment", "assessments_judgement"):
        with pytest.raises(Exception, match="permission denied"), asking(asker):
            run(f"DELETE FROM {table}")


@pytest.mark.parametrize("who", sorted(SEES))
@pytest.mark.parametrize(
    "change",
    [
        "score = 0, highest = 0",
        "level = ''",
        "answers = NULL",
        "state = 'DRAFT'",
        "finished_at = now()",
    ],
)
def test_a_finished_assessment_stays_even_for_who_sees_it(world, who, change):
    with (
        pytest.raises(Exception, match=r"finished assessment|violates check"),
        asking(world.askers[who]),
    ):
        run(f"UPDATE assessments_assessment SET {change} WHERE state = 'DONE'")


@pytest.mark.parametrize("who", sorted(SEES))
def test_only_the_supervisor_ends_what_waits_for_her(world, who):
    statement = "UPDATE assessments_assessment SET awaits_review = false WHERE awaits_review"
    if who == "the supervisor of the centre":
        with asking(world.askers[who]):
            assert run(statement) == 1
        return
    with pytest.raises(Exception, match="supervisor"), asking(world.askers[who]):
        run(statement)


@pytest.mark.parametrize("who", sorted(SEES))
def test_what_it_is_and_whose_cannot_be_rewritten(world, who):
    for column in ("case_id", "instrument", "version", "fingerprint", "begun_by_id", "data_key_id"):
        with pytest.raises(Exception, match="permission denied"), asking(world.askers[who]):
            run(f"UPDATE assessments_assessment SET {column} = {column}")
    for column in ("level", "reason", "by_id"):
        with pytest.raises(Exception, match="permission denied"), asking(world.askers[who]):
            run(f"UPDATE assessments_judgement SET {column} = {column}")


def test_a_review_cannot_be_written_by_the_worker_herself(world):
    worker = world.askers["the case worker who has it"]
    with pytest.raises(Exception, match="row-level security"), asking(worker):
        Judgement.objects.create(
            assessment=world.done,
            data_key_id=world.done.data_key_id,
            kind="REVIEWED",
            by_id=worker.user_id,
            at=cases.NIGHT,
        )


def test_nobody_writes_in_somebody_else_s_name_nor_under_another_key(world):
    worker = world.askers["the case worker who has it"]
    other = cases.case(cases.team()[1])
    values = {
        "case_id": world.case.pk,
        "data_key_id": world.done.data_key_id,
        "instrument": "wellbeing",
        "version": 1,
        "fingerprint": "x",
        "sets_risk": False,
        "begun_by_id": worker.user_id,
        "saved_by_id": worker.user_id,
        "begun_at": cases.NIGHT,
        "saved_at": cases.NIGHT,
    }
    for wrong in (
        {"begun_by_id": world.askers["the supervisor of the centre"].user_id},
        {"data_key_id": other.data_key_id},
        {"case_id": other.pk, "data_key_id": other.data_key_id},
    ):
        with pytest.raises(Exception, match="row-level security"), asking(worker):
            Assessment.objects.create(**values | wrong)
    with asking(worker):
        Assessment.objects.create(**values)
