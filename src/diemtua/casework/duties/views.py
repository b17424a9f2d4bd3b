"""The commune officer's duties: cards with the legal clock, the notice, one tap to acknowledge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.duties import policies, queries, services
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


@door(policies.HOLDS)
def duties(request: HttpRequest) -> HttpResponse:
    """Show what the commune has to do, by its clock."""
    rows = queries.held(asker=asker_behind(request), at=clock.now())
    page = {"open": [r for r in rows if r.is_open], "done": [r for r in rows if not r.is_open]}
    return render(request, "casework/duties.html", page)


@door(policies.HOLDS)
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Open the notice of a duty; the audit trail keeps who read it."""
    asker, at = asker_behind(request), clock.now()
    record = queries.one(asker=asker, duty_id=duty_id)
    notice = services.read_notice(asker=asker, duty=record, at=at)
    page = {"row": queries.row(record, at=at), "notice": notice}
    return render(request, "casework/duty.html", page)


@door(policies.HOLDS)
@require_POST
def acknowledge(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Acknowledge a duty in one tap."""
    asker = asker_behind(request)
    record = queries.one(asker=asker, duty_id=duty_id)
    services.acknowledge(asker=asker, duty=record, at=clock.now())
    messages.success(request, _("Đã xác nhận; nơi báo tin thấy ngay."))
    return redirect("casework:duties")
