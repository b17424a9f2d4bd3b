"""The administrator's pages about organisations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diemtua.accounts import services
from diemtua.accounts.forms import OrganisationForm
from diemtua.accounts.models import Organisation, OrganisationKind
from diemtua.accounts.policies import MAY_ADMINISTER
from diemtua.accounts.queries import organisations
from diemtua.accounts.views.keys import key_of
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import NotFound, Refusal


@door(MAY_ADMINISTER)
@require_GET
def list_organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations."""
    asker = asker_behind(request)
    text, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    rows = organisations(
        asker=asker, text=text, kind=kind if kind in OrganisationKind.values else ""
    )
    context = {"rows": rows, "q": text, "kind": kind, "kinds": OrganisationKind.choices}
    return render(request, "accounts/organisations.html", context)


@door(MAY_ADMINISTER)
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Make an organisation."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asker = asker_behind(request)
        try:
            services.add_organisation(asker=asker, id=key_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        else:
            return redirect("accounts:organisations")
    return _form_page(request, form)


@door(MAY_ADMINISTER)
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an organisation."""
    body = _organisation(pk)
    initial = {"name": body.name, "kind": body.kind, "unit": body.unit, "parent": body.parent}
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, editing=body, initial=initial)
    if request.method == "POST" and form.is_valid():
        asker = asker_behind(request)
        try:
            services.change_organisation(asker=asker, organisation=body, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        else:
            return redirect("accounts:organisations")
    return _form_page(request, form)


@door(MAY_ADMINISTER)
@require_POST
def close_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an organisation."""
    services.require_recent_sign_in(request)
    asker = asker_behind(request)
    services.close_organisation(asker=asker, organisation=_organisation(pk), at=clock.now())
    return redirect("accounts:organisations")


def _form_page(request: HttpRequest, form: OrganisationForm) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "organisation": form.editing}
    return render(request, "accounts/organisation.html", context, status=status)


def _organisation(pk: UUID) -> Organisation:
    found = Organisation.objects.select_related("unit", "parent").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
