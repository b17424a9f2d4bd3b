"""Pages of assessments: parse, one call, render."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.accounts.models import Role
from diemtua.casework.assessments import forms, policies, queries, services
from diemtua.casework.assessments.errors import NothingAnswered, SavedElsewhere
from diemtua.casework.assessments.models import Assessment, State
from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.cases.models import Case, Status
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.ui import charts

TAB = "assessments"


@door(policies.SEES)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what can be asked, what was found and how it went through time."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    standing = queries.of_case(asker=asker, case=case)
    drafts = {row.instrument for row in standing.drafts}
    page = frame.of(asker, case, at=at, tab=TAB) | {
        "standing": standing,
        "is_due": standing.due_at is not None and standing.due_at <= at,
        "is_open": case.status != Status.CLOSED,
        "offered": [(one, one.code in drafts) for one in queries.offered(on=at.date())],
        "trends": [(one, charts.svg(one.spec)) for one in queries.trends(standing.rows)],
    }
    return render(request, "assessments/index.html", page)


@door(policies.SEES)
def fill(request: HttpRequest, case_id: UUID, instrument: str) -> HttpResponse:
    """Ask the questions of an instrument: a new assessment, or the one that was begun."""
    asker = asker_behind(request)
    case = cases.one(asker=asker, case_id=case_id)
    if request.method == "POST":
        return _finish(request, case, instrument)
    begun = queries.draft(asker=asker, case=case, instrument=instrument)
    asked = _asked(begun, instrument)
    told = queries.read(asker=asker, assessment=begun) if begun else queries.Told({}, "")
    seen = begun.revision if begun else 0
    opening = forms.shown(asked, told.answers, note=told.note, tab=uuid4(), seen=seen)
    form = forms.AssessmentForm(instrument=asked, initial=opening)
    page = _form_page(asker, case, form, key=begun.pk if begun else uuid4())
    page["saved_at"] = f"{begun.saved_at.astimezone(clock.CITY_TIME):%H:%M}" if begun else ""
    page["is_open"] = case.status != Status.CLOSED
    return render(request, "assessments/fill.html", page, status=200)


@door(policies.SEES)
@require_POST
def autosave(request: HttpRequest, case_id: UUID, instrument: str) -> JsonResponse:
    """Save what stands on the page so far; what cannot be read is named and left out."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    key = key_of(request.POST)
    form = forms.AssessmentForm(request.POST, instrument=_asked(_known(asker, key), instrument))
    is_whole = form.is_valid()
    tab, seen = form.page()
    services.save(
        asker=asker,
        id=key,
        case=case,
        instrument=form.instrument,
        at=at,
        tab=tab,
        seen=seen,
        written=form.written(),
    )
    told = {"saved_at": f"{at.astimezone(clock.CITY_TIME):%H:%M}"}
    return JsonResponse(told, status=200 if is_whole else 422)


def _finish(request: HttpRequest, case: Case, instrument: str) -> HttpResponse:
    asker, at, key = asker_behind(request), clock.now(), key_of(request.POST)
    form = forms.AssessmentForm(request.POST, instrument=_asked(_known(asker, key), instrument))
    if not form.is_valid():
        return render(
            request, "assessments/fill.html", _form_page(asker, case, form, key=key), status=422
        )
    tab, seen = form.page()
    verb = services.save if request.POST.get("then") == "later" else services.finish
    try:
        done = verb(
            asker=asker,
            id=key,
            case=case,
            instrument=form.instrument,
            at=at,
            tab=tab,
            seen=seen,
            written=form.written(),
        )
    except SavedElsewhere as overtaken:
        return _overtaken(request, case, form=form, refusal=overtaken)
    except NothingAnswered as refusal:
        form.add_error(None, f"{refusal.says} {refusal.advises}")
        return render(
            request, "assessments/fill.html", _form_page(asker, case, form, key=key), status=422
        )
    if done.state == State.DRAFT:
        messages.success(request, _("Đã lưu để làm tiếp sau."))
        return redirect("assessments:index", case.pk)
    return redirect("assessments:result", done.pk)


