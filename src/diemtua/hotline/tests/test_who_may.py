"""Role × relation to the contact: policy object, list filter and raw SQL give the same answer."""

import pytest
from django.db import connection

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner
from diemtua.hotline import policies, queries
from diemtua.hotline.models import Contact
from diemtua.hotline.tests import factories

pytestmark = pytest.mark.django_db

SEES, WRITES = {"sees"}, {"sees", "writes"}
MATRIX = {
    "the counsellor who took it": WRITES,
    "another counsellor of the centre": set(),
    "the supervisor of the centre": SEES,
    "a supervisor of another centre": set(),
    "a case worker of the centre": set(),
    "a perpetrators' worker of the centre": set(),
    "a provider": set(),
    "the officer of the commune": set(),
    "a committee secretary": set(),
    "a leader": set(),
    "a data protection officer": set(),
    "an auditor": set(),
    "an administrator": set(),
    "an administrator of the centre": set(),
    "the counsellor, acting as administrator": set(),
    "the counsellor, moved to another centre": set(),
    "a job": set(),
    "the public": set(),
}


@pytest.fixture
def world():
    centre = accounts.organisation()

    def of(role, body=None, **fields):
        return accounts.asker(role=role, organisation=body, **fields)

    lan = of(Role.COUNSELLOR, centre)
    askers = {
        "the counsellor who took it": lan,
        "another counsellor of the centre": of(Role.COUNSELLOR, centre),
        "the supervisor of the centre": of(Role.SUPERVISOR, centre),
        "a supervisor of another centre": of(Role.SUPERVISOR),
        "a case worker of the centre": of(Role.CASE_WORKER, centre),
        "a perpetrators' worker of the centre": of(Role.PERPETRATOR_WORKER, centre),
        "a provider": of(Role.PROVIDER),
        "the officer of the commune": of(Role.COMMUNE_OFFICER, unit=factories.NINH_KIEU),
        "a committee secretary": of(Role.COMMITTEE_SECRETARY),
        "a leader": of(Role.LEADER),
        "a data protection officer": of(Role.DATA_PROTECTION_OFFICER),
        "an auditor": of(Role.AUDITOR),
        "an administrator": of(Role.ADMINISTRATOR),
        "an administrator of the centre": of(Role.ADMINISTRATOR, centre),
        "the counsellor, acting as administrator": _as(lan, role=Role.ADMINISTRATOR),
        "the counsellor, moved to another centre": _as(
            lan, organisation_id=accounts.organisation().pk
        ),
        "a job": job_asker("hotline.something"),
        "the public": PUBLIC,
    }
    return askers, factories.contact(lan)


def _as(asker, **changed):
    from dataclasses import replace

    return replace(asker, **changed)


def by_sql(asker, statement):
    with asking(asker), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount if cursor.description is None else cursor.fetchone()[0]


@pytest.mark.parametrize("who", MATRIX)
def test_policy_list_and_plain_sql_agree(world, who):
    askers, contact = world
    asker, expected = askers[who], MATRIX[who]
    for what, policy in (("sees", policies.SEES), ("writes", policies.MAY_WRITE)):
        with asking(asker):
            listed = policy.of(asker, Contact.objects.all()).exists()
            assert (what, policy.allows(asker, contact), listed) == (
                what, what in expected, what in expected,
            )  # fmt: skip
        with as_owner():  # without row-level security the policy alone says the same
            alone = Contact.objects.filter(policy.filter(asker)).exists()
        assert (what, alone) == (what, what in expected)
    assert by_sql(asker, "SELECT count(*) FROM hotline_contact") == ("sees" in expected)
    changed = by_sql(asker, "UPDATE hotline_contact SET children = 1")
    assert changed == ("writes" in expected)


@pytest.mark.parametrize("who", MATRIX)
def test_nobody_removes_a_contact_or_rewrites_whose_it_is(world, who):
    askers, _contact = world
    for statement in (
        "DELETE FROM hotline_contact",
        "UPDATE hotline_contact SET organisation_id = organisation_id",
        "UPDATE hotline_contact SET taken_by_id = taken_by_id",
        "UPDATE hotline_contact SET held_by_id = held_by_id",
        "UPDATE hotline_contact SET data_key_id = data_key_id",
    ):
        with pytest.raises(Exception, match="permission denied"):
            by_sql(askers[who], statement)


@pytest.mark.parametrize("who", MATRIX)
def test_what_was_told_opens_only_to_who_sees_the_contact(world, who):
    askers, contact = world
    asker = askers[who]
    if not MATRIX[who]:
        with asking(asker), pytest.raises(Exception, match=r"not-for-you|not-found"):
            queries.told(asker=asker, contact=contact)
        return
    with asking(asker):
        found = queries.contact(asker=asker, contact_id=contact.pk)
        assert queries.told(asker=asker, contact=found).notes == factories.NOTES


def test_a_counsellor_cannot_put_a_contact_under_another_name(world):
    askers, _contact = world
    lan, other = (
        askers["the counsellor who took it"],
        askers["another counsellor of the centre"],
    )
    statement = (
        "INSERT INTO hotline_contact SELECT (jsonb_populate_record(c, jsonb_build_object("
        f"'id', gen_random_uuid(), 'taken_by_id', '{other.user_id}'))).* FROM hotline_contact c"
    )
    with pytest.raises(Exception, match="row-level security"):
        by_sql(lan, statement)
