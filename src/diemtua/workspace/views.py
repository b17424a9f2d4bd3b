"""Where a person's day begins, and the search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.registry import work
from diemtua.foundation.ui import menu
from diemtua.workspace import policies, queries

LONGEST = 80


@door(policies.HAS_A_DAY)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of one's role; without one, show what the menu holds."""
    asker = asker_behind(request)
    first = menu.home_of(asker.role)
    if first and first != request.path:
        return redirect(first)
    return render(request, "workspace/home.html", {"items": menu.items_of(asker.role, path="/")})


@door(policies.HAS_A_DAY)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for the asker in every room, the most urgent first."""
    queues = work.of(asker_behind(request), at=clock.now())
    return render(request, "workspace/waiting.html", {"queues": queues})


@door(policies.HAS_A_DAY)
def waiting_count(request: HttpRequest) -> HttpResponse:
    """Show the number on the bell alone."""
    return render(request, "ui/_waiting.html")


@door(policies.MAY_SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show what a search finds. What was typed travels in the body, never in an address."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    results = queries.found(asker=asker_behind(request), text=text, at=clock.now())
    return render(request, "workspace/search.html", {"text": text, "results": results})
