from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from django.urls import reverse

from diemtua.accounts import services
from diemtua.accounts.errors import InvitationExpired, InvitationUsed, RoleNotYoursToGive
from diemtua.accounts.models import Invitation, Membership, Organisation, Role, User
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.foundation import clock
from diemtua.foundation.database.asker import PUBLIC, asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou

pytestmark = pytest.mark.django_db


def invite(asker, *, role=Role.COUNSELLOR, organisation=None, email="moi@vi-du.example", key=None):
    with asking(asker):
        return services.invite(
            asker=asker,
            id=key or uuid4(),
            email=email,
            full_name="Trần Văn Mới",
            organisation=organisation or Organisation.objects.get(pk=asker.organisation_id),
            role=role,
            at=clock.now(),
        )


@pytest.fixture
def administrator():
    return factories.asker(role=Role.ADMINISTRATOR)


def link(invitation):
    return reverse("accounts:invitation", args=[services.link_token(invitation.pk)])


def accept(client, invitation, *, passphrase=factories.PASSPHRASE, again=None):
    return client.post(link(invitation), {"passphrase": passphrase, "again": again or passphrase})


def test_an_invitation_makes_an_account_in_the_role_and_signs_in(client, administrator):
    centre = factories.organisation()
    invitation = invite(administrator, organisation=centre)
    page = client.get(link(invitation)).content.decode()
    assert "Trần Văn Mới" in page
    assert centre.name in page
    response = accept(client, invitation)
    assert response["Location"] == "/"
    member = Membership.objects.get(user__email="moi@vi-du.example")
    assert (member.role, member.organisation) == (Role.COUNSELLOR, centre)
    assert member.user.check_password(factories.PASSPHRASE)
    assert client.get("/tai-khoan/")["Location"].startswith(reverse("mfa_index"))


def test_a_new_counsellor_sets_up_the_second_factor_without_typing_the_passphrase_again(
    client, administrator
):
    accept(client, invite(administrator))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_link_works_once(client, administrator):
    invitation = invite(administrator)
    accept(client, invitation)
    client.post("/ra/")
    page = client.get(link(invitation))
    assert page.status_code == 410
    assert "đã được dùng rồi" in page.content.decode()
    with pytest.raises(InvitationUsed):
        services.accept_invitation(
            token=services.link_token(invitation.pk),
            passphrase=factories.PASSPHRASE,
            signed_in=None,
            at=clock.now(),
        )


def test_a_link_expires_after_three_days(client, administrator):
    invitation = invite(administrator)
    token = services.link_token(invitation.pk)
    services.open_invitation(token=token, at=clock.now() + timedelta(days=2))
    with pytest.raises(InvitationExpired):
        services.open_invitation(token=token, at=clock.now() + timedelta(days=4))


def test_a_withdrawn_invitation_says_so_plainly(client, administrator):
    invitation = invite(administrator)
    with asking(administrator):
        services.withdraw_invitation(asker=administrator, invitation=invitation, at=clock.now())
    page = client.get(link(invitation))
    assert page.status_code == 410
    assert "hết hạn hoặc đã được thu hồi" in page.content.decode()


def test_a_mistyped_link_says_so(client):
    assert client.get(reverse("accounts:invitation", args=["khong-co"])).status_code == 404


def test_a_weak_or_mistyped_passphrase_makes_no_account(client, administrator):
    invitation = invite(administrator)
    for passphrase, again in (("ngắn", "ngắn"), ("tran van moi 1", "tran van moi 1"),
                              (factories.PASSPHRASE, "khác hẳn câu kia")):  # fmt: skip
        assert accept(client, invitation, passphrase=passphrase, again=again).status_code == 422
    assert not User.objects.filter(email="moi@vi-du.example").exists()


def test_the_same_tap_twice_is_one_invitation_with_one_link(administrator):
    key = uuid4()
    assert invite(administrator, key=key) == invite(administrator, key=key)
    with asking(administrator):
        assert Invitation.objects.count() == 1


def test_the_database_keeps_no_usable_link(administrator):
    invitation = invite(administrator)
    token = services.link_token(invitation.pk)
    assert token.encode() not in bytes(invitation.token_hash)
    assert len(token) == 43


def test_who_has_an_account_signs_in_and_takes_the_role_with_it(client, administrator):
    member = signed_in(client, role=Role.LEADER)
    invitation = invite(administrator, role=Role.COMMITTEE_SECRETARY, email=member.user.email)
    assert client.post(link(invitation))["Location"] == "/"
    roles = set(member.user.memberships.values_list("role", flat=True))
    assert roles == {Role.LEADER, Role.COMMITTEE_SECRETARY}


