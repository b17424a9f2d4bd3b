"""Notes and body maps: written once, corrected by a new version."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.papers import forms, policies, queries, services
from diemtua.casework.papers.errors import CorrectedElsewhere
from diemtua.casework.papers.models import FILES, Kind, Paper
from diemtua.casework.papers.views.frame import around
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door

type Form = forms.NoteForm | forms.BodyMapForm


@door(policies.MAY_WRITE)
def add_note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a note down."""
    form = forms.NoteForm(request.POST if request.method == "POST" else None)
    return _add(request, case_id, form, page="papers/note.html")


@door(policies.MAY_WRITE)
def add_body_map(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down where she is hurt and how."""
    form = forms.BodyMapForm(request.POST if request.method == "POST" else None)
    return _add(request, case_id, form, page="papers/body.html")


def _add(request: HttpRequest, case_id: UUID, form: Form, *, page: str) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    if request.method == "POST" and tried(
        form,
        lambda: services.record(
            asker=asker,
            id=key_of(request.POST),
            case=case,
            kind=form.cleaned_data.get("kind", Kind.BODY_MAP),
            happened_on=form.cleaned_data["happened_on"],
            content=form.content(),
            at=at,
        ),
    ):
        messages.success(request, _("Đã ghi vào hồ sơ."))
        return redirect("papers:index", case_id)
    status = 422 if request.method == "POST" else 200
    return render(request, page, around(asker, case, at) | {"form": form}, status=status)


@door(policies.MAY_WRITE)
def correct(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Write a new version of a note or a body map; the older one stays readable."""
    asker = asker_behind(request)
    newest = queries.latest(asker=asker, paper=queries.one(asker=asker, paper_id=paper_id))
    if newest.kind in FILES:
        raise Http404
    if request.method == "POST":
        return _corrected(request, newest)
    held = _held(request, newest)
    opening = held.opening | forms.shown(held.marks) | {"happened_on": newest.happened_on}
    return _correction_page(request, newest, _form(newest, initial=opening))


def _form(paper: Paper, data: object = None, *, initial: dict[str, object] | None = None) -> Form:
    if paper.kind == Kind.BODY_MAP:
        return forms.BodyMapForm(data, initial=initial)
    return forms.NoteForm(data, initial=initial, is_correction=True)


def _held(request: HttpRequest, paper: Paper) -> queries.Content:
    asker = asker_behind(request)
    end = queries.withdrawal_of(asker=asker, paper=paper)
    return queries.read(asker=asker, paper=paper, withdrawal=end)


def _corrected(request: HttpRequest, newest: Paper) -> HttpResponse:
    asker, key, seen = asker_behind(request), key_of(request.POST), forms.seen_in(request.POST)
    form = _form(newest, request.POST)
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


def _overtaken(request: HttpRequest, newest: Paper, form: Form) -> HttpResponse:
    """Show both versions; writing again replaces the other one by a newer version."""
    held = _held(request, newest)
    page = {"overtaken": CorrectedElsewhere(), "content": held} | _drawn(newest, held)
    return _correction_page(request, newest, form, status=409, **page)


def _drawn(paper: Paper, held: queries.Content) -> dict[str, object]:
    if paper.kind != Kind.BODY_MAP:
        return {}
    return {"figures": queries.figures(held.marks), "marks": queries.in_words(held.marks)}


def _correction_page(
    request: HttpRequest, newest: Paper, form: Form, *, status: int = 200, **more: object
) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=newest.case_id)
    own = {"form": form, "paper": newest, "is_map": newest.kind == Kind.BODY_MAP}
    page = around(asker, case, at) | own | more
    return render(request, "papers/correct.html", page, status=status)
