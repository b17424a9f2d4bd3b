"""Taking somebody in, step by step; each step is kept before the next is shown."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.casework.cases.models import Case
from diemtua.casework.cases.policies import SEES
from diemtua.casework.incidents import policies, queries, services
from diemtua.casework.incidents.errors import SavedElsewhere
from diemtua.casework.incidents.forms import IntakeForm, typed_of
from diemtua.casework.incidents.models import Kind
from diemtua.casework.incidents.views.keeping import (
    again,
    page_of,
    refused,
    typed_before,
)
from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door

STEPS = len(IntakeForm.GROUPS)
Typed = dict[str, list[str]]


@door(policies.MAY_TAKE_IN)
def begun(request: HttpRequest) -> HttpResponse:
    """Begin an intake, or go on with one."""
    page = {"begun": queries.intakes_begun(asker_behind(request)), "new": uuid4()}
    return render(request, "incidents/begun.html", page)


@door(policies.MAY_TAKE_IN)
def intake(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a step, keep what was typed, and after the last step open the case."""
    asker = asker_behind(request)
    done = Case.objects.filter(SEES.filter(asker), pk=key).first()
    if done is not None:
        return redirect("incidents:index", done.pk)
    typed, kept_at, revision = typed_before(asker, Kind.INTAKE, key)
    if request.method == "POST":
        return _posted(request, key, typed)
    number = _step(request.GET.get("buoc", "1"))
    form = IntakeForm(again(typed, seen=0)) if typed else IntakeForm(initial={"tab": uuid4()})
    form.errors.clear()  # what is not yet asked is not yet wrong
    page = {"kept_at": kept_at, "draft_seen": revision, "is_asked": False}
    return _step_page(request, key, form, number, page)


def _step(text: str) -> int:
    return next((n for n in range(1, STEPS + 1) if text == str(n)), 1)


def _posted(request: HttpRequest, key: UUID, typed: Typed) -> HttpResponse:
    number = _step(request.POST.get("step", "1"))
    merged = merge(typed, request, number)
    form = IntakeForm(again(merged, seen=0))
    try:
        _keep(request, key, merged)
    except SavedElsewhere as overtaken:
        page = {"overtaken": overtaken, "draft_seen": _revision(request, key)}
        return _step_page(request, key, form, number, page, status=409)
    if request.POST.get("then") == "back":
        return _to_step(key, number - 1)
    wrong = sorted(form.step_of(name) for name in form.errors if name != "__all__")
    if number in wrong:
        return _step_page(request, key, form, number, {}, status=422)
    if number < STEPS:
        return _to_step(key, number + 1)
    if wrong:
        return _step_page(request, key, form, wrong[0], {}, status=422)
    return _open(request, key, form)


def merge(typed: Typed, request: HttpRequest, number: int) -> Typed:
    """Return the draft with this step's fields as they now stand; a box no longer ticked goes."""
    of_step = set(IntakeForm.GROUPS[number - 1][2])
    kept = {name: values for name, values in typed.items() if name not in of_step}
    known = IntakeForm.base_fields.keys() | {
        name for group in IntakeForm.GROUPS for name in group[2]
    }
    return kept | {name: values for name, values in typed_of(request.POST).items() if name in known}


def _keep(request: HttpRequest, key: UUID, merged: Typed) -> None:
    tab, seen = page_of(request.POST)
    services.keep(
        asker=asker_behind(request),
        kind=Kind.INTAKE,
        record=key,
        case=None,
        typed=merged,
        at=clock.now(),
        tab=tab,
        seen=seen,
    )


def _open(request: HttpRequest, key: UUID, form: IntakeForm) -> HttpResponse:
    asker, at = asker_behind(request), clock.now()

    def take_in() -> None:
        with transaction.atomic():
            services.take_in(
                asker=asker,
                id=key,
                at=at,
                tab=uuid4(),
                told=form.intake(today=at.date()),
                consent=form.consent(),
            )

    if refused(form, take_in):
        wrong = sorted(form.step_of(name) for name in form.errors if name != "__all__")
        return _step_page(request, key, form, wrong[0] if wrong else STEPS, {}, status=422)
    messages.success(request, _("Đã mở hồ sơ."))
    return redirect("incidents:index", key)


def _to_step(key: UUID, number: int) -> HttpResponse:
    response = redirect("incidents:intake", key)
    response["Location"] += f"?buoc={max(number, 1)}"
    return response


def _revision(request: HttpRequest, key: UUID) -> int:
    kept = queries.draft(asker_behind(request), Kind.INTAKE, key)
    return kept.revision if kept else 0


def _step_page(  # noqa: PLR0917 - the page's parts in their order
    request: HttpRequest,
    key: UUID,
    form: IntakeForm,
    number: int,
    page: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    title, icon, fields = form.groups()[number - 1]
    asked = page.pop("is_asked", True)
    shown = {
        "form": form,
        "fields": fields,
        "title": title,
        "icon": icon,
        "key": key,
        "number": number,
        "steps": STEPS,
        "is_asked": asked,
        "tab": uuid4(),
        "draft_seen": _revision(request, key),
        "duties": queries.child_rules(),
        "city": _unit(asker_behind(request)),
    }
    return render(request, "incidents/intake.html", shown | page, status=status)


def _unit(asker: Asker) -> str:
    return asker.unit or ""


@door(policies.MAY_TAKE_IN)
@require_POST
def keep_intake(request: HttpRequest, key: UUID) -> JsonResponse:
    """Keep a step as it is typed."""
    asker, at = asker_behind(request), clock.now()
    typed, _kept_at, _seen = typed_before(asker, Kind.INTAKE, key)
    _keep(request, key, merge(typed, request, _step(request.POST.get("step", "1"))))
    return JsonResponse({"saved_at": f"{at.astimezone(clock.CITY_TIME):%H:%M}"})


@door(policies.MAY_TAKE_IN)
@require_POST
def drop_intake(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw an unfinished intake away, with its key."""
    services.drop(asker=asker_behind(request), kind=Kind.INTAKE, record=key)
    messages.success(request, _("Đã bỏ bản ghi dở; không còn đọc lại được."))
    return redirect("incidents:begun")
