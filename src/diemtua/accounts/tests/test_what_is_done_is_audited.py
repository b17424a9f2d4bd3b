import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import code_now, sign_in, signed_in, staff
from diemtua.foundation.audit.models import Entry
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


def trail(*, subject=None):
    with as_owner():
        entries = Entry.objects.order_by("pk")
        if subject is not None:
            entries = entries.filter(subject_id=str(subject.pk))
        return list(entries)


def actions(**about):
    return [entry.action for entry in trail(**about)]


def test_signing_in_and_out_is_audited_by_whom(client):
    member = staff()
    sign_in(client, member)
    client.post("/ra/")
    entries = trail(subject=member.user)
    assert [e.action for e in entries] == ["accounts.signed-in", "accounts.signed-out"]
    assert {e.user_id for e in entries} == {member.user_id}


def test_a_failed_sign_in_is_audited_without_the_address_typed(client):
    member = staff()
    for email in (member.user.email, "khong-co@vi-du.example"):
        client.post("/vao/", {"login": email, "password": "sai"})
    known, unknown = trail()
    assert known.action == unknown.action == "accounts.sign-in.failed"
    assert (known.subject_id, unknown.subject_id) == (str(member.user_id), "")
    assert "example" not in str([vars(entry) for entry in (known, unknown)])


def test_setting_up_and_dropping_a_second_factor_is_audited(
    client, django_capture_on_commit_callbacks
):
    member = staff(Role.LEADER)
    sign_in(client, member)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.get(reverse("mfa_index"))
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert page.status_code == 302
    client.post(reverse("mfa_deactivate_totp"))
    assert actions(subject=member.user)[1:] == [
        "accounts.second-factor.app-added",
        "accounts.second-factor.app-removed",
    ]


def test_what_an_administrator_does_to_a_person_is_audited_with_the_reason(client):
    administrator = signed_in(client, role=Role.ADMINISTRATOR)
    member = staff(Role.COUNSELLOR)
    for name, data in (
        ("reset-second-factor", {"reason": "LOST"}),
        ("end-membership", {"membership": str(member.pk)}),
        ("suspend", {"reason": "LEFT"}),
        ("restore", {}),
        ("passphrase-link", {}),
    ):
        client.post(reverse(f"accounts:{name}", args=[member.user_id]), data)
    entries = trail(subject=member.user)
    assert [(e.action, e.why) for e in entries] == [
        ("accounts.second-factor.reset", "LOST"),
        ("accounts.role.ended", ""),
        ("accounts.user.suspended", "LEFT"),
        ("accounts.user.restored", ""),
        ("accounts.passphrase.link-made", ""),
    ]
    assert {e.user_id for e in entries} == {administrator.user_id}


def test_acting_in_another_role_is_audited(client):
    member = signed_in(client)
    other = factories.member(role=Role.LEADER, user=member.user)
    client.post(reverse("accounts:act-as"), {"membership": str(other.pk)})
    last = trail(subject=member.user)[-1]
    assert (last.action, last.role, last.membership_id) == (
        "accounts.acting-as",
        Role.LEADER,
        other.pk,
    )
