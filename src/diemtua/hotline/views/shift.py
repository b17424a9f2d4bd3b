"""The change of shifts: what is left goes to a colleague."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import Refusal
from diemtua.foundation.text import moment
from diemtua.hotline import forms, policies, queries, services
from diemtua.hotline.models import Contact


@door(policies.MAY_HAND_OVER)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand unfinished contacts and promised calls to a colleague of the next shift."""
    asker, at = asker_behind(request), clock.now()
    offered = queries.to_hand_over(asker=asker, contact_id=_one(request))
    colleagues = queries.colleagues(asker=asker, at=at)
    choices: dict[str, Any] = {
        "contacts": [
            (str(one.pk), _in_words(one, of_team=one.held_by_id != asker.user_id))
            for one in offered
        ],
        "colleagues": colleagues,
    }
    if request.method != "POST":
        first = {"contacts": [str(one.pk) for one in offered if one.held_by_id == asker.user_id]}
        return _page(request, forms.HandOverForm(initial=first, **choices), offered, status=200)
    form = forms.HandOverForm(request.POST, **choices)
    if form.is_valid():
        read = form.cleaned_data
        try:
            given = services.hand_over(
                asker=asker,
                contacts=queries.chosen(asker=asker, ids=read["contacts"]),
                to=read["to"],
                at=at,
                word=read["word"],
            )
        except Refusal as refusal:
            form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        else:
            messages.success(request, _done(len(given), dict(colleagues)[read["to"]]))
            return redirect("hotline:desk")
    return _page(request, form, offered, status=422)


def _page(
    request: HttpRequest, form: forms.HandOverForm, offered: list[Contact], *, status: int
) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form,
        "offered": offered,
        "has_colleagues": bool(form.fields["to"].choices),  # type: ignore[attr-defined]  # as above
    }
    return render(request, "hotline/hand_over.html", shown, status=status)


def _one(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("cuoc", ""))
    except ValueError:
        return None


def _in_words(contact: Contact, *, of_team: bool) -> str:
    parts = [
        moment(contact.started_at),
        contact.unit.name if contact.unit else _("Chưa rõ nơi"),
        contact.get_state_display(),
    ]
    if contact.call_back_at and not contact.called_back_at:
        parts.append(_("hẹn gọi lại %s") % moment(contact.call_back_at))
    if of_team:
        parts.append(contact.held_by.get_short_name())
    return " · ".join(map(str, parts))


def _done(number: int, name: str) -> str:
    return ngettext(
        "Đã bàn giao %(number)s cuộc gọi cho %(name)s.",
        "Đã bàn giao %(number)s cuộc gọi cho %(name)s.",
        number,
    ) % {"number": number, "name": name}
