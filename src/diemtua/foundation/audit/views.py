"""Pages of those who watch: who saw what, and whether the chain is whole."""

from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from diemtua.foundation import clock
from diemtua.foundation.audit import faults, forms, policies, queries, services, verify
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import NotFound


@door(policies.MAY_READ)
def trail(request: HttpRequest) -> HttpResponse:
    """Show who did or saw what; looking is itself written down."""
    asker = asker_behind(request)
    form = forms.FilterForm(request.GET, people=queries.people_seen(asker=asker))
    is_readable = form.is_valid()
    wanted = form.wanted()
    found = queries.entries(asker=asker, wanted=wanted)
    services.write(asker=asker, action="audit.trail.read", rows=len(found.rows))
    onward = request.GET.copy()
    onward["before"] = str(found.next_before or "")
    shown = {
        "form": form,
        "found": found,
        "onward": onward.urlencode(),
        "is_narrowed": any(request.GET.values()),
    }
    return render(request, "audit/trail.html", shown, status=200 if is_readable else 422)


@door(policies.MAY_READ)
def chain(request: HttpRequest) -> HttpResponse:
    """Show the checkpoints and offer to verify."""
    return _chain_page(request, {})


@door(policies.MAY_VERIFY)
@require_POST
def verify_now(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain now and say what was found."""
    asker = asker_behind(request)
    began = perf_counter()
    report = verify.verify()
    services.write(
        asker=asker, action="audit.chain.verified", entries=report.entries, whole=report.is_whole
    )
    shown = {"report": report, "at": clock.now(), "seconds": round(perf_counter() - began, 1)}
    if report.fault:
        shown |= {"where": faults.where(report.fault), "what": faults.what(report.fault)}
    return _chain_page(request, shown)


@door(policies.MAY_VERIFY)
@require_POST
def bind(request: HttpRequest) -> HttpResponse:
    """Make a checkpoint now."""
    made = services.checkpoint()
    services.write(asker=asker_behind(request), action="audit.chain.bound", checkpoint=made.pk)
    return _chain_page(request, {"made": made})


def _chain_page(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    known = queries.checkpoints(asker=asker_behind(request))
    return render(request, "audit/chain.html", {"checkpoints": known, **shown})


@door(policies.MAY_READ)
def checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """Show one checkpoint in the form that is printed and kept elsewhere."""
    found = queries.checkpoint(asker=asker_behind(request), number=number)
    if found is None:
        raise NotFound
    return render(request, "audit/checkpoint.html", {"checkpoint": found})
