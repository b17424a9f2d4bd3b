"""Pages of protection."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.protection import forms, papers, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.doors import asker_behind, door

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _shown(at: datetime) -> str:
    return at.astimezone(CITY_TIME).strftime(forms.MOMENT)


@door(policies.MAY_PROTECT)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the measures of a case with their clocks; begin another."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    form = forms.BeginForm(
        request.POST or None, known=queries.in_force(at), initial={"asked_at": _shown(at)}
    )
    if request.method == "POST" and tried(
        form,
        lambda: services.begin(
            asker=asker, id=key_of(request.POST), case=case, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi đề nghị; thời hạn bắt đầu tính."))
        return redirect("protection:index", case_id)
    page = frame.of(asker, case, at=at, tab="protection") | {
        "form": form,
        "measures": queries.of_case(asker=asker, case_id=case_id, at=at),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "protection/index.html", page, status=status)


@door(policies.MAY_PROTECT)
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Show one measure step by step; write down what happened next."""
    asker, at = asker_behind(request), clock.now()
    now = queries.one(asker=asker, measure_id=measure_id, at=at)
    case = cases.one(asker=asker, case_id=now.measure.case_id)
    form = forms.StepForm(request.POST or None, now=now, initial={"happened_at": _shown(at)})
    if request.method == "POST" and tried(
        form,
        lambda: services.take(
            asker=asker, id=key_of(request.POST), measure=now.measure, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi bước này."))
        return redirect("protection:measure", measure_id)
    page = frame.of(asker, case, at=at, tab="protection") | {
        "now": now,
        "steps": [
            (step, services.read(asker=asker, step=step), papers.has_form(step))
            for step in now.steps
        ],
        "possible": now.possible(),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    response = render(request, "protection/measure.html", page, status=status)
    response["Cache-Control"] = "no-store"
    return response


@door(policies.MAY_PROTECT)
def paper(request: HttpRequest, step_id: UUID, kind: str) -> HttpResponse:
    """Hand out the paper of a step; the browser is told to keep no copy."""
    asker = asker_behind(request)
    step = queries.step(asker=asker, step_id=step_id)
    made = papers.make(asker=asker, step=step, kind=kind, at=clock.now())
    response = HttpResponse(made, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="mau.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
