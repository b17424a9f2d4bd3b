"""The administrator's pages about people; a wall stands where cases would be."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from diemtua.accounts import services
from diemtua.accounts.forms import GrantForm, PeopleFilterForm, ResetForm, SuspendForm
from diemtua.accounts.models import NEEDS_SECOND_FACTOR, Membership, User
from diemtua.accounts.policies import MAY_ADMINISTER
from diemtua.accounts.queries import PeopleFilter, administration_counts, has_second_factor, people
from diemtua.accounts.views.keys import key_of
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import NotFound, Refusal

PER_PAGE = 50


@door(MAY_ADMINISTER)
@require_GET
def administration(request: HttpRequest) -> HttpResponse:
    """Show the administrator's start: people, organisations, what is missing, and the wall."""
    asker = asker_behind(request)
    return render(
        request, "accounts/administration.html", {"counts": administration_counts(asker=asker)}
    )


@door(MAY_ADMINISTER)
@require_GET
def list_people(request: HttpRequest) -> HttpResponse:
    """List the people who sign in."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    organisation = chosen.get("organisation")
    wanted = PeopleFilter(
        text=chosen.get("q", ""),
        organisation=str(organisation.pk) if organisation else "",
        role=chosen.get("role", ""),
        lacks_second_factor=bool(chosen.get("missing")),
    )
    asker = asker_behind(request)
    page = Paginator(people(asker=asker, wanted=wanted), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "accounts/people.html",
        {"form": form, "page": page, "needing": NEEDS_SECOND_FACTOR, "is_filtered": any(chosen.values())},
    )  # fmt: skip


def _person(asker: Asker, pk: UUID) -> User:
    found = MAY_ADMINISTER.of(asker, User.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound
    return found


@door(MAY_ADMINISTER)
@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one person: roles past and present, second factor, what can be done."""
    asker = asker_behind(request)
    return _page(request, _person(asker, pk))


def _page(request: HttpRequest, who: User, *, form: GrantForm | None = None) -> HttpResponse:
    context = {
        "person": who,
        "memberships": who.memberships.select_related("organisation", "unit").order_by(
            "-valid_from", "pk"
        ),
        "today": clock.today(),
        "second_factor": has_second_factor(who),
        "is_self": who.pk == request.user.pk,
        "grant_form": form or GrantForm(),
        "suspend_form": SuspendForm(),
        "reset_form": ResetForm(),
    }
    status = 422 if form is not None else 200
    return render(request, "accounts/person.html", context, status=status)


@door(MAY_ADMINISTER)
@require_POST
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the person another role."""
    services.require_recent_sign_in(request)
    asker = asker_behind(request)
    who = _person(asker, pk)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, who, form=form)
    try:
        services.grant_role(
            asker=asker, id=key_of(request), user=who, at=clock.now(), **form.cleaned_data
        )
    except Refusal as refusal:
        form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        return _page(request, who, form=form)
    return redirect("accounts:person", pk=pk)


@door(MAY_ADMINISTER)
@require_POST
def end_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End one of the person's roles."""
    asker = asker_behind(request)
    who = _person(asker, pk)
    membership = Membership.objects.filter(user=who, pk=key_of(request, "membership")).first()
    if membership is None:
        raise NotFound
    services.end_membership(asker=asker, membership=membership, at=clock.now())
    return redirect("accounts:person", pk=pk)


@door(MAY_ADMINISTER)
@require_POST
def suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shut the person out at once."""
    asker = asker_behind(request)
    form = SuspendForm(request.POST)
    who = _person(asker, pk)
    if form.is_valid():
        services.suspend(asker=asker, user=who, reason=form.cleaned_data["reason"])
    return redirect("accounts:person", pk=pk)


@door(MAY_ADMINISTER)
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the person in again."""
    asker = asker_behind(request)
    services.restore(asker=asker, user=_person(asker, pk))
    return redirect("accounts:person", pk=pk)


@door(MAY_ADMINISTER)
@require_POST
def reset_second_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove the person's second factors, so that a new one is set up."""
    services.require_recent_sign_in(request)
    asker = asker_behind(request)
    form = ResetForm(request.POST)
    who = _person(asker, pk)
    if form.is_valid():
        services.reset_second_factor(asker=asker, user=who, reason=form.cleaned_data["reason"])
    return redirect("accounts:person", pk=pk)


@door(MAY_ADMINISTER)
@require_POST
def passphrase_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show, this once, a link under which the person sets a new passphrase."""
    services.require_recent_sign_in(request)
    asker = asker_behind(request)
    who = _person(asker, pk)
    link = request.build_absolute_uri(services.passphrase_link(asker=asker, user=who))
    return render(request, "accounts/passphrase_link.html", {"person": who, "link": link})
