"""The tab of a case: who she is, what happened."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases import frame
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.models import Case, Status
from diemtua.casework.incidents import forms, policies, queries, services
from diemtua.casework.incidents.errors import SavedElsewhere
from diemtua.casework.incidents.forms.fields import GroupedForm
from diemtua.casework.incidents.models import Incident, Kind
from diemtua.casework.incidents.views.keeping import (
    DIGITS,
    again,
    differing,
    keep,
    refused,
    typed_before,
)
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door

TAB = "incidents"


@door(policies.SEES)
def index(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what happened, the contexts that follow, and whether she is a child."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    known = queries.profile(asker, case)
    labels = queries.context_labels()
    page = frame.of(asker, case, at=at, tab=TAB) | _about_a_child(asker, case)
    page |= {
        "profile": known,
        "source": queries.options("source").get(known.source, "") if known else "",
        "incidents": queries.incidents_of(asker, case.pk),
        "contexts": [labels[code] for code in queries.contexts_of(asker, case.pk)],
        "is_open": case.status != Status.CLOSED,
        "new": uuid4(),
    }
    return render(request, "incidents/index.html", page)


def _about_a_child(asker: Asker, case: Case) -> dict[str, object]:
    if not queries.is_child(asker, case):
        return {"child": None}
    return {"child": queries.child_rules(), "is_young": queries.is_under_16(asker, case)}


@door(policies.SEES)
def profile(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show and save who she is."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    known = queries.profile(asker, case)
    person = services.read_profile(asker=asker, case=case)
    opening = forms.profile_shown(person) | {"sex": case.sex}
    revision = known.revision if known else 0
    if request.method != "POST":
        form, page = _opened(asker, forms.ProfileForm, Kind.PROFILE, case.pk, opening, revision)
        return _profile_page(request, case, form, page, status=200)
    form = forms.ProfileForm(request.POST)
    if not form.is_valid():
        return _profile_page(request, case, form, {}, status=422)
    tab, seen = form.page()

    def save() -> None:
        with transaction.atomic():
            services.save_profile(
                asker=asker,
                case=case,
                at=at,
                tab=tab,
                seen=seen,
                person=form.person(today=at.date(), known=person),
                sex=form.cleaned_data["sex"] or case.sex,
            )

    try:
        if refused_here := refused_unless_overtaken(form, save):
            return _profile_page(request, case, form, {}, status=refused_here)
    except SavedElsewhere as overtaken:
        theirs = _theirs(form, overtaken, opening, known.saved_by.full_name if known else "")
        return _profile_page(request, case, theirs.pop("form"), theirs | {"seen": revision}, 409)
    messages.success(request, _("Đã ghi nhân thân."))
    return redirect("incidents:index", case.pk)


def refused_unless_overtaken(form: GroupedForm, save: Any) -> int:
    """Return 422 when the verb refused, 0 when it did not; being overtaken passes through."""
    overtaken: list[SavedElsewhere] = []

    def run() -> None:
        try:
            save()
        except SavedElsewhere as error:
            overtaken.append(error)

    is_refused = refused(form, run)
    if overtaken:
        raise overtaken[0]
    return 422 if is_refused else 0


def _opened(  # noqa: PLR0917 - the page's parts in their order
    asker: Asker,
    form_class: type[GroupedForm],
    kind: str,
    record: UUID,
    opening: dict[str, Any],
    revision: int,
) -> tuple[GroupedForm, dict[str, Any]]:
    """Return the form as saved, or as its writer left it unsaved."""
    typed, kept_at, draft_seen = typed_before(asker, kind, record)
    if typed:
        seen = _number(typed.get("record_seen"))
        form = form_class(again(typed, seen=min(seen, revision)))
        form.errors.clear()  # what is being written is not yet wrong
        return form, {"kept_at": kept_at, "draft_seen": draft_seen, "record_seen": seen}
    form = form_class(initial=opening | {"tab": uuid4(), "seen": revision})
    return form, {"record_seen": revision}


def _number(kept: list[str] | None) -> int:
    text = kept[0] if kept else ""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def _theirs(  # noqa: PLR0917 - the page's parts in their order
    form: GroupedForm, overtaken: SavedElsewhere, opening: dict[str, Any], by: str
) -> dict[str, Any]:
    """Return both versions side by side; writing again keeps what stands on this page."""
    return {
        "overtaken": overtaken,
        "differing": differing(form, opening),
        "saved_by": by,
        "form": form,
    }


def _form_page(  # noqa: PLR0917 - the page's parts in their order
    request: HttpRequest, case: Case, form: GroupedForm, page: dict[str, Any]
) -> dict[str, Any]:
    asker = asker_behind(request)
    if "overtaken" in page:
        typed = request.POST.copy()
        typed["tab"], typed["seen"] = str(uuid4()), str(page["seen"])
        form = type(form)(typed)
    shown = frame.of(asker, case, at=clock.now(), tab=TAB) | _about_a_child(asker, case)
    seen = page.get("record_seen", request.POST.get("record_seen", "0"))
    return (
        shown
        | {"form": form, "is_open": case.status != Status.CLOSED, "city": asker.unit}
        | page
        | {"record_seen": page.get("seen", seen)}
    )


def _profile_page(  # noqa: PLR0917 - the page's parts in their order
    request: HttpRequest, case: Case, form: GroupedForm, page: dict[str, Any], status: int
) -> HttpResponse:
    shown = _form_page(request, case, form, page)
    return render(request, "incidents/profile.html", shown, status=status)


@door(policies.SEES)
@require_POST
def keep_profile(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Keep what is typed about her, for who types it."""
    case = cases.one(asker=asker_behind(request), case_id=case_id)
    return keep(request, kind=Kind.PROFILE, record=case.pk, case=case)


