"""One's own account: roles, language, theme, sessions."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from diemtua.accounts import devices, services
from diemtua.accounts.models import Theme, User
from diemtua.accounts.policies import MAY_BE_MEMBER, MAY_SIGN_IN
from diemtua.accounts.queries import has_second_factor, memberships_of, own_sessions
from diemtua.accounts.views.keys import key_of
from diemtua.foundation.audit import services as audit
from diemtua.foundation.doors import asker_behind, door

THEME_COOKIE = "theme"
YEAR = 365 * 24 * 3600


def back_to(request: HttpRequest, default: str = "/") -> str:
    """Return the address in ``next`` when it is one of this site's, else the default."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else default


@door(MAY_BE_MEMBER)
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the door let a member in
    return render(
        request,
        "accounts/me.html",
        {
            "person": user,
            "memberships": memberships_of(user),
            "acting": request.membership,  # type: ignore[attr-defined]
            "second_factor": has_second_factor(user),
            "themes": Theme.choices,
            "languages": settings.LANGUAGES,
        },
    )


@door(MAY_BE_MEMBER)
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own roles."""
    services.act_as(request, membership_id=key_of(request, "membership"))
    return redirect("/")


@door(MAY_SIGN_IN)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, signed in or not."""
    wanted = request.POST.get("language", "")
    response = redirect(back_to(request))
    if wanted not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        services.choose_language(user=request.user, language=wanted)
    translation.activate(wanted)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@door(MAY_SIGN_IN)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Change the theme, signed in or not."""
    wanted = request.POST.get("theme", "")
    response = redirect(back_to(request))
    if wanted not in Theme.values:
        return response
    if isinstance(request.user, User):
        services.choose_theme(user=request.user, theme=wanted)
    response.set_cookie(
        THEME_COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@door(MAY_SIGN_IN)
@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Take note that somebody works on a page that has nothing to send; 401 when nobody may."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@door(MAY_SIGN_IN)
@require_GET
def no_role(request: HttpRequest) -> HttpResponse:
    """Tell someone who is signed in but holds no role what to do."""
    if not isinstance(request.user, User):
        return redirect(settings.LOGIN_URL)
    if memberships_of(request.user).exists():
        return redirect("/")
    return render(request, "accounts/no_role.html", status=403)


@door(MAY_BE_MEMBER)
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """List where one is signed in."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the door let a member in
    rows = [
        {
            "session": session,
            "device": devices.in_words(session.user_agent),
            "is_this": session.session_key == request.session.session_key,
        }
        for session in own_sessions(user)
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@door(MAY_BE_MEMBER)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the door let a member in
    here = request.session.session_key
    wanted = request.POST.get("session", "")
    if wanted == "others":
        ended = services.end_all_sessions(user=user, but=here)
    else:
        number = int(wanted) if wanted.isdecimal() else 0
        was_here = UserSession.objects.filter(pk=number, session_key=here).exists()
        services.end_session(user=user, session_id=number)
        ended = 1
        if was_here:
            get_adapter().logout(request)
    asker = asker_behind(request)
    audit.write(asker=asker, action="accounts.sessions.ended", subject=user, count=ended)
    return redirect("accounts:sessions")
