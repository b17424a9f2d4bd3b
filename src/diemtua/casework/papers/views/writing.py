"""Notes: written once, corrected by a new version."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.papers import forms, policies, queries, services
from diemtua.casework.papers.errors import CorrectedElsewhere
from diemtua.casework.papers.models import NOTES, Paper
from diemtua.casework.papers.views.frame import around, asker_of
from diemtua.foundation import clock
from diemtua.foundation.doors import door


@door(policies.MAY_WRITE)
def add_note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a note down."""
    asker, at = asker_of(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    form = forms.NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and tried(
        form,
        lambda: services.record(
            asker=asker,
            id=key_of(request.POST),
            case=case,
            kind=form.cleaned_data["kind"],
            happened_on=form.cleaned_data["happened_on"],
            content=form.content(),
            at=at,
        ),
    ):
        messages.success(request, _("Đã ghi vào hồ sơ."))
        return redirect("papers:index", case_id)
    status = 422 if request.method == "POST" else 200
    page = around(asker, case, at) | {"form": form}
    return render(request, "papers/note.html", page, status=status)


@door(policies.MAY_WRITE)
def correct(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Write a new version of a note; the older one stays readable."""
    asker = asker_of(request)
    newest = queries.latest(asker=asker, paper=queries.one(asker=asker, paper_id=paper_id))
    if newest.kind not in NOTES:
        raise Http404
    if request.method == "POST":
        return _corrected(request, newest)
    held = _held(request, newest)
    opening = held.opening | {"happened_on": newest.happened_on}
    form = forms.NoteForm(initial=opening, is_correction=True)
    return _correction_page(request, newest, form)


def _held(request: HttpRequest, paper: Paper) -> queries.Content:
    asker = asker_of(request)
    end = queries.withdrawal_of(asker=asker, paper=paper)
    return queries.read(asker=asker, paper=paper, withdrawal=end)


def _corrected(request: HttpRequest, newest: Paper) -> HttpResponse:
    asker, key, seen = asker_of(request), key_of(request.POST), forms.seen_in(request.POST)
    form = forms.NoteForm(request.POST, is_correction=True)
    known = queries.versions(asker=asker, paper=newest)
    if any(one.pk == key for one in known):  # the second tap of what was just written
        return redirect("papers:paper", key)
    if form.is_valid() and seen != newest.pk:
        return _overtaken(request, newest, form)
    try:
        done = tried(
            form,
            lambda: services.correct(
                asker=asker,
                id=key,
                replaces=newest,
                happened_on=form.cleaned_data["happened_on"],
                content=form.content(),
                at=clock.now(),
            ),
        )
    except CorrectedElsewhere:
        return _overtaken(request, queries.latest(asker=asker, paper=newest), form)
    if done:
        messages.success(request, _("Đã ghi bản mới; bản trước vẫn đọc được."))
        return redirect("papers:paper", key)
    return _correction_page(request, newest, form, status=422)


def _overtaken(request: HttpRequest, newest: Paper, form: forms.NoteForm) -> HttpResponse:
    """Show both versions; writing again replaces the other one by a newer version."""
    held = _held(request, newest)
    return _correction_page(
        request, newest, form, status=409, overtaken=CorrectedElsewhere(), other=held
    )


def _correction_page(
    request: HttpRequest, newest: Paper, form: forms.NoteForm, *, status: int = 200, **more: object
) -> HttpResponse:
    asker, at = asker_of(request), clock.now()
    case = cases.one(asker=asker, case_id=newest.case_id)
    page = around(asker, case, at) | {"form": form, "paper": newest, **more}
    return render(request, "papers/correct.html", page, status=status)