def test_nobody_takes_over_an_account_by_accepting_its_invitation(client, administrator):
    member = factories.member(role=Role.LEADER)
    invitation = invite(administrator, role=Role.COMMITTEE_SECRETARY, email=member.user.email)
    assert accept(client, invitation)["Location"].startswith("/vao/?next=")
    assert not User.objects.get(pk=member.user_id).check_password(factories.PASSPHRASE)


def test_another_persons_link_is_refused(client, administrator):
    signed_in(client, role=Role.LEADER)
    invitation = invite(administrator, role=Role.LEADER)
    page = client.post(link(invitation))
    assert page.status_code == 403
    assert "một người khác" in page.content.decode()


def test_a_clashing_role_is_refused_when_accepting(client, administrator):
    member = signed_in(client, role=Role.COUNSELLOR)
    invitation = invite(administrator, role=Role.AUDITOR, email=member.user.email)
    page = client.post(link(invitation))
    assert page.status_code == 409
    with asking(administrator):
        assert Invitation.objects.get(pk=invitation.pk).accepted_at is None


def test_a_supervisor_invites_the_workers_of_the_own_organisation_only():
    supervisor = factories.asker(role=Role.SUPERVISOR)
    assert invite(supervisor, role=Role.CASE_WORKER).role == Role.CASE_WORKER
    with pytest.raises(RoleNotYoursToGive):
        invite(supervisor, role=Role.SUPERVISOR)
    with pytest.raises(RoleNotYoursToGive):
        invite(supervisor, organisation=factories.organisation())


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.ADMINISTRATOR, Role.SUPERVISOR}))
def test_nobody_else_invites_or_sees_invitations(role, administrator):
    invite(administrator)
    asker = factories.asker(role=role)
    with pytest.raises(NotForYou):
        invite(asker)
    with asking(asker):
        assert not Invitation.objects.exists()


def test_row_level_security_says_the_same_about_invitations(administrator):
    supervisor = factories.asker(role=Role.SUPERVISOR)
    invite(administrator)
    own = invite(supervisor)
    assert not Invitation.objects.exists()
    with asking(supervisor):
        assert list(Invitation.objects.all()) == [own]
    with asking(administrator):
        assert Invitation.objects.count() == 2
    forbidden = {"email": "x@vi-du.example", "full_name": "x", "token_hash": b"x" * 32,
                 "invited_at": clock.now(), "expires_at": clock.now() + timedelta(days=1)}  # fmt: skip
    with pytest.raises(ProgrammingError, match="row-level security"), asking(supervisor):
        Invitation.objects.create(
            id=uuid4(), organisation_id=supervisor.organisation_id, role=Role.LEADER, **forbidden
        )
    with pytest.raises(ProgrammingError, match="row-level security"), asking(PUBLIC):
        Invitation.objects.create(
            id=uuid4(),
            organisation_id=supervisor.organisation_id,
            role=Role.COUNSELLOR,
            **forbidden,
        )


def test_the_page_shows_the_link_once_and_keeps_what_was_typed_when_refused(client):
    member = signed_in(client, role=Role.ADMINISTRATOR)
    typed = {"key": str(uuid4()), "full_name": "Lê Thị Năm", "email": "khong phai dia chi",
             "organisation": str(member.organisation_id), "role": Role.LEADER}  # fmt: skip
    page = client.post(reverse("accounts:invite"), typed)
    assert page.status_code == 422
    assert "Lê Thị Năm" in page.content.decode()
    page = client.post(reverse("accounts:invite"), {**typed, "email": "nam@vi-du.example"})
    assert "http://testserver/loi-moi/" in page.content.decode()
    listed = client.get(reverse("accounts:invitations")).content.decode()
    assert "Lê Thị Năm" in listed
    assert "/loi-moi/" not in listed


def test_the_first_administrator_is_invited_at_set_up():
    invitation = services.invite_first_administrator(
        email="quan-tri@vi-du.example",
        full_name="Phạm Quản Trị",
        organisation_name="Sở Y tế",
        unit=factories.unit(),
        at=clock.now(),
    )
    user = services.accept_invitation(
        token=services.link_token(invitation.pk),
        passphrase=factories.PASSPHRASE,
        signed_in=None,
        at=clock.now(),
    )
    assert user.memberships.get().role == Role.ADMINISTRATOR


def test_an_expired_invitation_gives_no_role_by_raw_sql_either(administrator):
    invitation = invite(administrator, role=Role.LEADER)
    with as_owner():
        Invitation.objects.filter(pk=invitation.pk).update(
            invited_at=clock.now() - timedelta(days=9), expires_at=clock.now() - timedelta(days=1)
        )
    person = factories.user(email=invitation.email)
    with pytest.raises(ProgrammingError, match="only an administrator"), asking(PUBLIC):
        Membership.objects.create(
            user=person,
            organisation=invitation.organisation,
            role=Role.LEADER,
            valid_from=clock.today(),
        )
