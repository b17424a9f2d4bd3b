"""Questions about who signs in and as what."""

import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from diemtua.accounts.models import (
    NEEDS_SECOND_FACTOR,
    Invitation,
    Membership,
    Organisation,
    Role,
    User,
)
from diemtua.accounts.policies import MAY_ADMINISTER, MAY_INVITE
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker, Kind
from diemtua.foundation.text import fold, person_name, sort_key

ACTING_AS = "acting_as"
SECOND_FACTORS = ("totp", "webauthn")


def valid_on(day: date) -> Q:
    """Return the condition that a membership holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the memberships a user holds today in organisations still open, the oldest first."""
    today = clock.today()
    return (
        user.memberships.filter(valid_on(today))
        .filter(Q(organisation__closed_on__isnull=True) | Q(organisation__closed_on__gt=today))
        .select_related("organisation", "organisation__unit", "unit")
        .order_by("valid_from", "pk")
    )


def asker_of(membership: Membership, *, screen: str = "", request_id: str = "") -> Asker:
    """Return the asker that a member is when acting in this membership."""
    return Asker(
        kind=Kind.MEMBER,
        role=membership.role,
        user_id=membership.user_id,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
        unit=membership.unit_id or membership.organisation.unit_id,
        screen=screen,
        request_id=request_id,
    )


def asker_of_user(user: User, *, screen: str = "") -> Asker:
    """Return the asker for the audit of a sign-in, before a membership is chosen."""
    membership = memberships_of(user).first()
    if membership is None:
        return Asker(kind=Kind.MEMBER, user_id=user.pk, screen=screen)
    return asker_of(membership, screen=screen)


def has_second_factor(user: User) -> bool:
    """Return whether the user has an authenticator app or a passkey (recovery codes do not count)."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def must_set_up_second_factor(user: User, held: list[Membership]) -> bool:
    """Return whether one of the roles held demands a second factor that is not there yet."""
    if not settings.DIEMTUA_MFA_REQUIRED:
        return False
    return any(m.role in NEEDS_SECOND_FACTOR for m in held) and not has_second_factor(user)


def asker_of_request(request: HttpRequest) -> Asker | HttpResponseBase | None:
    """Return who asks in this request; None when nobody is signed in.

    Whoever is signed in but holds no role, or still lacks the second factor the role demands, is
    sent to the page that says so, and nothing else opens.
    """
    if not request.user.is_authenticated:
        return None
    held = list(memberships_of(request.user))
    if not held:
        return redirect("accounts:no-role")
    if must_set_up_second_factor(request.user, held):
        return redirect(f"{_setup_page()}?{urlencode({'next': request.path})}")
    chosen = request.session.get(ACTING_AS)
    membership = next((m for m in held if str(m.pk) == chosen), held[0])
    request.membership = membership  # type: ignore[attr-defined]
    request.memberships = held  # type: ignore[attr-defined]
    screen = request.resolver_match.view_name if request.resolver_match else ""
    return asker_of(membership, screen=screen, request_id=getattr(request, "number", ""))


def _setup_page() -> str:
    return redirect("mfa_index").url


def signed_in_recently(request: HttpRequest) -> bool:
    """Return whether this session proved who sits there within the last five minutes."""
    if not request.user.is_authenticated:
        return False
    if settings.DIEMTUA_DEMO and request.user.is_sample:
        return True  # invented people have no passphrase to repeat
    newest = max(
        (record["at"] for record in get_authentication_records(request, request.user)), default=0.0
    )
    return time.time() - float(newest) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the administrator looks for in the list of people."""

    text: str = ""
    organisation: str = ""
    role: str = ""
    lacks_second_factor: bool = False


