"""SQL that slipped into a query of one's page opens no other account; PostgreSQL sees to it."""

import hashlib
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from diemtua.accounts import services
from diemtua.accounts.models import Invitation, Role
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import with_app
from diemtua.foundation import clock
from diemtua.foundation.database.asker import PUBLIC, asking, job_asker

pytestmark = pytest.mark.django_db
REFUSED = "only the person changes how she signs in"


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def refused(sql, *parameters, says=REFUSED):
    with pytest.raises(ProgrammingError, match=says), transaction.atomic():
        run(sql, *parameters)


@pytest.fixture
def victim():
    member = factories.member(role=Role.SUPERVISOR)
    with_app(member.user)
    return member.user


@pytest.fixture(params=["nobody", "public", *Role.values])
def stranger(request):
    if request.param == "nobody":
        with transaction.atomic():
            yield
    else:
        is_role = request.param in Role.values
        with asking(factories.asker(role=request.param) if is_role else PUBLIC):
            yield


@pytest.mark.usefixtures("stranger")
def test_nobody_sets_anothers_passphrase(victim):
    refused("UPDATE accounts_user SET password = 'mine' WHERE id = %s", victim.pk)


@pytest.mark.usefixtures("stranger")
def test_nobody_gives_another_a_second_factor_or_changes_it(victim):
    refused("UPDATE mfa_authenticator SET data = '{}' WHERE user_id = %s", victim.pk)
    refused(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
        " VALUES (%s, 'webauthn', '{}', now())",
        victim.pk,
    )


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_an_administrator_takes_a_second_factor_away(victim, role):
    with asking(factories.asker(role=role)):
        refused("DELETE FROM mfa_authenticator WHERE user_id = %s", victim.pk)


def test_ones_own_second_factor_cannot_be_handed_to_another(victim):
    me = factories.asker(role=Role.COUNSELLOR)
    with asking(me):
        run(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
            " VALUES (%s, 'webauthn', '{}', now())",
            me.user_id,
        )
        refused(
            "UPDATE mfa_authenticator SET user_id = %s WHERE user_id = %s", victim.pk, me.user_id
        )


def test_the_person_herself_and_the_sign_in_pages_may(victim):
    for asker in (factories.asker(user=victim), job_asker("accounts.sign-in")):
        with asking(asker):
            assert run("UPDATE accounts_user SET password = %s WHERE id = %s", uuid4(), victim.pk)
            assert run(
                "UPDATE mfa_authenticator SET last_used_at = now() WHERE user_id = %s", victim.pk
            )


def test_no_link_for_a_new_passphrase_goes_to_another_address(victim):
    sql = 'INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%s, %s, true, true)'
    refused(sql, victim.pk, "mine@vi-du.example", says="not the address of this person")
    assert run(sql, victim.pk, victim.email.upper())


@pytest.mark.parametrize("table", ["auth_permission", "django_content_type", "django_migrations"])
def test_what_packages_keep_and_only_read_the_serving_role_only_reads(table):
    refused(f"DELETE FROM {table}", says="permission denied")


def test_an_administrator_gives_herself_no_role_even_by_sql():
    member = factories.member(role=Role.ADMINISTRATOR)
    with asking(factories.asker(role=Role.ADMINISTRATOR, user=member.user)):
        refused(
            "UPDATE accounts_membership SET valid_to = %s WHERE user_id = %s",
            clock.today(), member.user_id, says="only an administrator or an open invitation",
        )  # fmt: skip


@pytest.fixture
def invitation():
    administrator = factories.asker(role=Role.ADMINISTRATOR)
    with asking(administrator):
        return services.invite(
            asker=administrator, id=uuid4(), email="moi@vi-du.example", full_name="Người Mới",
            organisation=factories.organisation(), role=Role.CASE_WORKER, at=clock.now(),
        )  # fmt: skip


def told(token):
    run("SELECT set_config('diemtua.invitation', %s, true)", token)
    return Invitation.objects.count()


def test_only_who_holds_a_link_reads_the_invitation_behind_it(invitation):
    with asking(PUBLIC):
        assert Invitation.objects.count() == 0
        assert told("made up") == 0
        assert told(hashlib.sha256(b"made up").hexdigest()) == 0
        assert told(services.link_token(invitation.pk)) == 1


def test_without_the_link_an_open_invitation_gives_no_role(invitation):
    with asking(PUBLIC):
        intruder = factories.user(email=invitation.email)
        refused(
            "INSERT INTO accounts_membership (id, user_id, organisation_id, role, valid_from)"
            " VALUES (%s, %s, %s, %s, %s)",
            uuid4(), intruder.pk, invitation.organisation_id, invitation.role, clock.today(),
            says="only an administrator or an open invitation",
        )  # fmt: skip
