import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from diemtua.accounts.models import Organisation
from diemtua.accounts.tests import factories
from diemtua.foundation.database.asker import PUBLIC, Asker, Kind, job_asker
from diemtua.foundation.database.policy import Policy, role_policy
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

OWN = Policy(
    code="test.own",
    roles=frozenset({"SUPERVISOR", "PROVIDER"}),
    rule=lambda asker: Q(pk=asker.organisation_id),
)


def member(role, organisation_id=None):
    return Asker(kind=Kind.MEMBER, role=role, organisation_id=organisation_id)


class OneAndMany(TestCase):
    @given(
        role=st.sampled_from(["SUPERVISOR", "PROVIDER", "LEADER", ""]),
        own=st.integers(min_value=0, max_value=3),
    )
    def test_the_list_holds_exactly_what_is_allowed_one_by_one(self, role, own):
        with as_owner():
            bodies = [factories.organisation() for _ in range(3)]
        asker = member(role, bodies[own].pk if own < 3 else None)
        listed = set(OWN.of(asker, Organisation.objects.all()))
        assert listed == {body for body in bodies if OWN.allows(asker, body)}


@pytest.mark.django_db
def test_a_role_that_is_not_named_is_told_so_and_a_strange_record_is_not_admitted_to_exist():
    with as_owner():
        mine, other = factories.organisation(), factories.organisation()
    OWN.require(member("SUPERVISOR", mine.pk), mine)
    with pytest.raises(NotFound):
        OWN.require(member("SUPERVISOR", mine.pk), other)
    with pytest.raises(NotForYou):
        OWN.require(member("LEADER", mine.pk), mine)


def test_nobody_and_the_public_are_not_let_in_unless_the_policy_says_public():
    assert not OWN.lets_in(None)
    assert not OWN.lets_in(PUBLIC)
    assert Policy(code="open", public=True).lets_in(PUBLIC)


def test_a_job_is_let_in_by_name_only():
    policy = Policy(code="test.job", jobs=frozenset({"remind"}))
    assert policy.lets_in(job_asker("remind"))
    assert not policy.lets_in(job_asker("other"))
    assert not OWN.lets_in(job_asker("remind"))


def test_a_page_policy_must_name_a_role():
    with pytest.raises(ValueError, match="names no role"):
        role_policy("test.nobody")
