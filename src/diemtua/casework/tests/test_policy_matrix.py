"""Role × relation to the record: policy object, list filter and raw SQL give the same answer."""

from dataclasses import dataclass

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import policies as case_policies
from diemtua.casework.cases import services
from diemtua.casework.cases.models import Case, CaseToken, Consent, ServiceGiven
from diemtua.casework.duties import policies as duty_policies
from diemtua.casework.duties.models import Duty
from diemtua.casework.referrals import policies as referral_policies
from diemtua.casework.referrals.models import Packet, Referral
from diemtua.casework.tests import factories
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

CASE, REFERRAL, PACKET, DUTY = "case", "referral", "packet", "duty"
OF_CASE = ("consent", "token")
EVERYTHING = {CASE, *OF_CASE, REFERRAL, PACKET, DUTY}
TABLES = {
    CASE: "casework_case",
    "consent": "casework_consent",
    "token": "casework_casetoken",
    REFERRAL: "casework_referral",
    PACKET: "casework_packet",
    DUTY: "casework_duty",
}
SAME_TEAM = {
    "the counsellor who opened it": EVERYTHING,
    "another counsellor of the centre": set(),
    "the case worker who has it": EVERYTHING,
    "another case worker of the centre": set(),
    "the supervisor of the centre": EVERYTHING,
}
OTHERS = {
    "a supervisor of another centre": set(),
    "the provider it was referred to": {REFERRAL, PACKET},
    "another provider": set(),
    "the officer of the commune": {DUTY},
    "the officer of another commune": set(),
    "a perpetrators' worker of the centre": set(),
    "a committee secretary": set(),
    "a leader": set(),
    "a data protection officer": set(),
    "an auditor": set(),
    "an administrator": set(),
    "an administrator of the centre": set(),
    "a job of another name": set(),
    "the public": set(),
}
MATRIX = SAME_TEAM | OTHERS


@dataclass
class World:
    askers: dict
    case: Case
    referral: Referral


@pytest.fixture
def world():
    centre, counsellor, worker, supervisor = factories.team()
    shelter = factories.shelter()
    _body, officer = factories.commune()
    _other, stranger = factories.commune(factories.CAI_KHE)
    case = factories.case(counsellor)
    with asking(worker):
        services.take_over(asker=worker, case_id=case.pk, at=factories.NIGHT)
    referral = factories.referral(worker, case, shelter)

    def somebody(role, organisation=None):
        return accounts.asker(role=role, organisation=organisation)

    askers = {
        "the counsellor who opened it": counsellor,
        "another counsellor of the centre": somebody(Role.COUNSELLOR, centre),
        "the case worker who has it": worker,
        "another case worker of the centre": somebody(Role.CASE_WORKER, centre),
        "the supervisor of the centre": supervisor,
        "a supervisor of another centre": somebody(Role.SUPERVISOR),
        "the provider it was referred to": factories.provider(shelter),
        "another provider": factories.provider(factories.shelter()),
        "the officer of the commune": officer,
        "the officer of another commune": stranger,
        "a perpetrators' worker of the centre": somebody(Role.PERPETRATOR_WORKER, centre),
        "a committee secretary": somebody(Role.COMMITTEE_SECRETARY),
        "a leader": somebody(Role.LEADER),
        "a data protection officer": somebody(Role.DATA_PROTECTION_OFFICER),
        "an auditor": somebody(Role.AUDITOR),
        "an administrator": somebody(Role.ADMINISTRATOR),
        "an administrator of the centre": somebody(Role.ADMINISTRATOR, centre),
        "a job of another name": job_asker("casework.something.else"),
        "the public": PUBLIC,
    }
    return World(askers, case, referral)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def counted_by_sql(asker, table):
    with asking(asker), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("who", MATRIX)
def test_raw_sql_shows_each_only_what_is_theirs(world, who):
    seen = {what for what, table in TABLES.items() if counted_by_sql(world.askers[who], table)}
    assert seen == MATRIX[who]


@pytest.mark.parametrize("who", MATRIX)
def test_policy_list_and_database_agree(world, who):
    asker = world.askers[who]
    with as_owner():
        duty = Duty.objects.get()
    for what, policy, record in (
        (CASE, case_policies.SEES, world.case),
        (REFERRAL, referral_policies.SEES, world.referral),
        (DUTY, duty_policies.SEES, duty),
    ):
        expected = what in MATRIX[who]
        with asking(asker):
            listed = type(record).objects.filter(policy.filter(asker)).exists()
            assert (what, policy.allows(asker, record), listed) == (what, expected, expected)
        with as_owner():  # without row-level security the policy alone must say the same
            in_words = type(record).objects.filter(policy.filter(asker)).exists()
        assert (what, in_words) == (what, expected)


@pytest.mark.parametrize("who", MATRIX)
def test_who_does_not_see_a_row_cannot_change_or_remove_it(world, who):
    asker = world.askers[who]
    with asking(asker):
        changed = Case.objects.filter(pk=world.case.pk).update(danger_now=True)
    assert bool(changed) is (CASE in MATRIX[who])
    for model in (Case, Consent, CaseToken, Referral, Packet, Duty, ServiceGiven):
        with pytest.raises(Exception, match="permission denied"), asking(asker):
            run(f"DELETE FROM {model._meta.db_table}")


def test_administrator_reads_zero_cases(world):
    for who in ("an administrator", "an administrator of the centre"):
        assert counted_by_sql(world.askers[who], "casework_case") == 0


def test_secretary_reads_zero_identities(world):
    secretary = world.askers["a committee secretary"]
    with asking(secretary), connection.cursor() as cursor:
        cursor.execute("SELECT identity, story, safe_contact FROM casework_case")
        assert cursor.fetchall() == []
        cursor.execute("SELECT content FROM casework_packet")
        assert cursor.fetchall() == []
        cursor.execute("SELECT token FROM casework_casetoken")
        assert cursor.fetchall() == []


def test_what_a_case_is_and_whose_it_is_cannot_be_rewritten(world):
    worker = world.askers["the case worker who has it"]
    for column in ("organisation_id", "opened_by_id", "opened_at", "code", "unit_id"):
        with pytest.raises(Exception, match="permission denied"), asking(worker):
            run(f"UPDATE casework_case SET {column} = {column}")
