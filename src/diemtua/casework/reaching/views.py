"""Pages of reaching her."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases import services as case_services
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.cases.models import Case
from diemtua.casework.reaching import forms, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door


@door(policies.MAY_REACH)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the safe ways, whether they are open now, and what was tried; note another way."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    ways = queries.ways_of(asker=asker, case=case, at=at)
    form = forms.WayForm(request.POST or None, initial={} if ways else _told_before(asker, case))
    if request.method == "POST" and tried(
        form,
        lambda: services.note_way(
            asker=asker, id=key_of(request.POST), case=case, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi cách liên lạc an toàn."))
        return redirect("reaching:index", case_id)
    attempts = queries.attempts_of(asker=asker, case_id=case_id)
    page = frame.of(asker, case, at=at, tab="reaching") | {
        "form": form,
        "ways": ways,
        "is_agreed": queries.is_agreed(case_id=case_id, at=at),
        "attempts": attempts,
        "unreached": queries.unreached(attempts),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reaching/index.html", page, status=status)


def _told_before(asker: Asker, case: Case) -> dict[str, str]:
    """Return what she said in her first call, to begin the first way with."""
    told = case_services.read_safe_contact(asker=asker, case=case)
    note = "; ".join(word for word in (told.hours, told.note) if word)
    return {"to": told.phone, "say": told.say, "note": note}


@door(policies.MAY_REACH)
@require_POST
def reach(request: HttpRequest, way_id: UUID) -> HttpResponse:
    """Go through the gate; then, and only then, the number is shown."""
    asker = asker_behind(request)
    way = queries.way(asker=asker, way_id=way_id)
    attempt = services.reach(asker=asker, id=key_of(request.POST), way=way, at=clock.now())
    return redirect("reaching:attempt", attempt.pk)


@door(policies.MAY_REACH)
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show whom to reach and what to say, while the attempt is open; take what came of it."""
    asker, at = asker_behind(request), clock.now()
    record = queries.attempt(asker=asker, attempt_id=attempt_id)
    form = forms.ToldForm(request.POST or None, channel=record.channel)
    if request.method == "POST" and tried(
        form,
        lambda: services.tell(asker=asker, attempt=record, at=at, **form.cleaned_data),
    ):
        messages.success(request, _("Đã ghi kết quả."))
        return redirect("reaching:index", record.case_id)
    case = cases.one(asker=asker, case_id=record.case_id)
    page = frame.of(asker, case, at=at, tab="reaching") | {
        "attempt": record,
        "way": queries.shown(asker=asker, attempt=record, at=at),
        "is_mine": record.tried_by_id == asker.user_id,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reaching/attempt.html", page, status=status)


@door(policies.MAY_REACH)
@require_POST
def end(request: HttpRequest, way_id: UUID) -> HttpResponse:
    """End a way."""
    asker = asker_behind(request)
    way = queries.way(asker=asker, way_id=way_id)
    services.end_way(asker=asker, way=way, at=clock.now())
    messages.success(request, _("Đã bỏ cách liên lạc này."))
    return redirect("reaching:index", way.case_id)