def _overtaken(
    request: HttpRequest, case: Case, *, form: forms.AssessmentForm, refusal: SavedElsewhere
) -> HttpResponse:
    """Show both versions side by side; writing again keeps what stands on this page."""
    asker = asker_behind(request)
    other = queries.draft(asker=asker, case=case, instrument=form.instrument.code)
    if other is None:
        return redirect("assessments:index", case.pk)
    theirs = queries.read(asker=asker, assessment=other)
    mine = queries.Told(form.written().answers, form.written().note)
    typed = request.POST.copy()
    typed["tab"], typed["seen"] = str(uuid4()), str(other.revision)
    again = forms.AssessmentForm(typed, instrument=form.instrument)
    page = _form_page(asker, case, again, key=other.pk) | {
        "overtaken": refusal,
        "saved_by": other.saved_by.full_name,
        "other_at": other.saved_at,
        "differing": queries.differing(form.instrument, mine, theirs),
    }
    return render(request, "assessments/fill.html", page, status=refusal.status)


def _known(asker: Asker, key: UUID) -> Assessment | None:
    found = Assessment.objects.filter(policies.SEES.filter(asker), pk=key)
    return found.defer("answers", "note").first()


def _asked(begun: Assessment | None, code: str) -> queries.Instrument:
    """Return the instrument: what was begun goes on in the version it was begun with."""
    version = queries.instrument_of(begun) if begun and begun.instrument == code else None
    return version or queries.current(code, on=clock.today())


def _form_page(
    asker: Asker, case: Case, form: forms.AssessmentForm, *, key: UUID
) -> dict[str, object]:
    return frame.of(asker, case, at=clock.now(), tab=TAB) | {
        "form": form,
        "instrument": form.instrument,
        "questions": form.questions(),
        "key": key,
        "is_open": True,
    }


@door(policies.SEES)
def result(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Show what an assessment says, why, and what was judged of it."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, assessment_id=assessment_id)
    if found.state == State.DRAFT:
        return redirect("assessments:fill", found.case_id, found.instrument)
    return render(request, "assessments/result.html", _result_page(asker, found))


def _result_page(asker: Asker, found: Assessment) -> dict[str, object]:
    case = cases.one(asker=asker, case_id=found.case_id)
    told = queries.read(asker=asker, assessment=found)
    again, instrument = queries.recomputed(found, told), queries.instrument_of(found)
    return frame.of(asker, case, at=clock.now(), tab=TAB) | {
        "assessment": found,
        "title": queries.title_of(found.instrument, found.version),
        "instrument": instrument,
        "again": again,
        "sentences": queries.in_words(again.result) if again else [],
        "answers": _explained(instrument, told),
        "note": told.note,
        "judgements": queries.judgements(asker=asker, assessment=found),
        "judgement_form": forms.JudgementForm(),
        "review_form": forms.ReviewForm(),
        "is_open_case": case.status != Status.CLOSED,
        "may_judge": found.sets_risk and case.status != Status.CLOSED,
        "may_review": found.awaits_review and asker.has_role(Role.SUPERVISOR),
    }


def _explained(
    instrument: queries.Instrument | None, told: queries.Told
) -> list[queries.AnswerRow]:
    if instrument is None:
        return []
    return queries.heaviest_first(instrument, queries.in_rows(instrument, told))


@door(policies.MAY_JUDGE)
@require_POST
def judge(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Say another level than the answers, with the reason."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, assessment_id=assessment_id)
    form = forms.JudgementForm(request.POST)
    if tried(
        form,
        lambda: services.judge(
            asker=asker,
            id=key_of(request.POST),
            assessment=found,
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        ),
    ):
        messages.success(request, _("Đã ghi mức bạn xác định và lý do."))
        return redirect("assessments:result", found.pk)
    page = _result_page(asker, found) | {"judgement_form": form}
    return render(request, "assessments/result.html", page, status=422)


@door(policies.MAY_REVIEW)
@require_POST
def review(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Note that the supervisor has looked at a grave result."""
    asker = asker_behind(request)
    found = queries.one(asker=asker, assessment_id=assessment_id)
    form = forms.ReviewForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    services.review(
        asker=asker, id=key_of(request.POST), assessment=found, at=clock.now(), note=note
    )
    messages.success(request, _("Đã ghi là bạn đã xem xét."))
    return redirect("assessments:result", found.pk)
