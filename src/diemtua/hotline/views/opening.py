"""Opening a case from a contact."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from diemtua.casework.cases import queries as cases
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import NotFound, Refusal
from diemtua.hotline import forms, policies, queries, services
from diemtua.hotline.models import Contact, Danger

ALIASES = 3


@door(policies.MAY_ANSWER)
def open_case(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Open a case from a contact."""
    asker = asker_behind(request)
    found = queries.contact(asker=asker, contact_id=contact_id)
    if found.case_id is not None:
        return redirect("casework:case", found.case_id)
    if request.method != "POST":
        form = forms.OpenCaseForm(aliases=_aliases(), initial=_known(asker, found))
        return _open_case_page(request, found, form, status=200)
    form = forms.OpenCaseForm(request.POST, aliases=_aliases(request.POST.get("alias", "")))
    if form.is_valid():
        try:
            case = services.open_case(
                asker=asker,
                id=key_of(request),
                contact=found,
                at=clock.now(),
                told=form.told(),
                consent=form.consent(),
            )
            return redirect("casework:case", case.pk)
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.says)
            form.add_error(None, refusal.advises)
    return _open_case_page(request, found, form, status=422)


def _open_case_page(
    request: HttpRequest, found: Contact, form: forms.OpenCaseForm, *, status: int
) -> HttpResponse:
    shown = {
        "form": form,
        "contact": found,
        "notice": queries.notice(),
        "city": asker_behind(request).unit,
    }
    return render(request, "hotline/open_case.html", shown, status=status)


def key_of(request: HttpRequest) -> UUID:
    """Return the record's id that the page made; a page without one gets a new id."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _aliases(chosen: str = "") -> list[str]:
    drawn = [cases.draw_alias() for _number in range(ALIASES)]
    kept = [chosen] if chosen and cases.is_drawn(chosen) else []
    return list(dict.fromkeys(kept + drawn))[:ALIASES]


def _known(asker: Asker, found: Contact) -> dict[str, Any]:
    told = queries.told(asker=asker, contact=found)
    return {
        "unit": found.unit,
        "acts": found.acts,
        "gbv_type": found.gbv_type or queries.suggested_type(found.acts),
        "danger_now": found.danger_now == Danger.YES,
        "story": told.notes,
        "phone": told.callback.get("phone", ""),
        "safe_phone": told.callback.get("phone", ""),
        "hours": told.callback.get("hours", ""),
        "say": told.callback.get("say", ""),
        "note": told.callback.get("code_word", ""),
    }
