"""Pages of letters and links: the sender's, and the one behind a link."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diemtua.accounts import services as accounts
from diemtua.casework.cases.forms import key_of, tried
from diemtua.casework.letters import forms, policies, queries, services
from diemtua.casework.letters.services.answering import proof_of
from diemtua.casework.referrals import queries as referrals
from diemtua.casework.referrals.models import Referral
from diemtua.foundation import clock
from diemtua.foundation.doors import asker_behind, door


def _referral(request: HttpRequest, referral_id: UUID) -> Referral:
    return referrals.one(asker=asker_behind(request), referral_id=referral_id)


@door(policies.MAY_SEND)
def of_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the ways to a place without an account, and write down what it answered."""
    asker, at = asker_behind(request), clock.now()
    record = _referral(request, referral_id)
    form = forms.AnswerForm(request.POST)
    if request.method == "POST" and tried(
        form,
        lambda: services.write_down_answer(
            asker=asker, referral=record, at=at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi câu trả lời."))
        return redirect("letters:of-referral", referral_id)
    page = {
        "row": referrals.row(record),
        "case_id": record.case_id,
        "is_live": referrals.is_readable(record, at=at),
        "links": queries.links_of(asker=asker, referral_id=referral_id, at=at),
        "form": form if request.method == "POST" else forms.AnswerForm.offered(record.state),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "letters/of_referral.html", page, status=status)


@door(policies.MAY_SEND)
@require_POST
def make(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Make a link; the answer shows it, its picture for a camera, and the number to tell."""
    record = _referral(request, referral_id)
    link = services.make_link(
        asker=asker_behind(request), id=key_of(request.POST), referral=record, at=clock.now()
    )
    path = reverse("letters:open", args=[queries.token_of(link.pk)])
    address = request.build_absolute_uri(path)
    page = {
        "row": referrals.row(record),
        "link": link,
        "address": address,
        "pin": queries.pin_of(link.pk),
        "picture": segno.make(address, error="m").svg_inline(
            scale=5, border=3, dark="#000", light="#fff", svgclass=None, lineclass=None
        ),
    }
    return render(request, "letters/made.html", page)


@door(policies.MAY_SEND)
@require_POST
def close(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Close a link."""
    asker = asker_behind(request)
    link = queries.link(asker=asker, link_id=link_id)
    services.close_link(asker=asker, link=link, at=clock.now())
    messages.success(request, _("Đã đóng đường dẫn; không ai mở được nữa."))
    return redirect("letters:of-referral", link.referral_id)


@door(policies.MAY_SEND)
@require_POST
def letter(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give the letter as PDF; its name says nothing."""
    accounts.require_recent_sign_in(request)
    made = services.print_letter(
        asker=asker_behind(request), referral=_referral(request, referral_id), at=clock.now()
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="phieu.pdf"'
    return answer


@door(policies.HOLDS_LINK)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the number, then show what was shared, this once."""
    at, form = clock.now(), forms.PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = services.open_letter(token=token, pin=form.cleaned_data["pin"], at=at)
        if opened is not None:
            return _show(request, token, opened)
        form.add_error("pin", _("Mã số chưa đúng. Gọi nơi gửi để nghe lại mã rồi thử lần nữa."))
    else:
        services.knock(token=token, at=at)
    status = 422 if request.method == "POST" else 200
    return render(request, "letters/knock.html", {"form": form, "token": token}, status=status)


def _show(request: HttpRequest, token: str, opened: services.Opened) -> HttpResponse:
    page = {
        "opened": opened,
        "row": queries.standing(opened.referral),
        "token": token,
        "form": forms.AnswerForm.offered(opened.referral.state),
        "proof": proof_of(opened.link),
    }
    return render(request, "letters/opened.html", page)


@door(policies.HOLDS_LINK)
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Take the answer of whoever opened the link."""
    form, proof = forms.AnswerForm(request.POST), request.POST.get("proof", "")
    if tried(
        form,
        lambda: services.answer_by_link(
            token=token, proof=proof, at=clock.now(), **form.cleaned_data
        ),
    ):
        said = dict(forms.ANSWERS)[form.cleaned_data["state"]]
        return render(request, "letters/answered.html", {"said": said})
    page = {"form": form, "token": token, "proof": proof}
    return render(request, "letters/opened.html", page, status=422)
