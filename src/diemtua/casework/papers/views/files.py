"""Documents, pictures and recordings: taken in, shown, downloaded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diemtua.casework.cases import queries as cases
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.papers import forms, policies, queries, services
from diemtua.casework.papers.views.frame import around
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door
from diemtua.foundation.vault import attachments, chunks
from diemtua.foundation.vault.errors import FileTooLarge


@door(policies.MAY_WRITE)
def add_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Seal a file into the case."""
    asker, at = asker_behind(request), clock.now()
    case = cases.one(asker=asker, case_id=case_id)
    is_sent = request.method == "POST"
    form = forms.FileForm(request.POST, request.FILES) if is_sent else forms.FileForm()
    if is_sent and tried(
        form,
        lambda: services.keep_file(
            asker=asker,
            id=key_of(request.POST),
            case=case,
            filed=form.filed(),
            upload=form.cleaned_data["file"],
            at=at,
        ),
    ):
        messages.success(request, _("Đã niêm phong tệp vào hồ sơ."))
        return redirect("papers:index", case_id)
    megabytes = attachments.limit() // chunks.MEGABYTE
    page = around(asker, case, at) | {
        "form": form,
        "limit": str(attachments.limit()),
        "megabytes": megabytes,
        "too_large": FileTooLarge(limit=megabytes),
    }
    return render(request, "papers/file.html", page, status=422 if is_sent else 200)


@door(policies.SEES)
@require_GET
def show(request: HttpRequest, paper_id: UUID) -> StreamingHttpResponse:
    """Give a picture or a recording to the page that shows it; everything else is a download."""
    return _answer(request, paper_id, may_show=True)


@door(policies.SEES)
@require_GET
def download(request: HttpRequest, paper_id: UUID) -> StreamingHttpResponse:
    """Give the file to be saved."""
    return _answer(request, paper_id, may_show=False)


def _answer(request: HttpRequest, paper_id: UUID, *, may_show: bool) -> StreamingHttpResponse:
    asker = asker_behind(request)
    found = queries.one(asker=asker, paper_id=paper_id)
    end = queries.withdrawal_of(asker=asker, paper=found)
    opened = queries.open_file(asker=asker, paper=found, withdrawal=end)
    as_attachment = not (may_show and opened.kind in queries.SHOWN)
    disposition = content_disposition_header(as_attachment, opened.name)
    return StreamingHttpResponse(
        opened.content,
        content_type=opened.kind,
        headers={
            "Content-Length": str(opened.size),
            "Content-Disposition": disposition or ("attachment" if as_attachment else "inline"),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
