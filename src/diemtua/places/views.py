"""Pages about places: search as one types, and what a unit was and became."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from diemtua.foundation import clock
from diemtua.foundation.doors import door
from diemtua.foundation.text import NotReadable, parse_date
from diemtua.places import policies, queries

MOST = 20


@door(policies.MAY_LOOK_UP)
def search(request: HttpRequest) -> HttpResponse:
    """Answer with the places that fit ``q``: options for a picker, or JSON when asked for.

    ``within`` bounds them to a unit, ``level`` to a level, ``on`` (a day) to another map.
    """
    text = request.GET.get("q", "")[:80]
    found = queries.search(
        text,
        on=_day(request.GET.get("on", "")),
        limit=MOST if request.GET.get("more") else 8,
        within=request.GET.get("within", ""),
        level=request.GET.get("level", ""),
    )
    if request.GET.get("format") == "json" or not request.accepts("text/html"):
        return JsonResponse({"query": text, "matches": [_as_json(match) for match in found]})
    return render(request, "places/_options.html", {"matches": found, "text": text})


def _day(text: str) -> date | None:
    try:
        return parse_date(text, near=clock.today()) if text else None
    except NotReadable:
        return None


def _as_json(match: queries.Match) -> dict[str, str | bool]:
    return {
        "key": match.key,
        "name": match.name,
        "level": match.level,
        "parent_name": match.parent_name,
        "former_name": match.former_name,
        "is_part": match.is_part,
        "says": match.says,
    }


@door(policies.MAY_LOOK_UP)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """Show a unit: where it lies, when it existed, what it was, what it became."""
    found = queries.unit(key)
    return render(
        request,
        "places/unit.html",
        {
            "unit": found,
            "around": queries.ancestors(found.key),
            "came_from": queries.predecessors(found.key),
            "became": queries.successors(found.key),
            "inside": queries.children(found.key),
            "near": queries.named(queries.neighbours(found.key)) if not found.valid_to else [],
            "reform_day": queries.reform_day(),
        },
    )
