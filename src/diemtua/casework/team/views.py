"""Pages of the team: looking for a case, emergencies and their review, cover, who looked, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import frame, policies, queries, services
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.team import forms
from diemtua.casework.team import queries as team
from diemtua.casework.team import services as handing
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@door(policies.MAY_LOOK_FOR)
def look_for(request: HttpRequest) -> HttpResponse:
    """Look whether the organisation knows somebody; what is typed never stands in an address."""
    asker = asker_behind(request)
    form = forms.LookForm(request.POST or None)
    found: list[services.Known] | None = None

    def look() -> None:
        nonlocal found
        found = services.look_for(asker=asker, text=form.cleaned_data["text"])

    is_fine = request.method != "POST" or tried(form, look)
    page = {"form": form, "found": found, "may_break": policies.MAY_BREAK_GLASS.lets_in(asker)}
    return render(request, "casework/team/look_for.html", page, status=200 if is_fine else 422)


@door(policies.MAY_BREAK_GLASS)
def break_glass(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open a colleague's case in an emergency, with a written reason, for a few hours."""
    asker, at = asker_behind(request), clock.now()
    form = forms.BreakGlassForm(request.POST or None)
    if request.method == "POST" and tried(
        form,
        lambda: services.break_glass(
            asker=asker,
            id=key_of(request.POST),
            case_id=case_id,
            reason=form.cleaned_data["reason"],
            at=at,
        ),
    ):
        messages.warning(request, _("Trường hợp đã mở cho bạn. Người giám sát đã được báo."))
        return redirect("casework:case", case_id)
    page = {"form": form, "case_id": case_id, "rules": queries.access_rules()}
    return render(request, "casework/team/break_glass.html", page, status=_status(request))


@door(policies.MAY_REVIEW)
def review(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Look at an emergency access afterwards, with its reason."""
    asker, at = asker_behind(request), clock.now()
    access = queries.access(asker=asker, access_id=access_id)
    form = forms.ReviewForm(request.POST or None)
    if request.method == "POST" and tried(
        form, lambda: services.review(asker=asker, access=access, at=at, **form.cleaned_data)
    ):
        messages.success(request, _("Đã ghi kết luận."))
        return redirect("casework:team")
    page = {
        "form": form,
        "access": access,
        "reason": services.read_reason(asker=asker, access=access),
    }
    return render(request, "casework/team/review.html", page, status=_status(request))


@door(policies.MAY_COVER)
def cover(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open a case to a colleague for an absence."""
    asker, at = asker_behind(request), clock.now()
    case = queries.one(asker=asker, case_id=case_id)
    workers = [pair for pair in queries.workers(asker=asker, at=at) if pair[0] != case.worker_id]
    form = forms.CoverForm(request.POST or None, workers=workers)
    if request.method == "POST" and tried(
        form,
        lambda: services.give_cover(
            asker=asker,
            id=key_of(request.POST),
            case=case,
            user_id=form.cleaned_data["user"],
            until=form.end(),
            at=at,
        ),
    ):
        messages.success(request, _("Đã giao trực thay; quyền tự kết thúc khi hết hạn."))
        return redirect("casework:case", case_id)
    page = frame.of(asker, case, at=at, tab="") | {"form": form, "has_workers": bool(workers)}
    return render(request, "casework/team/cover.html", page, status=_status(request))


@door(policies.MAY_END)
@require_POST
def end(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """End a temporary access before its time."""
    asker = asker_behind(request)
    access = queries.access_to_end(asker=asker, access_id=access_id)
    services.end_access(asker=asker, access=access, at=clock.now())
    messages.success(request, _("Đã kết thúc quyền mở tạm."))
    return redirect("workspace:home")


@door(policies.MAY_SEE_WHO_LOOKED)
def who_looked(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who did or read what in a case; the page prints, for her whose case it is."""
    asker, at = asker_behind(request), clock.now()
    case = queries.one(asker=asker, case_id=case_id)
    page = frame.of(asker, case, at=at, tab="who-looked")
    page |= {"looks": queries.who_looked(asker=asker, case=case), "at": at}
    return render(request, "casework/team/who_looked.html", page)


@door(policies.MAY_ASSIGN)
def hand_over(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Hand over everything that somebody holds, and show that nothing is left."""
    asker, at = asker_behind(request), clock.now()
    person = team.person(asker=asker, user_id=user_id)
    workers = team.colleagues(asker=asker, at=at, besides=user_id)
    form = forms.HandOverForm(request.POST or None, workers=workers)
    if request.method == "POST" and tried(
        form,
        lambda: handing.hand_over(asker=asker, giver=user_id, taker=form.cleaned_data["to"], at=at),
    ):
        messages.success(request, _("Đã bàn giao."))
        return redirect("casework:hand-over", user_id)
    held = team.held_by(asker=asker, user_id=user_id)
    page = {
        "form": form,
        "person": person,
        "held": held,
        "is_empty": not any(one.count for one in held),
        "has_workers": bool(workers),
    }
    return render(request, "casework/team/hand_over.html", page, status=_status(request))
