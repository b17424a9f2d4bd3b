"""How sign-in behaves here: by invitation, throttled, in Vietnamese, and every step audited."""

from collections.abc import Mapping
from typing import Any, override

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diemtua.accounts import throttle
from diemtua.accounts.models import User
from diemtua.accounts.queries import asker_of_user, signed_in_recently
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import PUBLIC, asking

ACTIONS: Mapping[str, str] = {
    "mfa/email/totp_activated": "accounts.second-factor.app-added",
    "mfa/email/totp_deactivated": "accounts.second-factor.app-removed",
    "mfa/email/webauthn_added": "accounts.second-factor.passkey-added",
    "mfa/email/webauthn_removed": "accounts.second-factor.passkey-removed",
    "mfa/email/recovery_codes_generated": "accounts.second-factor.codes-made",
    "account/email/password_changed": "accounts.passphrase.changed",
    "account/email/password_set": "accounts.passphrase.changed",
    "account/email/password_reset": "accounts.passphrase.reset",
}
"""The package notifies people of these by e-mail; the same hook writes the audit entry."""


def _audit(user: User, action: str, **details: str) -> None:
    asker = asker_of_user(user, screen=f"sign-in:{action.rpartition('.')[2]}")
    with asking(asker):
        audit.write(asker=asker, action=action, subject=user, **details)


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff come by invitation: nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang tạm dừng. Hỏi quản trị viên của bạn."),
        "email_password_mismatch": _("E-mail hoặc mật khẩu chưa đúng."),
        "enter_current_password": _("Nhập mật khẩu hiện tại."),
        "incorrect_code": _("Mã chưa đúng. Xem mã mới nhất rồi nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "invalid_login": _("E-mail hoặc mật khẩu chưa đúng."),
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu không còn dùng được."),
        "too_many_login_attempts": _("Đã nhập sai quá nhiều lần. Đợi ít phút rồi thử lại."),
        "unknown_email": _("E-mail hoặc mật khẩu chưa đúng."),
        "rate_limited": _("Bạn thao tác quá nhanh. Đợi ít phút rồi thử lại."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu đang dùng."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by invitation only."""
        return False

    @override
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; refuse when there were too many, and say when to come back."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            key = self._get_login_attempts_cache_key(request, **credentials)
            seconds = throttle.seconds_left(request, key=key)
            if seconds <= 0:
                raise
            raise ValidationError(throttle.sentence(seconds), code=refusal.code) from refusal

    @override
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failed try into the audit trail: whose account, if there is one; no address."""
        user = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        with asking(PUBLIC):
            audit.write(asker=PUBLIC, action="accounts.sign-in.failed", subject=user)

    @override
    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        """Audit the sign-in and take over the person's language."""
        _audit(user, "accounts.signed-in")
        response: HttpResponse = super().post_login(request, user, **hooks)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, httponly=True,
            samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return response

    @override
    def logout(self, request: HttpRequest) -> None:
        """Audit the sign-out."""
        if isinstance(request.user, User):
            _audit(request.user, "accounts.signed-out")
        super().logout(request)

    @override
    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Pass errors on; of what went well each page tells itself."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    @override
    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """Audit a change of passphrase or second factor; the package sends mail if it is set up."""
        if template_prefix in ACTIONS:
            _audit(user, ACTIONS[template_prefix])
        super().send_notification_mail(template_prefix, user, context, email)

    @override
    def set_password(self, user: User, password: str) -> None:
        """Write the new passphrase, and nothing else of the person."""
        user.set_password(password)
        user.save(update_fields=["password"])

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account page."""
        return reverse("accounts:me")

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only when the sign-in itself is older than five minutes."""
        return not signed_in_recently(self.request)

    @override
    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to prove who one is, named in Vietnamese."""
        names = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã từ ứng dụng xác thực"),
            "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": names[method["id"]]} for method in methods]
