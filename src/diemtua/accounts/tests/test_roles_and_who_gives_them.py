from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from diemtua.accounts import services
from diemtua.accounts.errors import (
    LastAdministrator,
    NotYourOwnAccess,
    RoleAlreadyHeld,
    RolesClash,
)
from diemtua.accounts.models import INCOMPATIBLE, Membership, Organisation, Role, User
from diemtua.accounts.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou

pytestmark = pytest.mark.django_db


def test_code_and_database_name_the_same_clashing_roles():
    with connection.cursor() as cursor:
        for one, other in product(Role.values, repeat=2):
            cursor.execute("SELECT accounts_roles_clash(%s, %s)", [one, other])
            said = cursor.fetchone()[0]
            assert said is (one != other and frozenset({one, other}) in INCOMPATIBLE), (one, other)


def test_who_runs_the_system_sees_no_person():
    assert {Role.ADMINISTRATOR, Role.COUNSELLOR} in INCOMPATIBLE
    assert {Role.DATA_PROTECTION_OFFICER, Role.SUPERVISOR} in INCOMPATIBLE
    assert {Role.PERPETRATOR_WORKER, Role.CASE_WORKER} in INCOMPATIBLE
    assert {Role.COUNSELLOR, Role.CASE_WORKER} not in INCOMPATIBLE


def test_the_database_refuses_clashing_roles_even_to_its_owner():
    member = factories.member(role=Role.COUNSELLOR)
    with pytest.raises(IntegrityError, match="both roles"), transaction.atomic():
        factories.member(role=Role.ADMINISTRATOR, user=member.user)


def test_a_role_that_ended_clashes_no_more():
    member = factories.member(role=Role.COUNSELLOR)
    with as_owner():
        member.valid_to = clock.today()
        member.save(update_fields=["valid_to"])
    factories.member(role=Role.ADMINISTRATOR, user=member.user, valid_from=clock.today())


def grant(administrator, user, role, *, organisation=None, key=None):
    with asking(administrator):
        return services.grant_role(
            asker=administrator,
            id=key or uuid4(),
            user=user,
            organisation=organisation or Organisation.objects.first(),
            role=role,
            at=clock.now(),
        )


def test_an_administrator_gives_a_role_once_even_when_tapped_twice():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    person, key = factories.user(), uuid4()
    first = grant(administrator, person, Role.LEADER, key=key)
    assert grant(administrator, person, Role.LEADER, key=key) == first
    with pytest.raises(RoleAlreadyHeld):
        grant(administrator, person, Role.LEADER)


def test_a_clashing_role_is_refused_in_a_sentence():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    member = factories.member(role=Role.CASE_WORKER)
    with pytest.raises(RolesClash) as refusal:
        grant(administrator, member.user, Role.AUDITOR)
    assert "Nhân viên quản lý trường hợp" in refusal.value.says


def test_administrators_give_themselves_nothing():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    me = User.objects.get(pk=administrator.user_id)
    with pytest.raises(NotYourOwnAccess):
        grant(administrator, me, Role.LEADER)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.ADMINISTRATOR}))
def test_no_other_role_gives_roles_by_service_or_by_raw_sql(role):
    asker = factories.asker(role=role)
    person, body = factories.user(), Organisation.objects.first()
    with pytest.raises(NotForYou):
        grant(asker, person, Role.LEADER)
    with pytest.raises(ProgrammingError, match="only an administrator"), asking(asker):
        Membership.objects.create(
            user=person, organisation=body, role=Role.LEADER, valid_from=clock.today()
        )


def test_without_an_asker_nobody_gets_a_role_or_an_organisation_or_a_suspension():
    person, body = factories.user(), factories.organisation()
    for forbidden in (
        lambda: Membership.objects.create(
            user=person, organisation=body, role=Role.LEADER, valid_from=clock.today()
        ),
        lambda: Organisation.objects.create(name="x", kind="OTHER", unit=body.unit),
        lambda: User.objects.filter(pk=person.pk).update(is_active=False),
    ):
        with pytest.raises(ProgrammingError, match="only an administrator"), transaction.atomic():
            forbidden()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM accounts_user",
        "DELETE FROM accounts_organisation",
        "DELETE FROM accounts_membership",
        "DELETE FROM accounts_invitation",
        "UPDATE accounts_user SET email = 'x@vi-du.example'",
        "UPDATE accounts_user SET is_sample = true",
        "UPDATE accounts_membership SET role = 'ADMINISTRATOR'",
        "UPDATE accounts_membership SET user_id = NULL",
        "UPDATE accounts_invitation SET role = 'ADMINISTRATOR'",
    ],
)
def test_the_application_may_not_rewrite_who_somebody_is(statement):
    asker = factories.asker(role=Role.ADMINISTRATOR)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        asking(asker),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_ending_a_role_twice_is_one_end():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    member = factories.member(role=Role.LEADER)
    with asking(administrator):
        for _ in range(2):
            services.end_membership(asker=administrator, membership=member, at=clock.now())
    assert Membership.objects.get(pk=member.pk).valid_to == clock.today()


def test_a_role_given_today_can_end_today():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    member = factories.member(role=Role.LEADER, valid_from=clock.today())
    with asking(administrator):
        services.end_membership(asker=administrator, membership=member, at=clock.now())
    assert Membership.objects.get(pk=member.pk).valid_to == clock.today()


def test_nobody_suspends_or_ends_themselves():
    member = factories.member(role=Role.ADMINISTRATOR)
    me = factories.asker_of(member)
    with asking(me):
        with pytest.raises(NotYourOwnAccess):
            services.suspend(asker=me, user=member.user, reason="LEFT")
        with pytest.raises(NotYourOwnAccess):
            services.end_membership(asker=me, membership=member, at=clock.now())


def test_one_administrator_always_remains():
    acting = factories.member(role=Role.ADMINISTRATOR)
    last = factories.member(role=Role.ADMINISTRATOR)
    with as_owner():
        User.objects.filter(pk=acting.user_id).update(is_active=False)
    asker = factories.asker_of(acting)  # suspended a moment ago, this request still runs
    with asking(asker):
        with pytest.raises(LastAdministrator):
            services.suspend(asker=asker, user=last.user, reason="LEFT")
        with pytest.raises(LastAdministrator):
            services.end_membership(asker=asker, membership=last, at=clock.now())
