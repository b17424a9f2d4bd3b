"""The locked screen: one key locks, passphrase or passkey unlocks."""

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST

from diemtua.accounts import services
from diemtua.accounts.forms import UnlockForm
from diemtua.accounts.models import User
from diemtua.accounts.policies import MAY_SIGN_IN
from diemtua.accounts.queries import has_passkey
from diemtua.accounts.services.sign_in import LOCKED
from diemtua.accounts.views.own import back_to
from diemtua.foundation.doors import door


@door(MAY_SIGN_IN)
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen now. What was on it is gone, also for the browser's back button."""
    if not isinstance(request.user, User):
        return redirect(settings.LOGIN_URL)
    services.lock(request, back=back_to(request))
    response = redirect("accounts:unlock")
    # Browsers throw kept copies of no-store pages away when an HttpOnly cookie changes.
    response.set_cookie("lock", get_random_string(12), httponly=True, samesite="Strict")
    return response


@door(MAY_SIGN_IN)
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Show nothing but the unlock form; open the session again after a proof."""
    user = request.user
    if not isinstance(user, User) or LOCKED not in request.session:
        return redirect("/")
    form = UnlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        refusal = _refusal(request, user, form)
        if refusal is None:
            return redirect(services.unlock(request))
        if refusal.code == "too_many_login_attempts":
            get_adapter().logout(request)
            return redirect(f"{settings.LOGIN_URL}?reason=failed-unlock")
        if refusal.code != "empty":
            form.is_valid()
            form.add_error("password" if "password" in request.POST else None, refusal)
    context = {"form": form, "person": user, "passkey_options": _passkey_options(user)}
    return render(request, "accounts/unlock.html", context, status=422 if form.errors else 200)


def _refusal(request: HttpRequest, user: User, form: UnlockForm) -> ValidationError | None:
    """Return why the proof does not hold, or None when it does."""
    if "credential" in request.POST:
        return _refused_passkey(request, user)
    if settings.DIEMTUA_DEMO and user.is_sample and not user.has_usable_password():
        return None
    if not form.is_valid():
        return ValidationError("", code="empty")
    try:
        is_right = get_adapter().reauthenticate(user, form.cleaned_data["password"])
    except ValidationError as throttled:
        return throttled
    wrong = ValidationError(get_adapter().error_messages["incorrect_password"], code="password")
    return None if is_right else wrong


def _refused_passkey(request: HttpRequest, user: User) -> ValidationError | None:
    passkey = ReauthenticateWebAuthnForm(request.POST, user=user)
    if passkey.is_valid():
        passkey.save()
        return None
    return ValidationError(get_adapter().error_messages["incorrect_code"], code="passkey")


def _passkey_options(user: User) -> dict[str, object] | None:
    return {"request_options": begin_authentication(user)} if has_passkey(user) else None
