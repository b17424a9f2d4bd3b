"""Roles given and ended, people suspended and restored, second factors reset."""

from datetime import date, datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.errors import (
    LastAdministrator,
    NotYourOwnAccess,
    RoleAlreadyHeld,
    RolesClash,
)
from diemtua.accounts.models import INCOMPATIBLE, Membership, Organisation, Role, User
from diemtua.accounts.policies import MAY_ADMINISTER
from diemtua.accounts.queries import administrators, valid_on
from diemtua.accounts.services.sign_in import end_all_sessions
from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.places.models import Unit


class ResetReason(models.TextChoices):
    """Why a second factor is reset; a code for the audit trail, nothing typed."""

    LOST = "LOST", _("Mất điện thoại hoặc khóa bảo mật")
    REPLACED = "REPLACED", _("Đổi thiết bị")
    SUSPECTED = "SUSPECTED", _("Nghi có người khác dùng được")


class SuspensionReason(models.TextChoices):
    """Why a person is suspended; a code for the audit trail, nothing typed."""

    LEFT = "LEFT", _("Đã nghỉ hoặc chuyển công tác")
    ABSENT = "ABSENT", _("Tạm nghỉ dài ngày")
    SUSPECTED = "SUSPECTED", _("Nghi tài khoản bị lộ hoặc dùng sai mục đích")


def grant_role(
    *,
    asker: Asker,
    id: UUID,  # noqa: A002 - the record's id, made by the page
    user: User,
    organisation: Organisation,
    role: str,
    unit: Unit | None = None,
    at: datetime,
) -> Membership:
    """Give a person a role in an organisation from today on.

    Raises:
        NotYourOwnAccess: administrators give themselves nothing.
        RoleAlreadyHeld: the person holds exactly this today.
        RolesClash: one person may not hold both roles.
    """
    MAY_ADMINISTER.require(asker)
    if user.pk == asker.user_id:
        raise NotYourOwnAccess
    membership, is_new = create_once(
        Membership,
        id,
        lambda: add_membership(
            id=id, user=user, organisation=organisation, role=role, unit=unit,
            on=at.astimezone(CITY_TIME).date(), granted_by=asker.user_id,
        ),
    )  # fmt: skip
    if is_new:
        audit.write(asker=asker, action="accounts.role.granted", subject=user, role=role)
    return membership


def add_membership(
    *,
    id: UUID,  # noqa: A002
    user: User,
    organisation: Organisation,
    role: str,
    unit: Unit | None,
    on: date,
    granted_by: UUID | None,
) -> Membership:
    """Write a membership; the database has the last word on who may and on clashing roles.

    Raises:
        RoleAlreadyHeld: the person holds exactly this today.
        RolesClash: one person may not hold both roles.
    """
    held = user.memberships.filter(valid_on(on) | models.Q(valid_from__gt=on))
    if held.filter(organisation=organisation, role=role).exists():
        raise RoleAlreadyHeld
    for other in held:
        if frozenset({other.role, role}) in INCOMPATIBLE:
            raise RolesClash(held=Role(other.role).label, asked=Role(role).label)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                id=id, user=user, organisation=organisation, role=role, unit=unit,
                valid_from=on, granted_by_id=granted_by,
            )  # fmt: skip
    except IntegrityError as fault:  # two grants at once: the later one reads the same sentence
        if "membership_open_once" in str(fault):
            raise RoleAlreadyHeld from fault
        if "both roles" in str(fault):
            raise RolesClash(held="…", asked=Role(role).label) from fault
        raise


def end_membership(*, asker: Asker, membership: Membership, at: datetime) -> None:
    """End a membership now: the person's next request finds it gone. Ending it twice is one end.

    Raises:
        NotYourOwnAccess: nobody ends their own.
        LastAdministrator: nobody would be left to let others in.
    """
    MAY_ADMINISTER.require(asker, membership)
    if membership.user_id == asker.user_id:
        raise NotYourOwnAccess
    today = at.astimezone(CITY_TIME).date()
    if membership.valid_to is not None and membership.valid_to <= today:
        return
    if membership.role == Role.ADMINISTRATOR:
        _require_another_administrator(membership.user_id)
    membership.valid_to = max(today, membership.valid_from)
    membership.save(update_fields=["valid_to"])
    audit.write(
        asker=asker, action="accounts.role.ended", subject=membership.user, role=membership.role
    )


def suspend(*, asker: Asker, user: User, reason: str) -> None:
    """Shut a person out at once: every session ends, signing in is refused.

    Raises:
        NotYourOwnAccess: nobody suspends themselves.
        LastAdministrator: nobody would be left to let others in.
    """
    MAY_ADMINISTER.require(asker, user)
    if user.pk == asker.user_id:
        raise NotYourOwnAccess
    if not user.is_active:
        return
    if administrators().filter(pk=user.pk).exists():
        _require_another_administrator(user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user=user)
    audit.write(
        asker=asker, action="accounts.user.suspended", subject=user,
        why=SuspensionReason(reason).value,
    )  # fmt: skip


def restore(*, asker: Asker, user: User) -> None:
    """Let a suspended person sign in again, with the roles not ended meanwhile."""
    MAY_ADMINISTER.require(asker, user)
    if user.pk == asker.user_id:
        raise NotYourOwnAccess
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.write(asker=asker, action="accounts.user.restored", subject=user)


def reset_second_factor(*, asker: Asker, user: User, reason: str) -> int:
    """Remove every second factor of a person, so that they set up a new one; return how many.

    Every session ends: whoever holds the lost device is out as well.

    Raises:
        NotYourOwnAccess: one's own is changed on the account page, with the old one in hand.
    """
    MAY_ADMINISTER.require(asker, user)
    if user.pk == asker.user_id:
        raise NotYourOwnAccess
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    end_all_sessions(user=user)
    audit.write(
        asker=asker, action="accounts.second-factor.reset", subject=user,
        why=ResetReason(reason).value, removed=removed,
    )  # fmt: skip
    return removed


def passphrase_link(*, asker: Asker, user: User) -> str:
    """Return the path of a link under which the person sets a new passphrase, once, within a day.

    For whoever forgot it where no mail server is set up. The second factor stays as it is, so the
    link alone opens nothing to whoever hands it over.

    Raises:
        NotYourOwnAccess: one's own is changed on the account page.
    """
    MAY_ADMINISTER.require(asker, user)
    if user.pk == asker.user_id:
        raise NotYourOwnAccess
    audit.write(asker=asker, action="accounts.passphrase.link-made", subject=user)
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=parts)


def _require_another_administrator(leaving: UUID) -> None:
    if not administrators().exclude(pk=leaving).exists():
        raise LastAdministrator