@door(policies.SEES)
def incident(request: HttpRequest, case_id: UUID, key: UUID) -> HttpResponse:
    """Show and save one incident; its id is made by the page that begins it."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    known = Incident.objects.filter(policies.SEES.filter(asker), pk=key, case=case).first()
    opening, by = _incident_opening(asker, known, case)
    revision = known.revision if known else 0
    if request.method != "POST":
        form, page = _opened(asker, forms.IncidentForm, Kind.INCIDENT, key, opening, revision)
        return _incident_page(request, case, form, page | {"key": key}, status=200)
    form = forms.IncidentForm(request.POST)
    if not form.is_valid():
        return _incident_page(request, case, form, {"key": key}, status=422)
    tab, seen = form.page()

    def save() -> None:
        with transaction.atomic():
            services.record_incident(
                asker=asker, id=key, case=case, at=at, tab=tab, seen=seen, told=form.incident()
            )

    try:
        if refused_here := refused_unless_overtaken(form, save):
            return _incident_page(request, case, form, {"key": key}, status=refused_here)
    except SavedElsewhere as overtaken:
        theirs = _theirs(form, overtaken, opening, by)
        page = theirs | {"seen": revision, "key": key}
        return _incident_page(request, case, page.pop("form"), page, status=409)
    messages.success(request, _("Đã ghi sự việc."))
    return redirect("incidents:index", case.pk)


def _incident_opening(
    asker: Asker, known: Incident | None, case: Case
) -> tuple[dict[str, Any], str]:
    if known is None:
        return {"unit": case.unit_id}, ""
    found = queries.incident(asker, known.pk)
    detail = services.read_incident(asker=asker, incident=found)
    people = services.read_perpetrators(asker=asker, incident=found)
    return forms.incident_shown(found, detail, people), found.saved_by.full_name


def _incident_page(  # noqa: PLR0917 - the page's parts in their order
    request: HttpRequest, case: Case, form: GroupedForm, page: dict[str, Any], status: int
) -> HttpResponse:
    shown = _form_page(request, case, form, page)
    return render(request, "incidents/incident.html", shown, status=status)


@door(policies.SEES)
@require_POST
def keep_incident(request: HttpRequest, case_id: UUID, key: UUID) -> JsonResponse:
    """Keep what is typed of an incident, for who types it."""
    case = cases.one(asker=asker_behind(request), case_id=case_id)
    return keep(request, kind=Kind.INCIDENT, record=key, case=case)
