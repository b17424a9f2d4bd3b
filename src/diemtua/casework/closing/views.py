"""Pages of closing."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.closing import forms, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


@door(policies.SEES_TAB)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show how closing stands."""
    return _show(request, cases.one(asker=asker_behind(request), case_id=case_id))


@door(policies.MAY_ASK)
@require_POST
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask to close the case."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    form = forms.AskForm(request.POST)
    key = key_of(request.POST)
    if tried(
        form, lambda: services.ask(asker=asker, id=key, case=case, at=at, **form.cleaned_data)
    ):
        messages.success(request, _("Đã đề nghị; người giám sát thấy ngay."))
        return redirect("closing:index", case_id)
    return _show(request, case, ask_form=form)


@door(policies.MAY_DECIDE)
@require_POST
def decide(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Agree to close, or send back."""
    asker, at = asker_behind(request), clock.now()
    closure = queries.one(asker=asker, closure_id=closure_id)
    form = forms.DecideForm(request.POST)
    verb = services.send_back if request.POST.get("what") == "tra-lai" else services.approve
    if tried(form, lambda: verb(asker=asker, closure=closure, at=at, **form.cleaned_data)):
        messages.success(request, _("Đã ghi quyết định."))
        return redirect("closing:index", closure.case_id)
    return _show(request, closure.case, decide_form=form)


@door(policies.MAY_REOPEN)
@require_POST
def reopen(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Open the case again."""
    asker, at = asker_behind(request), clock.now()
    closure = queries.one(asker=asker, closure_id=closure_id)
    form = forms.ReopenForm(request.POST)
    if tried(
        form, lambda: services.reopen(asker=asker, closure=closure, at=at, **form.cleaned_data)
    ):
        messages.success(request, _("Đã mở lại hồ sơ."))
        return redirect("closing:index", closure.case_id)
    return _show(request, closure.case, reopen_form=form)


def _show(request: HttpRequest, case: Case, **bound: Form) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case.pk)  # as it stands after what was tried
    rows = queries.of_case(asker=asker, case_id=case.pk)
    latest = rows[0] if rows else None
    words = None
    if latest and latest.state != "REOPENED":
        closure = queries.one(asker=asker, closure_id=latest.id)
        words = queries.words(asker=asker, closure=closure)
    is_asked = latest is not None and latest.is_asked
    page = frame.of(asker, case, at=at, tab="closing") | {
        "rows": rows,
        "latest": latest,
        "words": words,
        "going_on": queries.going_on(asker=asker, case=case),
        "may_ask": policies.MAY_ASK.lets_in(asker)
        and case.status == Status.IN_PROGRESS
        and not is_asked,
        "may_decide": policies.MAY_DECIDE.lets_in(asker) and is_asked,
        "may_reopen": policies.MAY_REOPEN.lets_in(asker) and case.status == Status.CLOSED,
        "ask_form": forms.AskForm(),
        "decide_form": forms.DecideForm(),
        "reopen_form": forms.ReopenForm(),
    }
    return render(request, "closing/index.html", page | bound, status=422 if bound else 200)
