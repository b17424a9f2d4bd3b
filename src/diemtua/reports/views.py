"""Pages of reports: what was issued, a new one, its files."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diemtua.foundation import clock
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.refusals import NotFound
from diemtua.indicators import queries as indicators
from diemtua.reports import queries, services
from diemtua.reports.forms import ReportForm
from diemtua.reports.models import Report
from diemtua.reports.policies import ISSUES, READS

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@door(READS)
def listing(request: HttpRequest) -> HttpResponse:
    """List the reports the committee has issued."""
    asker = asker_behind(request)
    rows = [(one, indicators.parse(one.period)) for one in queries.issued(asker=asker)]
    return render(request, "reports/list.html", {"rows": rows, "may_issue": ISSUES.lets_in(asker)})


@require_safe
@door(ISSUES)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a report: its figures as they will stand in it, its texts to be written."""
    at = clock.now()
    asked = request.GET.get("ky") or queries.periods(at)[0].code
    period = queries.reported_period(asked)
    form = ReportForm(at=at, initial={"period": period.code})
    return render(request, "reports/new.html", _prepared(asker_behind(request), period, form))


@require_POST
@door(ISSUES)
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the report, once for each prepared page."""
    at, asker = clock.now(), asker_behind(request)
    form = ReportForm(request.POST, at=at)
    key = _key(request)
    if not form.is_valid():
        asked = request.POST.get("period", "")
        offered = queries.periods(at)
        period = next((one for one in offered if one.code == asked), offered[0])
        return render(request, "reports/new.html", _prepared(asker, period, form), status=422)
    period = queries.reported_period(form.cleaned_data["period"])
    made = services.issue(asker=asker, id=key, period=period, told=form.told(), at=at)
    return redirect("reports:report", pk=made.pk)


@require_safe
@door(READS)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an issued report: its number, its figures, its files."""
    one = queries.report(asker=asker_behind(request), id=pk)
    page = {"report": one, "period": indicators.parse(one.period), "files": _files(one)}
    return render(request, "reports/report.html", page)


@require_safe
@door(READS)
def download(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Give the DOCX or the PDF of a report."""
    if form not in FORMS:
        raise NotFound
    asker = asker_behind(request)
    one = queries.report(asker=asker, id=pk)
    audit.write(asker=asker, action="reports.report.downloaded", subject=one, form=form)
    content = bytes(one.docx if form == "docx" else one.pdf)
    response = HttpResponse(content, content_type=FORMS[form])
    plain, spoken = f"{one.file_name}.{form}", f"{_spoken_name(one)}.{form}"
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(spoken, safe='')}"
    )
    response["Cache-Control"] = "no-store"
    return response


def _prepared(asker: Asker, period: indicators.Period, form: ReportForm) -> dict[str, Any]:
    at = clock.now()
    figures = queries.figures(asker=asker, period=period, at=at)
    return {
        "form": form,
        "period": period,
        "figures": figures,
        "headline": indicators.headline(figures.now),
        "sentences": indicators.sentences(figures.now, previous=figures.previous),
        "is_running": at.date() <= period.last_day,
        "issued": [one for one in queries.issued(asker=asker) if one.period == period.code],
    }


def _files(one: Report) -> list[tuple[str, int]]:
    return [("docx", len(one.docx)), ("pdf", len(one.pdf))]


def _spoken_name(one: Report) -> str:
    return f"Báo cáo {indicators.parse(one.period).in_text} (số {one.file_name})"


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise NotFound from error
