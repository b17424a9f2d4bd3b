"""The counsellor's desk: the contact in hand, what helps now, what waits."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from diemtua.casework.duties import queries as duties
from diemtua.casework.models import GbvType
from diemtua.directory import queries as directory
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.text import clock_time
from diemtua.hotline import forms, policies, queries, services
from diemtua.hotline.errors import LookedUpTooOften, SavedElsewhere
from diemtua.hotline.models import Channel, Contact, Danger, State

PLACES_SHOWN = 6
FIRST_QUESTION = "#id_danger_now_0"


@door(policies.SEES)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk with an empty contact in hand; it is made as soon as something is typed.

    Who only reads contacts sees the lists.
    """
    at = clock.now()
    first = {"channel": Channel.PHONE, "tab": uuid4(), "seen": 0}
    form = forms.ContactForm(at=at, initial=first)
    return render(request, "hotline/desk.html", _desk(request, form, key=uuid4()))


@door(policies.SEES)
def today(request: HttpRequest) -> HttpResponse:
    """Show the lists alone: the contacts of the day, whom to call back."""
    return render(request, "hotline/_today.html", _lists(asker_behind(request), clock.now()))


@door(policies.SEES)
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Show the desk with this contact in hand, or write it down and put it down (POST)."""
    if request.method == "POST":
        return _put_down(request, contact_id)
    asker = asker_behind(request)
    found = queries.contact(asker=asker, contact_id=contact_id)
    told = queries.told(asker=asker, contact=found)
    shown = _shown(found, told)
    if told.unread:  # what could not be read stands there as it was typed, and says so
        form = forms.ContactForm(shown | told.unread, at=clock.now())
    else:
        form = forms.ContactForm(at=clock.now(), initial=shown)
    return render(request, "hotline/desk.html", _desk(request, form, key=contact_id, found=found))


def _shown(found: Contact, told: queries.Told) -> dict[str, Any]:
    promised = found.call_back_at
    return {
        **told.callback,
        "notes": told.notes,
        "danger_now": found.danger_now,
        "notice_told": found.notice_told_at is not None,
        "caller_kind": found.caller_kind,
        "unit": found.unit_id or "",
        "acts": found.acts,
        "gbv_type": found.gbv_type,
        "children": found.children or "",
        "call_back": f"{promised.astimezone(clock.CITY_TIME):%d/%m/%Y %H:%M}" if promised else "",
        "outcome": found.outcome,
        "handed_to": found.handed_to,
        "started": clock_time(found.started_at),
        "line": found.line,
        "channel": found.channel,
        "tab": str(uuid4()),
        "seen": found.version,
    }


def _desk(
    request: HttpRequest, form: forms.ContactForm, *, key: UUID, found: Contact | None = None
) -> dict[str, Any]:
    asker = asker_behind(request)
    return {
        "form": form,
        "key": key,
        "contact": found,
        "is_done": found is not None and found.state == State.DONE,
        "may_write": policies.MAY_WRITE.lets_in(asker),
        "may_keep_lines": policies.KEEPS_LINES.lets_in(asker),
        "may_hand_over": policies.MAY_HAND_OVER.lets_in(asker),
        "notice": queries.notice(),
        "city": asker.unit,
        # The other of two addresses, so that the link always leads to a new page.
        "new": reverse("hotline:desk")
        + ("" if "moi" in request.GET else "?moi=1")
        + FIRST_QUESTION,
        "received": queries.received(asker=asker, contact=found) if found else None,
        **_lists(asker, clock.now(), in_hand=key),
    }


def _lists(asker: Asker, at: datetime, in_hand: UUID | None = None) -> dict[str, Any]:
    return {
        "in_hand": in_hand,
        "contacts": queries.contacts_of_day(asker=asker, at=at),
        "call_backs": queries.call_backs(asker=asker, at=at),
        "is_team": not policies.MAY_WRITE.lets_in(asker),
    }


def _put_down(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    policies.MAY_WRITE.require(asker)
    form = forms.ContactForm(request.POST, at=at)
    is_whole = form.is_valid()
    tab, seen = form.page()
    try:
        saved = services.save(
            asker=asker, id=contact_id, at=at, tab=tab, seen=seen, written=form.written()
        )
    except SavedElsewhere as overtaken:
        return _overtaken(request, contact_id, overtaken)
    if not is_whole:
        page = _desk(request, form, key=contact_id, found=saved)
        return render(request, "hotline/desk.html", page, status=422)
    if request.POST.get("then") == "open-case":
        return redirect("hotline:open-case", contact_id)
    services.finish(asker=asker, contact=saved, at=at)
    return redirect(reverse("hotline:desk") + FIRST_QUESTION)


def _overtaken(request: HttpRequest, contact_id: UUID, refusal: SavedElsewhere) -> HttpResponse:
    """Show what was typed beside the way to the other version; writing again replaces that one."""
    found = queries.contact(asker=asker_behind(request), contact_id=contact_id)
    typed = request.POST.copy()
    typed["tab"], typed["seen"] = str(uuid4()), str(found.version)
    form = forms.ContactForm(typed, at=clock.now())
    page = _desk(request, form, key=contact_id, found=found) | {"overtaken": refusal}
    return render(request, "hotline/desk.html", page, status=refusal.status)


@door(policies.MAY_ANSWER)
@require_POST
def autosave(request: HttpRequest, contact_id: UUID) -> JsonResponse:
    """Save what stands on the page so far; what cannot be read is named and kept as typed."""
    at = clock.now()
    form = forms.ContactForm(request.POST, at=at)
    is_whole = form.is_valid()
    tab, seen = form.page()
    saved = services.save(
        asker=asker_behind(request),
        id=contact_id,
        at=at,
        tab=tab,
        seen=seen,
        written=form.written(),
    )
    told = {
        "saved_at": clock_time(at),
        "started": clock_time(saved.started_at),
        "refused": {name: " ".join(map(str, says)) for name, says in form.errors.items()},
    }
    return JsonResponse(told, status=200 if is_whole else 422)


@door(policies.MAY_ANSWER)
@require_POST
def called_back(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Tick a promised call off."""
    asker = asker_behind(request)
    found = queries.contact(asker=asker, contact_id=contact_id)
    services.call_back_done(asker=asker, contact=found, at=clock.now())
    return redirect("hotline:desk")


