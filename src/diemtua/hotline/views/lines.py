"""The numbers: our lines, and those a caller may be handed to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import Refusal
from diemtua.hotline import forms, policies, queries, services
from diemtua.hotline.models import Line
from diemtua.hotline.views.opening import key_of


@door(policies.KEEPS_LINES)
def lines(request: HttpRequest) -> HttpResponse:
    """Show every number, what it is for and when somebody last made sure of it."""
    return render(request, "hotline/lines.html", {"lines": queries.lines()})


@door(policies.KEEPS_LINES)
def add_line(request: HttpRequest) -> HttpResponse:
    """Add a number."""
    form = forms.LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_line(
                asker=asker_behind(request), id=key_of(request), told=form.told(), at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        else:
            messages.success(request, _("Đã thêm số."))
            return redirect("hotline:lines")
    return _page(request, form, None)


@door(policies.KEEPS_LINES)
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Change a number, or put it out of use."""
    found = queries.line(line_id=line_id)
    if request.method != "POST":
        return _page(request, forms.LineForm(initial=forms.LineForm.known(found)), found)
    form = forms.LineForm(request.POST)
    if form.is_valid():
        try:
            services.change_line(
                asker=asker_behind(request), line=found, told=form.told(), at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(refusal.field, f"{refusal.says} {refusal.advises}")
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("hotline:lines")
    return _page(request, form, found)


def _page(request: HttpRequest, form: forms.LineForm, found: Line | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "hotline/line.html", {"form": form, "line": found}, status=status)
