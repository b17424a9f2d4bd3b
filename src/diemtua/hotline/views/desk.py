"""The counsellor's pages."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from diemtua.casework.cases import queries as cases
from diemtua.directory import queries as directory
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import door
from diemtua.foundation.refusals import NotFound, Refusal
from diemtua.foundation.text import clock_time
from diemtua.hotline import forms, policies, queries, services
from diemtua.hotline.models import Contact, Danger, State

ALIASES = 3
PLACES_SHOWN = 6


def _asker(request: HttpRequest) -> Asker:
    asker: Asker = request.asker  # type: ignore[attr-defined]  # the door sets it
    return asker


@door(policies.MAY_ANSWER)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk with an empty contact in hand; it is made as soon as something is typed."""
    at = clock.now()
    form = forms.ContactForm(at=at, initial={"started": clock_time(at), "tab": uuid4(), "seen": 0})
    return render(request, "hotline/desk.html", _desk(request, form, key=uuid4()))


@door(policies.SEES)
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Show the desk with this contact in hand, or write it down and put it down (POST)."""
    if request.method == "POST":
        return _put_down(request, contact_id)
    asker = _asker(request)
    found = queries.contact(asker=asker, contact_id=contact_id)
    form = forms.ContactForm(at=clock.now(), initial=_shown(asker, found))
    return render(request, "hotline/desk.html", _desk(request, form, key=contact_id, found=found))


def _shown(asker: Asker, found: Contact) -> dict[str, Any]:
    told = queries.told(asker=asker, contact=found)
    return {
        **told.callback,
        "notes": told.notes,
        "danger_now": found.danger_now,
        "notice_told": found.notice_told_at is not None,
        "caller_kind": found.caller_kind,
        "unit": found.unit,
        "acts": found.acts,
        "gbv_type": found.gbv_type,
        "children": found.children or None,
        "started": clock_time(found.started_at),
        "line": found.line,
        "tab": uuid4(),
        "seen": found.version,
    }


def _desk(
    request: HttpRequest, form: forms.ContactForm, *, key: UUID, found: Contact | None = None
) -> dict[str, Any]:
    asker, at = _asker(request), clock.now()
    return {
        "form": form,
        "key": key,
        "contact": found,
        "is_done": found is not None and found.state == State.DONE,
        "may_write": policies.MAY_WRITE.lets_in(asker),
        "contacts": queries.contacts_of_day(asker=asker, at=at),
        "notice": queries.notice(),
        "city": asker.unit,
    }


def _put_down(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    asker, at = _asker(request), clock.now()
    form = forms.ContactForm(request.POST, at=at)
    if not form.is_valid():
        return render(
            request, "hotline/desk.html", _desk(request, form, key=contact_id), status=422
        )
    tab, seen = form.page()
    written = services.save(
        asker=asker, id=contact_id, at=at, tab=tab, seen=seen, written=form.written()
    )
    if request.POST.get("then") == "open-case":
        return redirect("hotline:open-case", contact_id)
    services.finish(asker=asker, contact=written, at=at)
    return redirect("hotline:desk")


@door(policies.MAY_ANSWER)
@require_POST
def autosave(request: HttpRequest, contact_id: UUID) -> JsonResponse:
    """Save what stands on the page so far; what cannot be read is named, the rest is kept."""
    at = clock.now()
    form = forms.ContactForm(request.POST, at=at)
    is_whole = form.is_valid()
    tab, seen = form.page()
    services.save(
        asker=_asker(request), id=contact_id, at=at, tab=tab, seen=seen, written=form.written()
    )
    said = {"saved_at": clock_time(at), "refused": sorted(form.errors)}
    return JsonResponse(said, status=200 if is_whole else 422)


@door(policies.SEES)
def help_now(request: HttpRequest) -> HttpResponse:
    """Show what helps now: ready places near the commune, numbers, what to say."""
    form = forms.ContactForm(request.GET, at=clock.now())
    form.is_valid()
    unit = form.cleaned_data.get("unit")
    danger = form.cleaned_data.get("danger_now") or Danger.UNKNOWN
    places = (
        directory.ready_near(
            asker=_asker(request),
            unit_key=unit.pk,
            at=clock.now(),
            children=form.cleaned_data.get("children") or 0,
        )
        if unit
        else []
    )
    return render(
        request,
        "hotline/_help_now.html",
        {
            "unit": unit,
            "places": places[:PLACES_SHOWN],
            "numbers": [line for line in queries.lines() if not line.is_own],
            "script": queries.script(danger),
            "is_in_danger": danger == Danger.YES,
        },
    )


@door(policies.MAY_ANSWER)
def open_case(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Open a case from a contact."""
    asker = _asker(request)
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
                id=_key(request),
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
        "city": _asker(request).unit,
    }
    return render(request, "hotline/open_case.html", shown, status=status)


def _key(request: HttpRequest) -> UUID:
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