@door(policies.SEES)
def help_now(request: HttpRequest) -> HttpResponse:
    """Show what helps now: ready places near the commune, numbers, what to say."""
    form = forms.ContactForm(request.GET, at=clock.now())
    form.is_valid()
    told = form.written()
    places = (
        directory.ready_near(
            asker=asker_behind(request),
            unit_key=told.unit_id,
            at=clock.now(),
            children=told.children,
        )
        if told.unit_id
        else []
    )
    is_report = queries.is_report(
        acts=told.acts, gbv_type=told.gbv_type, danger=told.danger_now, outcome=told.outcome
    )
    suggested = "" if told.gbv_type else queries.suggested_type(told.acts)
    page = {
        "unit": form.cleaned_data.get("unit"),
        "places": places[:PLACES_SHOWN],
        "numbers": queries.other_lines(),
        "script": queries.script(
            danger=told.danger_now, caller=told.caller_kind, children=told.children
        ),
        "is_in_danger": told.danger_now == Danger.YES,
        "suggested": GbvType(suggested).label if suggested else "",
        "is_report": is_report,
        "is_notice_told": told.is_notice_told,
        "duties": _duties_of(request),
    }
    return render(request, "hotline/_help_now.html", page)


def _duties_of(request: HttpRequest) -> list[duties.DutyRow]:
    try:
        contact_id = UUID(request.GET.get("cuoc", ""))
    except ValueError:
        return []
    return duties.of_contact(asker=asker_behind(request), contact_id=contact_id, at=clock.now())


@door(policies.SEES)
def earlier(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Show earlier calls from the same number to this centre, and the asker's cases with it."""
    asker = asker_behind(request)
    found = queries.contact(asker=asker, contact_id=contact_id)
    try:
        shown: dict[str, Any] = {"earlier": services.find_earlier(asker=asker, contact=found)}
    except LookedUpTooOften as refusal:  # said beside the contact, which goes on being written
        shown = {"refusal": refusal}
    return render(request, "hotline/_earlier.html", shown)
