"""Invitations: the only way in. A link that works once, for three days."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.db import connection

from diemtua.accounts.errors import (
    InvitationExpired,
    InvitationForSomeoneElse,
    InvitationNotFound,
    InvitationUsed,
    RoleNotYoursToGive,
)
from diemtua.accounts.models import Invitation, Organisation, OrganisationKind, Role, User
from diemtua.accounts.policies import MAY_INVITE, ROLES_A_SUPERVISOR_INVITES
from diemtua.accounts.queries import asker_of_user
from diemtua.accounts.services.people import add_membership
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database import secrets
from diemtua.foundation.database.asker import PUBLIC, Asker, asking, job_asker
from diemtua.foundation.database.once import create_once
from diemtua.places.models import Unit

LIFETIME = timedelta(days=3)


def link_token(invitation_id: UUID) -> str:
    """Return the token in an invitation's link: made from its id under a key outside the database.

    The same tap sent twice therefore shows the same link, and a copy of the database opens none.
    """
    key = secrets.keep("invitation.key")
    seal = hmac.new(key, invitation_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(seal).decode().rstrip("=")


@contextmanager
def _holding(token: str) -> Iterator[None]:
    """Ask as somebody who holds this link: PostgreSQL shows her the one invitation behind it."""
    with asking(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('diemtua.invitation', %s, true)", [token])
        yield


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def invite(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the record's id, made by the page
    email: str,
    full_name: str,
    organisation: Organisation,
    role: str,
    unit: Unit | None = None,
    at: datetime,
) -> Invitation:
    """Invite a colleague into a role of an organisation; the link follows from ``link_token``.

    Raises:
        RoleNotYoursToGive: a supervisor invites workers of the own organisation only.
    """
    MAY_INVITE.require(asker)
    if asker.has_role(Role.SUPERVISOR) and (
        role not in ROLES_A_SUPERVISOR_INVITES or organisation.pk != asker.organisation_id
    ):
        raise RoleNotYoursToGive
    invitation, is_new = create_once(
        Invitation,
        id,
        lambda: Invitation.objects.create(
            id=id, email=email.lower(), full_name=full_name, organisation=organisation,
            role=role, unit=unit, token_hash=_hash(link_token(id)), invited_by_id=asker.user_id,
            invited_at=at, expires_at=at + LIFETIME,
        ),
    )  # fmt: skip
    if is_new:
        audit.write(asker=asker, action="accounts.invited", subject=invitation, role=role)
    return invitation


def withdraw_invitation(*, asker: Asker, invitation: Invitation, at: datetime) -> None:
    """Take an invitation back; its link then says so. Twice is once."""
    MAY_INVITE.require(asker, invitation)
    if not invitation.is_open(at):
        return
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    audit.write(asker=asker, action="accounts.invitation.withdrawn", subject=invitation)


def open_invitation(*, token: str, at: datetime) -> Invitation:
    """Return the invitation behind a link.

    Raises:
        InvitationNotFound: there is none. InvitationUsed: it was accepted. InvitationExpired: it
            was not used in time or taken back.
    """
    with _holding(token):
        found = (
            Invitation.objects.select_related("organisation", "organisation__unit", "invited_by")
            .filter(token_hash=_hash(token))
            .first()
        )
    if found is None:
        raise InvitationNotFound
    if found.accepted_at is not None:
        raise InvitationUsed
    if not found.is_open(at):
        raise InvitationExpired
    return found


def accept_invitation(
    *, token: str, passphrase: str | None, signed_in: User | None, at: datetime
) -> User:
    """Accept an invitation: the person exists afterwards and holds the role.

    Who has an account already accepts while signed in; who has none sets a passphrase.

    Raises:
        InvitationForSomeoneElse: signed in as another person, or the account exists and nobody is
            signed in.
        django.core.exceptions.ValidationError: the passphrase is too weak.
    """
    with _holding(token):
        invitation = open_invitation(token=token, at=at)
        # The row is locked: of two taps at once the second waits, then finds the link used.
        locked = Invitation.objects.select_for_update().filter(
            pk=invitation.pk, accepted_at__isnull=True
        )
        if locked.first() is None:
            raise InvitationUsed
        user = User.objects.filter(email__iexact=invitation.email).first()
        if signed_in is not None and (user is None or user.pk != signed_in.pk):
            raise InvitationForSomeoneElse
        if user is not None and signed_in is None:
            raise InvitationForSomeoneElse
        if user is None:
            user = _new_user(invitation, passphrase or "")
        add_membership(
            id=uuid4(), user=user, organisation=invitation.organisation, role=invitation.role,
            unit=invitation.unit, on=at.astimezone(CITY_TIME).date(),
            granted_by=invitation.invited_by_id,
        )  # fmt: skip
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
    asker = asker_of_user(user, screen="accounts:invitation")
    with asking(asker):
        audit.write(
            asker=asker, action="accounts.invitation.accepted",
            subject=("accounts.Invitation", invitation.pk), role=invitation.role,
        )  # fmt: skip
    return user


def _new_user(invitation: Invitation, passphrase: str) -> User:
    person = User(email=invitation.email, full_name=invitation.full_name)
    validate_password(passphrase, person)
    return User.objects.create_user(invitation.email, passphrase, full_name=invitation.full_name)


def invite_first_administrator(
    *, email: str, full_name: str, organisation_name: str, unit: Unit, at: datetime
) -> Invitation:
    """Invite the one who invites everyone else; for `diemtua invite` on a new installation."""
    asker = job_asker("accounts.setup")
    with asking(asker):
        organisation, _is_new = Organisation.objects.get_or_create(
            name=organisation_name, unit=unit, defaults={"kind": OrganisationKind.DEPARTMENT}
        )
        return invite(
            asker=asker, id=uuid4(), email=email, full_name=full_name,
            organisation=organisation, role=Role.ADMINISTRATOR, at=at,
        )  # fmt: skip
