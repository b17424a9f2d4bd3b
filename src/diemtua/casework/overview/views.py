"""The case list, the case page and the team's board."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from diemtua.accounts.models import Role
from diemtua.casework.cases import forms, frame, policies, queries, services
from diemtua.casework.overview import queries as overview
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


@door(policies.SEES)
def today(request: HttpRequest) -> HttpResponse:
    """Show what is due today by risk, what waits for somebody, and the asker's cases.

    What is searched for may be a name or a phone number, so it comes by POST and never stands in
    an address.
    """
    asker, at = asker_behind(request), clock.now()
    form = forms.SearchForm(request.POST if request.method == "POST" else request.GET)
    wanted = form.wanted()
    is_plain = not any(wanted[name] for name in ("text", "risk", "status")) and wanted["page"] == 1
    takes = policies.MAY_TAKE.lets_in(asker)
    page = {
        "form": form,
        "listing": queries.listing(asker=asker, at=at, **wanted),
        "opened": queries.opened_to(asker=asker, at=at) if is_plain else [],
        "due": queries.due(asker=asker, at=at) if is_plain else [],
        "unassigned": queries.waiting(asker=asker, at=at) if is_plain and takes else [],
        "is_plain": is_plain,
        "is_own": takes,
        "hidden": form.kept(),
    }
    return render(request, "casework/today.html", page)


@door(policies.MAY_ASSIGN)
def team(request: HttpRequest) -> HttpResponse:
    """Show the supervisor what presses, what waits to be assigned, and who carries how much."""
    asker, at = asker_behind(request), clock.now()
    page = {
        "unassigned": queries.waiting(asker=asker, at=at),
        "pressing": queries.pressing(asker=asker, at=at),
        "loads": queries.loads(asker=asker, at=at),
        "to_review": queries.to_review(asker=asker, at=at),
        "covers": queries.covers(asker=asker, at=at),
    }
    return render(request, "casework/team.html", page)


@door(policies.SEES)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case: how to reach her safely, the legal clock, what to do next, what happened."""
    return render(request, "casework/case.html", _case_page(request, case_id))


@door(policies.SEES)
def log(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show everything that happened in a case."""
    asker, at = asker_behind(request), clock.now()
    record = queries.one(asker=asker, case_id=case_id)
    page = frame.of(asker, record, at=at, tab="log")
    page["events"] = overview.log(asker=asker, case=record, at=at)
    return render(request, "casework/log.html", page)


@door(policies.SEES)
@require_POST
def identity(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who she is, because somebody asked for it; the audit trail keeps that."""
    asker = asker_behind(request)
    who = services.read_identity(asker=asker, case=queries.one(asker=asker, case_id=case_id))
    if request.headers.get("HX-Request"):
        return render(request, "casework/case.html#identity", {"identity": who})
    return render(request, "casework/case.html", _case_page(request, case_id) | {"identity": who})


def _case_page(request: HttpRequest, case_id: UUID) -> dict[str, object]:
    asker, at = asker_behind(request), clock.now()
    record = queries.one(asker=asker, case_id=case_id)
    is_refresh = "HX-Request" in request.headers  # the page renews itself: nobody reads anew
    return frame.of(asker, record, at=at, tab="overview") | {
        "page": overview.case_page(asker=asker, case=record, at=at),
        "safe_contact": None
        if is_refresh
        else services.read_safe_contact(asker=asker, case=record),
        "own_access": queries.own_access(asker=asker, case=record, at=at),
        "may_cover": policies.MAY_COVER.lets_in(asker),
        "may_take": asker.has_role(Role.CASE_WORKER) and record.worker_id is None,
    }
