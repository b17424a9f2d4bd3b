"""Pages of persons' requests over their data."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.accounts import services as accounts
from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.retention import forms, policies, queries, services
from diemtua.casework.retention.models import DataRequest
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door

STEPS: dict[str, Callable[..., None]] = {
    "da-tra-loi": services.reply,
    "gia-han": services.extend,
    "chap-thuan": services.grant,
    "da-lam": services.finish,
}


@door(policies.MAY_RECEIVE)
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show and receive what she asks of her data."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    form = forms.RequestForm(request.POST or None)
    if request.method == "POST" and tried(
        form,
        lambda: services.receive(
            asker=asker, id=key_of(request.POST), case=case, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã nhận yêu cầu; hạn trả lời và hạn làm xong đã bắt đầu."))
        return redirect("retention:of-case", case_id)
    page = frame.of(asker, case, at=at, tab="retention") | {
        "form": form,
        "requests": queries.of_case(asker=asker, case_id=case_id, at=at),
        "may_decide": policies.MAY_DECIDE.lets_in(asker),
        "refusal_form": forms.RefusalForm(),
        "rights": queries.rights().values(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "retention/of_case.html", page, status=status)


@door(policies.MAY_DECIDE)
@require_POST
def step(request: HttpRequest, request_id: UUID, what: str) -> HttpResponse:
    """Take the next step of a request, as the supervisor."""
    asker, at = asker_behind(request), clock.now()
    found = queries.one(asker=asker, request_id=request_id)
    if what == "tu-choi":
        services.refuse(asker=asker, request=found, refusal=request.POST.get("refusal", ""), at=at)
    elif what in STEPS:
        STEPS[what](asker=asker, request=found, at=at)
    else:
        raise Http404
    messages.success(request, _("Đã ghi."))
    return redirect("retention:of-case", found.case_id)


@door(policies.MAY_ERASE)
def erasures(request: HttpRequest) -> HttpResponse:
    """Show the officer the erasures: to carry out, done, refused."""
    rows = queries.erasures(asker=asker_behind(request), at=clock.now())
    return render(request, "retention/erasures.html", {"rows": rows})


@door(policies.MAY_ERASE)
def erasure(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Carry out or refuse an erasure; once done, the page is its proof and prints."""
    asker, at = asker_behind(request), clock.now()
    found = queries.one(asker=asker, request_id=request_id)
    form = forms.EraseForm(request.POST if "code" in request.POST else None, wanted=found.code)
    if request.method == "POST":
        accounts.require_recent_sign_in(request)
        if _ended(request, found, form):
            return redirect("retention:erasure", request_id)
    page = {
        "row": queries.row(found, at),
        "form": form,
        "refusal_form": forms.RefusalForm(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "retention/erasure.html", page, status=status)


def _ended(request: HttpRequest, found: DataRequest, form: forms.EraseForm) -> bool:
    asker, at = asker_behind(request), clock.now()
    if "refusal" in request.POST:
        services.refuse(asker=asker, request=found, refusal=request.POST["refusal"], at=at)
        return True
    if not tried(form, lambda: services.erase(asker=asker, request=found, at=at)):
        return False
    messages.success(request, _("Hồ sơ đã được xóa vĩnh viễn."))
    return True
