"""Pages of a referral: sending it, and the receiving side's inbox."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import forms as case_forms
from diemtua.casework.cases import queries as cases
from diemtua.casework.referrals import forms, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


@door(policies.MAY_REFER)
def refer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose a place that is ready, then what goes along, and send."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    chosen = request.POST.get("facility") or request.GET.get("noi")
    if not chosen:
        places = queries.ready_places(asker=asker, case=case, at=at)
        page = {"case_id": case.pk, "alias": case.alias, "places": places}
        return render(request, "casework/refer.html", page)
    place = queries.recipient(facility_id=chosen, case_id=case.pk, at=at)
    form = forms.ReferForm(
        request.POST or None,
        allowed=place.allowed,
        initial={"facility": place.facility_id, "is_urgent": case.danger_now},
    )

    def send() -> None:
        read = dict(form.cleaned_data)
        services.send(
            asker=asker,
            id=case_forms.key_of(request.POST),
            case=case,
            facility_id=read.pop("facility"),
            at=at,
            **read,
        )

    if request.method == "POST" and case_forms.tried(form, send):
        messages.success(request, _("Đã chuyển gửi; nơi nhận thấy ngay."))
        return redirect("casework:case", case.pk)
    page = {"case_id": case.pk, "alias": case.alias, "place": place, "form": form}
    return render(request, "casework/refer.html", page, status=_status(request))


@door(policies.MAY_REVOKE)
@require_POST
def revoke(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a referral back."""
    asker = asker_behind(request)
    referral = queries.one(asker=asker, referral_id=referral_id)
    services.revoke(asker=asker, referral=referral, at=clock.now())
    messages.success(request, _("Đã thu hồi chuyển gửi; nơi nhận không đọc được nữa."))
    return redirect("casework:case", referral.case_id)


@door(policies.RECEIVES)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the referrals made to the asker's organisation."""
    rows = queries.received(asker=asker_behind(request))
    return render(request, "casework/referrals.html", {"rows": rows})


@door(policies.RECEIVES)
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral with what was shared."""
    return _show(request, referral_id)


@door(policies.RECEIVES)
@require_POST
def accept(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Accept a referral in one tap."""
    asker = asker_behind(request)
    services.accept(asker=asker, referral=_one(request, referral_id), at=clock.now())
    messages.success(request, _("Đã nhận; nơi gửi thấy ngay."))
    return redirect("casework:referral", referral_id)


@door(policies.RECEIVES)
@require_POST
def decline(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Decline a referral with a reason."""
    form = forms.DeclineForm(request.POST)
    return _change(
        request,
        referral_id,
        form=form,
        name="decline_form",
        verb=lambda **who: services.decline(reason=form.cleaned_data["reason"], **who),
    )


@door(policies.RECEIVES)
@require_POST
def stay(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record that people arrived."""
    form = forms.StayForm(request.POST)
    key = case_forms.key_of(request.POST)
    return _change(
        request,
        referral_id,
        form=form,
        name="stay_form",
        verb=lambda **who: services.record_stay(id=key, **form.cleaned_data, **who),
    )


@door(policies.RECEIVES)
@require_POST
def leave(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record that they left."""
    form = forms.LeaveForm(request.POST)
    return _change(
        request,
        referral_id,
        form=form,
        name="leave_form",
        verb=lambda **who: services.end_stay(**form.cleaned_data, **who),
    )


@door(policies.RECEIVES)
@require_POST
def complete(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say that what the referral asked for is done."""
    asker = asker_behind(request)
    services.complete(asker=asker, referral=_one(request, referral_id), at=clock.now())
    messages.success(request, _("Đã ghi là xong; thông tin chia sẻ đã đóng lại."))
    return redirect("casework:referral", referral_id)


def _one(request: HttpRequest, referral_id: UUID) -> Any:
    return queries.one(asker=asker_behind(request), referral_id=referral_id)


def _change(
    request: HttpRequest, referral_id: UUID, *, form: Form, name: str, verb: Callable[..., object]
) -> HttpResponse:
    record, asker, at = _one(request, referral_id), asker_behind(request), clock.now()
    if case_forms.tried(form, lambda: verb(asker=asker, referral=record, at=at)):
        messages.success(request, _("Đã ghi."))
        return redirect("casework:referral", referral_id)
    return _show(request, referral_id, **{name: form})


def _show(request: HttpRequest, referral_id: UUID, **bound: Form) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    record = queries.one(asker=asker, referral_id=referral_id)
    row = queries.row(record)
    counts = {"adults": row.adults, "children": row.children}
    page = {
        "row": row,
        "shared": services.read_packet(asker=asker, referral=record, at=at)
        if queries.is_readable(record, at=at)
        else None,
        "decline_form": forms.DeclineForm(),
        "stay_form": forms.StayForm(initial=counts | {"arrived_at": forms.shown(at)}),
        "leave_form": forms.LeaveForm(initial={"left_at": forms.shown(at)}),
    }
    return render(request, "casework/referral.html", page | bound, status=422 if bound else 200)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
