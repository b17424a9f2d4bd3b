"""Pages of the work with people who used violence, and its one page beside her case."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from diemtua.casework.cases import frame
from diemtua.casework.cases import policies as case_policies
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.perpetrators import forms, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


class Entry(NamedTuple):
    """A kind of entry into a file: its form, its verb and its words."""

    form: type[django_forms.Form]
    verb: Callable[..., None]
    title: str | Promise
    icon: str


ENTRIES = {
    "danh-gia": Entry(forms.JudgementForm, services.judge, gettext_lazy("Đánh giá"), "scale"),
    "buoi-gap": Entry(
        forms.MeetingForm, services.record_meeting, gettext_lazy("Buổi gặp"), "calendar-check"
    ),
    "cam-ket": Entry(forms.CommitmentForm, services.commit, gettext_lazy("Cam kết"), "pencil"),
    "ho-tro": Entry(
        forms.SupportForm, services.record_support, gettext_lazy("Hỗ trợ"), "heart-handshake"
    ),
    "tai-dien": Entry(
        forms.RelapseForm,
        services.report_relapse,
        gettext_lazy("Bạo lực tái diễn"),
        "alert-triangle",
    ),
}


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@door(policies.SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """Show the files, those that wait first."""
    asker, at = asker_behind(request), clock.now()
    is_closed = request.GET.get("da-ket-thuc") == "1"
    page = {
        "rows": queries.listing(asker=asker, at=at, closed=is_closed),
        "is_closed": is_closed,
    }
    return render(request, "perpetrators/list.html", page)


@door(policies.MAY_OPEN)
def open_file(request: HttpRequest) -> HttpResponse:
    """Open a file of somebody who came by himself, by the police, a commune or a court."""
    asker = asker_behind(request)
    form = forms.OpenForm(request.POST or None)
    key = key_of(request.POST)
    if request.method == "POST" and tried(
        form,
        lambda: services.open_file(asker=asker, id=key, told=form.wanted(), at=clock.now()),
    ):
        messages.success(request, _("Đã mở hồ sơ."))
        return redirect("perpetrators:file", key)
    return render(request, "perpetrators/open.html", {"form": form}, status=_status(request))


@door(policies.SEES)
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show a file: where he stands in the programme and what to write down next."""
    return render(request, "perpetrators/file.html", _file_page(request, file_id))


@door(policies.SEES)
@require_POST
def who(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show who he is, because somebody asked for it; the audit trail keeps that."""
    page = _file_page(request, file_id)
    page["who"] = services.read_who(asker=asker_behind(request), file=page["file"])
    return render(request, "perpetrators/file.html", page)


def _file_page(request: HttpRequest, file_id: UUID) -> dict[str, Any]:
    asker = asker_behind(request)
    found = queries.one(asker=asker, file_id=file_id)
    return {
        "file": found,
        "source": queries.options("source")[found.source],
        "outcome": queries.options("outcome").get(found.outcome, ""),
        "standing": queries.standing(asker=asker, file=found),
        "entries": [(slug, entry.title, entry.icon) for slug, entry in ENTRIES.items()],
        "close_form": forms.CloseForm(),
        "may_take": policies.MAY_TAKE.lets_in(asker),
    }


@door(policies.MAY_TAKE)
@require_POST
def take(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Take a file that waits."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, file_id=file_id)
    services.take(asker=asker, file=found, at=clock.now())
    messages.success(request, _("Bạn đã nhận hồ sơ này."))
    return redirect("perpetrators:file", file_id)


@door(policies.MAY_WORK)
def record(request: HttpRequest, file_id: UUID, what: str) -> HttpResponse:
    """Write something down in a file, close it or open it again."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, file_id=file_id)
    if what in {"ket-thuc", "mo-lai"}:
        return _close_or_reopen(request, found, what)
    if what not in ENTRIES:
        raise Http404
    entry, at = ENTRIES[what], clock.now()
    form = entry.form(request.POST or None, initial={"on": at.date()})
    if request.method == "POST" and tried(
        form,
        lambda: entry.verb(
            asker=asker, id=key_of(request.POST), file=found, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi."))
        return redirect("perpetrators:file", file_id)
    page = {"form": form, "file": found, "what": what, "title": entry.title}
    return render(request, "perpetrators/record.html", page, status=_status(request))


def _close_or_reopen(request: HttpRequest, found: Any, what: str) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    if request.method != "POST":
        return redirect("perpetrators:file", found.pk)
    if what == "mo-lai":
        services.reopen(asker=asker, file=found, at=at)
        return redirect("perpetrators:file", found.pk)
    form = forms.CloseForm(request.POST)
    if tried(
        form,
        lambda: services.close(
            asker=asker, file=found, outcome=form.cleaned_data["outcome"], at=at
        ),
    ):
        messages.success(request, _("Đã kết thúc hồ sơ."))
        return redirect("perpetrators:file", found.pk)
    page = _file_page(request, found.pk) | {"close_form": form}
    return render(request, "perpetrators/file.html", page, status=422)


@door(policies.MAY_WORK)
@require_POST
def judge_commitment(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Say whether he kept to what he undertook."""
    asker = asker_behind(request)
    found = queries.commitment(asker=asker, commitment_id=commitment_id)
    services.judge_commitment(
        asker=asker,
        commitment=found,
        is_kept=request.POST.get("kept") == "yes",
        at=clock.now(),
    )
    return redirect("perpetrators:file", found.file_id)


@door(case_policies.SEES)
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show her team how it goes with who used violence: states and counts alone."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    page = frame.of(asker, case, at=at, tab="perpetrators")
    page["progress"] = queries.progress_of(case.pk)
    return render(request, "perpetrators/of_case.html", page)


@door(policies.MAY_TIE)
def hand_on(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Hand who used violence to the programme, after it was talked over with her."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    form = forms.HandOnForm(request.POST or None, initial={"unit": case.unit_id})
    if request.method == "POST" and tried(
        form,
        lambda: services.open_from_case(
            asker=asker,
            id=key_of(request.POST),
            case=case,
            told=form.wanted(),
            is_safe=form.cleaned_data["is_safe"],
            at=at,
        ),
    ):
        messages.success(request, _("Đã chuyển đến chương trình."))
        return redirect("perpetrators:of-case", case_id)
    page = frame.of(asker, case, at=at, tab="perpetrators") | {"form": form}
    return render(request, "perpetrators/hand_on.html", page, status=_status(request))
