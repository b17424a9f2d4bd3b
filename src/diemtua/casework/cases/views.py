"""Pages that change a case: parse, one call, back to the case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import forms, policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


def _back_to(case_id: UUID, said: str, request: HttpRequest) -> HttpResponse:
    messages.success(request, said)
    return redirect("casework:case", case_id)


@door(policies.MAY_TAKE)
@require_POST
def take(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case that waits for somebody."""
    services.take_over(asker=asker_behind(request), case_id=case_id, at=clock.now())
    return _back_to(case_id, _("Bạn đã nhận trường hợp này."), request)


@door(policies.MAY_ASSIGN)
@require_POST
def assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give a case to somebody of the team."""
    asker, at = asker_behind(request), clock.now()
    case = queries.one(asker=asker, case_id=case_id)
    form = forms.AssignForm(request.POST, workers=queries.workers(asker=asker, at=at))
    if not forms.tried(
        form,
        lambda: services.assign(
            asker=asker, case=case, worker_id=form.cleaned_data["worker"], at=at
        ),
    ):
        messages.error(request, _("Chưa giao được: hãy chọn một người của đội."))
    else:
        messages.success(request, _("Đã giao trường hợp."))
    return redirect("casework:team")


@door(policies.MAY_WORK)
@require_POST
def alias(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the case another invented name."""
    asker = asker_behind(request)
    services.draw_alias(asker=asker, case=queries.one(asker=asker, case_id=case_id))
    return _back_to(case_id, _("Đã đổi bí danh."), request)


@door(policies.MAY_WORK)
@require_POST
def contacted(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note that somebody spoke with her."""
    asker = asker_behind(request)
    case = queries.one(asker=asker, case_id=case_id)
    services.note_contact(asker=asker, case=case, at=clock.now())
    return _back_to(case_id, _("Đã ghi lần liên hệ; hạn liên hệ tiếp theo đã được dời."), request)


@door(policies.MAY_WORK)
def service(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record a service given or declined."""
    asker, at = asker_behind(request), clock.now()
    case = queries.one(asker=asker, case_id=case_id)
    form = forms.ServiceForm(request.POST or None, initial={"given_on": at.date()})
    if request.method == "POST" and forms.tried(
        form,
        lambda: services.record_service(
            asker=asker, id=forms.key_of(request.POST), case=case, at=at, **form.cleaned_data
        ),
    ):
        return _back_to(case_id, _("Đã ghi dịch vụ."), request)
    return _form_page(
        request, "casework/service.html", case_id=case_id, alias=case.alias, form=form
    )


@door(policies.MAY_WORK)
def consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down a further consent."""
    asker, at = asker_behind(request), clock.now()
    case = queries.one(asker=asker, case_id=case_id)
    form = forms.ConsentForm(
        request.POST or None, initial={"recipient_kind": request.GET.get("kind", "")}
    )

    def give() -> None:
        read = form.cleaned_data
        services.give_consent(
            asker=asker,
            id=forms.key_of(request.POST),
            case=case,
            purpose=read["purpose"],
            how=read["how"],
            at=at,
            sections=read["sections"],
            organisation_id=read["organisation"],
            kind=read["recipient_kind"],
            valid_until=form.until(),
        )

    if request.method == "POST" and forms.tried(form, give):
        return _back_to(case_id, _("Đã ghi đồng thuận."), request)
    return _form_page(
        request, "casework/consent.html", case_id=case_id, alias=case.alias, form=form
    )


@door(policies.MAY_WORK)
@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back, at once."""
    asker = asker_behind(request)
    found = queries.consent(asker=asker, consent_id=consent_id)
    services.withdraw_consent(asker=asker, consent=found, at=clock.now())
    return _back_to(found.case_id, _("Đã rút đồng thuận; chia sẻ liên quan đã dừng ngay."), request)


def _form_page(
    request: HttpRequest, template: str, *, case_id: UUID, alias: str, form: object
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "case_id": case_id, "alias": alias}
    return render(request, template, page, status=status)
