"""Questions about who signs in and as what."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

from diemtua.accounts.models import Membership, User
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker, Kind

ACTING_AS = "acting_as"


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the memberships a user holds today, the oldest first."""
    today = clock.today()
    return (
        user.memberships.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=today), valid_from__lte=today
        )
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


def asker_of_request(request: HttpRequest) -> Asker | HttpResponseBase | None:
    """Return who asks in this request; None when nobody is signed in or holds a role."""
    if not request.user.is_authenticated:
        return None
    held = list(memberships_of(request.user))
    chosen = request.session.get(ACTING_AS)
    membership = next((m for m in held if str(m.pk) == chosen), held[0] if held else None)
    if membership is None:
        return None
    request.membership = membership  # type: ignore[attr-defined]
    screen = request.resolver_match.view_name if request.resolver_match else ""
    return asker_of(membership, screen=screen, request_id=getattr(request, "number", ""))
