"""Pages of places that help: find one, look at one, open its address, answer for tonight."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diemtua.directory import policies, queries, services
from diemtua.directory.forms import AnswerForm, FindForm
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import Refusal
from diemtua.places import queries as places

BUTTONS = 6
"""So many places get a button of their own; more are typed."""


@require_safe
@door(policies.MAY_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Show the directory, narrowed by text, kind, commune and readiness."""
    form = FindForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = queries.facilities(
        asker=asker_behind(request),
        at=clock.now(),
        text=told.get("q", ""),
        kinds=[told["kind"]] if told.get("kind") else [],
        unit_key=told["unit"].key if told.get("unit") else "",
        is_ready=told.get("ready", False),
    )
    context = {
        "form": form,
        "found": found,
        "is_narrowed": any(told.values()),
        "city": places.city().key,
    }
    return render(request, "directory/list.html", context)


@require_safe
@door(policies.MAY_READ)
def facility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one facility; its street address is opened by a button of its own, never here."""
    return render(request, "directory/facility.html", _page(asker_behind(request), pk))


def _page(asker: Asker, pk: UUID) -> dict[str, object]:
    listed = queries.listed(asker=asker, id=pk, at=clock.now())
    one = listed.facility
    return {
        "listed": listed,
        "facility": one,
        "answers": queries.answers_of(asker=asker, facility=one) if one.is_lodging else [],
        "may_open_address": queries.is_address_known(asker=asker, facility=one),
        "may_answer": one.is_lodging and policies.MAY_ANSWER.allows(asker, one),
    }


@require_POST
@door(policies.MAY_OPEN_ADDRESS)
def address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a facility's address; the audit trail says who did."""
    asker = asker_behind(request)
    page = _page(asker, pk)
    opened = services.open_address(asker=asker, facility=queries.facility(asker, pk))
    return render(request, "directory/facility.html", page | {"address": opened})


@require_safe
@door(policies.MAY_ANSWER)
def readiness(request: HttpRequest) -> HttpResponse:
    """Ask whoever keeps a place whether it can take someone tonight."""
    return render(request, "directory/readiness.html", _tonight(asker_behind(request)))


def _tonight(asker: Asker, asked: str = "") -> dict[str, object]:
    kept = queries.kept(asker=asker, at=clock.now())
    cards = [
        {
            "listed": listed,
            "key": uuid4(),
            "choices": range(1, min(listed.facility.beds, BUTTONS) + 1),
            "is_asked": str(listed.facility.pk) == asked,
        }
        for listed in kept
    ]
    return {"cards": cards, "hours": int(queries.holds_for().total_seconds() // 3600)}


@require_POST
@door(policies.MAY_ANSWER)
def answer(request: HttpRequest) -> HttpResponse:
    """Take an answer for tonight; a second tap makes no second one."""
    asker = asker_behind(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _asked_again(request, form)
    one = queries.facility(asker, form.cleaned_data["facility"])
    try:
        services.answer_readiness(asker=asker, facility=one, at=clock.now(), **form.answer())
    except Refusal as refusal:
        if refusal.field is None:
            raise
        form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        return _asked_again(request, form)
    messages.success(request, _("Đã ghi. Tổng đài thấy câu trả lời này ngay."))
    return redirect("directory:readiness")


def _asked_again(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    context = _tonight(asker_behind(request), str(form.data.get("facility", ""))) | {"form": form}
    return render(request, "directory/readiness.html", context, status=422)