def people(*, asker: Asker, wanted: PeopleFilter) -> list[User]:
    """Return the people who sign in, with today's memberships and whether a second factor exists.

    By given name, as Vietnamese lists are; PostgreSQL may lack the order of the Vietnamese letters.
    """
    today = clock.today()
    current = Membership.objects.filter(valid_on(today)).select_related("organisation")
    found = MAY_ADMINISTER.of(asker, User.objects.all()).annotate(
        second_factor=Exists(
            Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
        )
    )
    held = Membership.objects.filter(valid_on(today), user_id=OuterRef("pk"))
    if wanted.organisation:
        held = held.filter(organisation_id=wanted.organisation)
    if wanted.role:
        held = held.filter(role=wanted.role)
    if wanted.lacks_second_factor:
        held = held.filter(role__in=NEEDS_SECOND_FACTOR)
        found = found.filter(second_factor=False)
    if wanted != PeopleFilter(text=wanted.text):
        found = found.filter(Exists(held))
    if wanted.text:
        found = found.filter(pk__in=_named(wanted.text))
    named = found.prefetch_related(
        Prefetch("memberships", queryset=current, to_attr="current_memberships")
    ).order_by("pk")
    return sorted(named, key=lambda user: person_name(user.full_name).sort_key)


def _named(text: str) -> list[UUID]:
    """Return the ids of people whose name or address holds every word typed, accents or not."""
    words = fold(text).split()
    return [
        pk
        for pk, name, email in User.objects.values_list("pk", "full_name", "email")
        if all(word in fold(f"{name} {email}") for word in words)
    ]


def administrators() -> QuerySet[User]:
    """Return the people who can administer today."""
    held = Membership.objects.filter(valid_on(clock.today()), role=Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def organisations(*, asker: Asker, text: str = "", kind: str = "") -> list[Organisation]:
    """Return the organisations, by name; words typed without accents find them too."""
    found = MAY_ADMINISTER.of(asker, Organisation.objects.all()).select_related("unit", "parent")
    if kind:
        found = found.filter(kind=kind)
    words = fold(text).split()
    fitting = [
        body
        for body in found.order_by("pk")
        if all(word in fold(f"{body.name} {body.unit.name}") for word in words)
    ]
    return sorted(fitting, key=lambda body: sort_key(body.name))


def open_invitations(*, asker: Asker) -> QuerySet[Invitation]:
    """Return the invitations still waiting for their answer that the asker may see."""
    return (
        MAY_INVITE.of(asker, Invitation.objects.all())
        .filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now())
        .select_related("organisation", "invited_by")
        .order_by("-invited_at")
    )


def has_passkey(user: User) -> bool:
    """Return whether the user has a passkey or security key."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type="webauthn").exists())


def own_sessions(user: User) -> list[UserSession]:
    """Return the user's living sessions, the one used last first."""
    living = UserSession.objects.purge_and_list(user)
    return sorted(living, key=lambda session: session.last_seen_at, reverse=True)


def sample_people() -> list[Membership]:
    """Return the invented people of the demo, one membership each, in the order of the roles."""
    order = {role: number for number, role in enumerate(Role.values)}
    held = (
        Membership.objects.filter(
            valid_on(clock.today()), user__is_sample=True, user__is_active=True
        )
        .select_related("user", "organisation")
        .order_by("valid_from", "pk")
    )
    first = {membership.user_id: membership for membership in reversed(list(held))}
    return sorted(
        first.values(),
        key=lambda m: (order[m.role], m.organisation.name, m.user.email.partition("@")),
    )


@dataclass(frozen=True, slots=True)
class AdministrationCounts:
    """What the administrator's start page counts."""

    people: int
    suspended: int
    without_second_factor: int
    organisations: int
    invitations: int


def administration_counts(*, asker: Asker) -> AdministrationCounts:
    """Count people, organisations and open invitations."""
    everyone = MAY_ADMINISTER.of(asker, User.objects.all())
    lacking = people(asker=asker, wanted=PeopleFilter(lacks_second_factor=True))
    return AdministrationCounts(
        people=everyone.filter(is_active=True).count(),
        suspended=everyone.filter(is_active=False).count(),
        without_second_factor=sum(user.is_active for user in lacking),
        organisations=Organisation.objects.filter(closed_on__isnull=True).count(),
        invitations=open_invitations(asker=asker).count(),
    )
