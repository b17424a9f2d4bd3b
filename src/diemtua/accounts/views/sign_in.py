"""Signing in: the package's page with what this house adds, and one tap in the demo."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from diemtua.accounts.errors import NotInDemo, NotOffered
from diemtua.accounts.models import User
from diemtua.accounts.policies import MAY_SIGN_IN
from diemtua.accounts.queries import sample_people
from diemtua.accounts.views.keys import key_of
from diemtua.foundation.doors import door

REASONS = {
    "idle": _("Màn hình để yên quá lâu nên phiên làm việc đã kết thúc. Đăng nhập để tiếp tục."),
    "ended": _("Phiên làm việc này đã được kết thúc."),
    "failed-unlock": _("Nhập sai nhiều lần nên phiên làm việc đã kết thúc."),
}


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page: says why one is here again, and answers 422 or 429 when it refuses."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reason, and in the demo the invented people."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["reason"] = REASONS.get(self.request.GET.get("reason", ""))
        context["has_mail"] = settings.DIEMTUA_MAIL
        context["sample_people"] = sample_people() if settings.DIEMTUA_DEMO else []
        if context["sample_people"] and not context["form"].is_bound:
            # The focus would pull the page past the invented people, who are tapped in the demo.
            context["form"].fields["login"].widget.attrs.pop("autofocus", None)
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with its errors and the address typed."""
        codes = {error.code for error in form.errors.as_data().get("__all__", [])}
        status = 429 if "too_many_login_attempts" in codes else 422
        context = self.get_context_data(form=form)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response


sign_in = SignIn.as_view()


@door(MAY_SIGN_IN)
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in as an invented person, where everybody is invented.

    Raises:
        NotInDemo: this is no demo, or the person is real.
    """
    invented = User.objects.filter(is_sample=True, is_active=True)
    user = invented.filter(pk=key_of(request, "user")).first() if settings.DIEMTUA_DEMO else None
    if user is None:
        raise NotInDemo
    record_authentication(request, user, method="demo")
    adapter = (
        get_adapter()
    )  # not through the package's stages: who tried a passkey locks nobody out
    adapter.login(request, user)
    response: HttpResponseBase = adapter.post_login(
        request, user, email_verification="none", signal_kwargs=None, email=None, signup=False,
        redirect_url="/",
    )  # fmt: skip
    return response


@door(MAY_SIGN_IN)
def not_offered(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """Refuse a page of the package that this house does not use.

    Raises:
        NotOffered: always.
    """
    raise NotOffered
