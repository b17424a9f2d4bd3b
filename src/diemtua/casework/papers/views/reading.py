"""The list of papers, one paper opened, and its withdrawal."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.papers import forms, policies, queries, services
from diemtua.casework.papers.models import FILES, Kind, Paper, State
from diemtua.casework.papers.views.frame import around
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


@door(policies.SEES)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """List the papers of a case: kind, day and author; nothing is opened here."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    page = around(asker, case, at) | {"papers": queries.of_case(asker=asker, case=case)}
    return render(request, "papers/index.html", page)


@csp_override({**settings.SECURE_CSP, "media-src": ["'self'"]})  # a recording plays on its page
@door(policies.SEES)
def paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Open one version of a paper; the trail keeps who did."""
    found = queries.one(asker=asker_behind(request), paper_id=paper_id)
    return _paper_page(request, found, forms.WithdrawForm())


def _paper_page(
    request: HttpRequest, found: Paper, form: forms.WithdrawForm, *, status: int = 200
) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=found.case_id)
    end = queries.withdrawal_of(asker=asker, paper=found)
    is_readable = queries.may_read(asker, end)
    versions = queries.versions(asker=asker, paper=found)
    file = queries.file_of(paper=found)
    held = queries.read(asker=asker, paper=found, withdrawal=end) if is_readable else None
    is_map = held is not None and found.kind == Kind.BODY_MAP
    page = around(asker, case, at) | {
        "paper": found,
        "figures": queries.figures(held.marks) if held and is_map else [],
        "marks": queries.in_words(held.marks) if held and is_map else [],
        "icon": queries.icon_of(found.kind),
        "content": held,
        "versions": versions,
        "is_newest": versions[0].pk == found.pk,
        "is_file": found.kind in FILES,
        "shown_as": queries.shown_as(file) if is_readable else "",
        "file": file if is_readable else None,
        "withdrawal": end,
        "reason": queries.reason_label(end.reason) if end else "",
        "may_decide": bool(end) and policies.MAY_DECIDE.allows(asker, end) if end else False,
        "is_asked": bool(end) and end.state == State.ASKED if end else False,
        "form": form,
    }
    return render(request, "papers/paper.html", page, status=status)


@door(policies.SEES)
@require_POST
def withdraw(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Withdraw a paper with its reason."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, paper_id=paper_id)
    form = forms.WithdrawForm(request.POST)
    if tried(
        form,
        lambda: services.withdraw(
            asker=asker,
            id=key_of(request.POST),
            paper=found,
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        ),
    ):
        messages.success(request, _("Đã ghi việc rút giấy tờ này."))
        return redirect("papers:index", found.case_id)
    return _paper_page(request, found, form, status=422)


@door(policies.MAY_DECIDE)
@require_POST
def decide(request: HttpRequest, withdrawal_id: UUID, what: str) -> HttpResponse:
    """Approve an erasure, or keep the paper, as the supervisor."""
    asker, at = asker_behind(request), clock.now()
    found = queries.withdrawal(asker=asker, withdrawal_id=withdrawal_id)
    if what == "xoa":
        services.approve(asker=asker, withdrawal=found, at=at)
        messages.success(request, _("Đã xóa vĩnh viễn giấy tờ này."))
    elif what == "giu":
        services.keep(asker=asker, withdrawal=found, at=at)
        messages.success(request, _("Giấy tờ được giữ lại trong hồ sơ."))
    else:
        raise Http404
    return redirect("papers:index", found.case_id)
