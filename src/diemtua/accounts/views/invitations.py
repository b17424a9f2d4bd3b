"""Invitations: given by who may, accepted by link."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diemtua.accounts import services
from diemtua.accounts.forms import AcceptForm, InviteForm
from diemtua.accounts.models import Invitation, Organisation, Role, User
from diemtua.accounts.policies import MAY_INVITE, MAY_SIGN_IN, ROLES_A_SUPERVISOR_INVITES
from diemtua.accounts.queries import open_invitations
from diemtua.accounts.views.keys import key_of
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import Refusal


@door(MAY_INVITE)
@require_GET
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations still waiting for their answer."""
    asker = asker_behind(request)
    return render(
        request, "accounts/invitations.html", {"invitations": open_invitations(asker=asker)}
    )


def _invite_form(asker: Asker, data: object = None, **initial: object) -> InviteForm:
    if asker.has_role(Role.ADMINISTRATOR):
        return InviteForm(data, initial=initial)
    own = Organisation.objects.filter(pk__in=[asker.organisation_id])
    initial.setdefault("organisation", asker.organisation_id)
    return InviteForm(data, organisations=own, roles=ROLES_A_SUPERVISOR_INVITES, initial=initial)


@door(MAY_INVITE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; the answer shows the link, this once."""
    services.require_recent_sign_in(request)
    asker = asker_behind(request)
    if request.method == "GET":
        form = _invite_form(asker, organisation=request.GET.get("organisation"))
        return render(request, "accounts/invite.html", {"form": form})
    form = _invite_form(asker, request.POST)
    if not form.is_valid():
        return render(request, "accounts/invite.html", {"form": form}, status=422)
    try:
        made = services.invite(asker=asker, id=key_of(request), at=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.says)
        return render(request, "accounts/invite.html", {"form": form}, status=422)
    address = reverse("accounts:invitation", args=[services.link_token(made.pk)])
    link = request.build_absolute_uri(address)
    return render(request, "accounts/invited.html", {"invitation": made, "link": link})


@door(MAY_INVITE)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take an invitation back."""
    asker = asker_behind(request)
    found = get_object_or_404(
        MAY_INVITE.of(asker, Invitation.objects.all()), pk=key_of(request, "invitation")
    )
    services.withdraw_invitation(asker=asker, invitation=found, at=clock.now())
    return redirect("accounts:invitations")


@door(MAY_SIGN_IN)
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation: set a passphrase, or add the role to the account signed in."""
    invitation = services.open_invitation(token=token, at=clock.now())
    signed_in = request.user if isinstance(request.user, User) else None
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    if signed_in is None and has_account and request.method == "POST":
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    person = User(email=invitation.email, full_name=invitation.full_name)
    form = AcceptForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and (signed_in is not None or form.is_valid()):
        passphrase = None if signed_in else form.cleaned_data["passphrase"]
        user = services.accept_invitation(
            token=token, passphrase=passphrase, signed_in=signed_in, at=clock.now()
        )
        return redirect("/") if signed_in else _sign_in(request, user)
    context = {
        "invitation": invitation, "form": form, "has_account": has_account, "signed_in": signed_in,
    }  # fmt: skip
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def _sign_in(request: HttpRequest, user: User) -> HttpResponseBase:
    record_authentication(request, user, method="password", reauthenticated=True)
    response: HttpResponseBase = perform_login(request, Login(user=user, redirect_url="/"))
    return response
