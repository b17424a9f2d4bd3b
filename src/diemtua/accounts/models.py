"""People who sign in, the organisations they work for, and what they may do there."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diemtua.foundation.database.tables import open_table, protected
from diemtua.places.models import Unit


class OrganisationKind(models.TextChoices):
    """What an organisation is; decides which roles make sense in it."""

    COMMITTEE = "COMMITTEE", _("Ban Vì sự tiến bộ của phụ nữ")
    DEPARTMENT = "DEPARTMENT", _("Sở, ngành")
    SOCIAL_WORK_CENTRE = "SOCIAL_WORK_CENTRE", _("Trung tâm Công tác xã hội")
    COMMUNE_COMMITTEE = "COMMUNE_COMMITTEE", _("Ủy ban nhân dân xã, phường")
    WOMENS_UNION = "WOMENS_UNION", _("Hội Liên hiệp Phụ nữ")
    POLICE = "POLICE", _("Công an")
    HEALTH = "HEALTH", _("Cơ sở y tế")
    LEGAL_AID = "LEGAL_AID", _("Trợ giúp pháp lý")
    SHELTER = "SHELTER", _("Nơi tạm lánh, địa chỉ tin cậy")
    SCHOOL = "SCHOOL", _("Cơ sở giáo dục")
    OTHER = "OTHER", _("Tổ chức khác")


class Role(models.TextChoices):
    """What a member does in an organisation; see the table in the room's README."""

    COUNSELLOR = "COUNSELLOR", _("Nhân viên tổng đài")
    CASE_WORKER = "CASE_WORKER", _("Nhân viên quản lý trường hợp")
    PERPETRATOR_WORKER = "PERPETRATOR_WORKER", _("Nhân viên làm việc với người gây bạo lực")
    SUPERVISOR = "SUPERVISOR", _("Người giám sát chuyên môn")
    PROVIDER = "PROVIDER", _("Cơ sở nhận chuyển gửi")
    COMMUNE_OFFICER = "COMMUNE_OFFICER", _("Cán bộ xã, phường")
    COMMITTEE_SECRETARY = "COMMITTEE_SECRETARY", _("Thư ký Ban")
    LEADER = "LEADER", _("Lãnh đạo")
    DATA_PROTECTION_OFFICER = "DATA_PROTECTION_OFFICER", _("Người phụ trách bảo vệ dữ liệu")
    AUDITOR = "AUDITOR", _("Kiểm tra viên")
    ADMINISTRATOR = "ADMINISTRATOR", _("Quản trị hệ thống")


SEES_PERSONS: frozenset[str] = frozenset(
    {
        Role.COUNSELLOR,
        Role.CASE_WORKER,
        Role.PERPETRATOR_WORKER,
        Role.SUPERVISOR,
        Role.PROVIDER,
        Role.COMMUNE_OFFICER,
    }
)
"""Roles that can see some person's record."""

NEEDS_SECOND_FACTOR: frozenset[str] = SEES_PERSONS | {
    Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER,
    Role.AUDITOR,
}
"""Roles that nobody holds outside the demo without a passkey or an authenticator app."""

_WATCHED: frozenset[str] = SEES_PERSONS
_PAIRS = {
    *((Role.ADMINISTRATOR, role) for role in _WATCHED),
    *((Role.DATA_PROTECTION_OFFICER, role) for role in _WATCHED),
    *((Role.AUDITOR, role) for role in _WATCHED),
    (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER),
    (Role.ADMINISTRATOR, Role.AUDITOR),
    (Role.PERPETRATOR_WORKER, Role.COUNSELLOR),
    (Role.PERPETRATOR_WORKER, Role.CASE_WORKER),
}
INCOMPATIBLE: frozenset[frozenset[str]] = frozenset(frozenset(map(str, pair)) for pair in _PAIRS)
"""Roles one person never holds at the same time; ``accounts_roles_clash`` says the same in SQL.

Who runs the system or watches over it does not see persons; who watches does not administer; who
works with the person who used violence does not work with the survivor.
"""


@open_table(
    "Names of public bodies and their place; needed to sign in, before anyone is the asker."
)
class Organisation(models.Model):
    """A body that takes part: committee, centre, commune, police post, shelter, school."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_sample = models.BooleanField(default=False)  # invented, for the demo ("dữ liệu mẫu")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "unit"], name="organisation_once_in_unit")
        ]

    def __str__(self) -> str:
        """The organisation's name."""
        return self.name


class Theme(models.TextChoices):
    """How the screen looks; ``AUTO`` follows the device."""

    AUTO = "auto", _("Theo thiết bị")
    LIGHT = "light", _("Sáng")
    DARK = "dark", _("Tối (ca đêm)")


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in by e-mail; without a password they can only use an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@open_table("Staff who sign in, read before anyone is the asker; no person who seeks help is here.")
class User(AbstractBaseUser):
    """A member of staff. There is no superuser: nobody passes by the policies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    is_staff = False  # Django's admin is not used
    is_superuser = False

    def __str__(self) -> str:
        """The name colleagues know."""
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the full name."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name: the last word of a Vietnamese name."""
        return self.full_name.split()[-1] if self.full_name else self.email

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        """Grant nothing: rights come from policies alone."""
        return False

    def has_perms(self, _perms: object, _obj: object = None) -> bool:
        """Grant nothing: rights come from policies alone."""
        return False

    def has_module_perms(self, _label: str) -> bool:
        """Grant nothing: rights come from policies alone."""
        return False


@open_table("Which member of staff holds which role where; read before anyone is the asker.")
class Membership(models.Model):
    """A person's role in an organisation during a time, bounded to a unit.

    One signs in as a person and acts in one membership at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: organisation's
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # exclusive
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_not_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Role and organisation."""
        return f"{self.get_role_display()} · {self.organisation_id}"


@protected
class Invitation(models.Model):
    """A colleague asked to join; the link that accepts it works once and not for ever.

    Only the hash of the link's token is kept. Whoever invites sees the link once on screen.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # made by the page: one tap, one link
    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        """Role and organisation, no name."""
        return f"{self.get_role_display()} · {self.organisation_id}"

    def is_open(self, at: datetime) -> bool:
        """Return whether the link still works at this moment."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at
