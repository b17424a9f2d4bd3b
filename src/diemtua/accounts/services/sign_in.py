"""What happens around a session: recent sign-in, lock, sessions ended, acting as, language, theme."""

from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.http import urlencode

from diemtua.accounts.adapter import StaffAccountAdapter
from diemtua.accounts.errors import SignInStale
from diemtua.accounts.models import Membership, Theme, User
from diemtua.accounts.queries import ACTING_AS, asker_of, memberships_of, signed_in_recently
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker, asking
from diemtua.foundation.refusals import NotFound

LOCKED = "locked"


def require_recent_sign_in(request: HttpRequest) -> None:
    """Send the person to prove who they are, and back here, unless they just did.

    Call it first in a view that exports, erases or shows a secret. What was posted is not kept
    aside: after the proof the page opens again and the button is pressed again, so that nothing
    of a person's record ever lies in a session.

    Raises:
        ImmediateHttpResponse: the way to the page that asks; the sign-in middleware answers it.
        SignInStale: the account has neither passphrase nor second factor to repeat.
    """
    if not isinstance(request.user, User):
        raise SignInStale
    if signed_in_recently(request):
        return
    methods = StaffAccountAdapter(request).get_reauthentication_methods(request.user)
    if not methods:
        raise SignInStale
    back = request.get_full_path() if request.method == "GET" else page_behind(request)
    raise ImmediateHttpResponse(redirect(f"{methods[0]['url']}?{urlencode({'next': back})}"))


def page_behind(request: HttpRequest) -> str:
    """Return the path of the page that a request came from: its own for a page, else what is known."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    shown = request.headers.get("HX-Current-URL", "")
    root = f"{request.scheme}://{request.get_host()}"
    return shown.removeprefix(root) if shown.startswith(f"{root}/") else "/"


def lock(request: HttpRequest, *, back: str) -> None:
    """Lock the session: until it is unlocked every address answers with the unlock form."""
    if LOCKED not in request.session:
        request.session[LOCKED] = back


def unlock(request: HttpRequest) -> str:
    """Open the locked session again after a proof; return the page to go back to."""
    return str(request.session.pop(LOCKED, "/"))


def end_session(*, user: User, session_id: int) -> None:
    """End one of the user's own sessions: its next request is nobody's.

    Raises:
        NotFound: it is not the user's, or it has ended.
    """
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise NotFound
    session.end()


def end_all_sessions(*, user: User, but: str | None = None) -> int:
    """End the user's sessions, all or all but the one with this key; return how many."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)


def act_as(request: HttpRequest, *, membership_id: UUID) -> Membership:
    """Act in another of one's own memberships from now on.

    Raises:
        NotFound: the membership is not one's own, or has ended.
    """
    if not isinstance(request.user, User):
        raise NotFound
    membership = memberships_of(request.user).filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    if request.session.get(ACTING_AS) == str(membership.pk):
        return membership
    request.session[ACTING_AS] = str(membership.pk)
    asker: Asker = asker_of(membership, screen="accounts:act-as")
    with asking(asker):
        audit.write(asker=asker, action="accounts.acting-as", subject=request.user, role=asker.role)
    return membership


def choose_language(*, user: User, language: str) -> None:
    """Keep the person's language for every device."""
    if language in dict(settings.LANGUAGES):
        user.language = language
        user.save(update_fields=["language"])


def choose_theme(*, user: User, theme: str) -> None:
    """Keep the person's theme for every device."""
    if theme in Theme.values:
        user.theme = theme
        user.save(update_fields=["theme"])
