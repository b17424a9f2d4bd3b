"""The sign-in package's pages at Vietnamese addresses, under the names it knows them by.

What this house does not use keeps its name, because the package looks names up, and answers 404.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, re_path

from diemtua.accounts.models import User
from diemtua.accounts.queries import asker_of_user
from diemtua.accounts.views.sign_in import not_offered, sign_in
from diemtua.foundation.database.asker import asking, job_asker

View = Callable[..., HttpResponseBase]
SIGN_IN = "accounts.sign-in"


def as_whoever_is_there(view: View) -> View:
    """Let a page ask as the person signed in, or as ``accounts.sign-in`` before there is one.

    PostgreSQL lets nobody else change a passphrase or a second factor. A link for a new passphrase is
    its own proof, whoever is signed in where it is opened.
    """

    @wraps(view)
    def asked(request: HttpRequest, **parts: str) -> HttpResponseBase:
        user = request.user
        asker = job_asker(SIGN_IN)
        if isinstance(user, User) and "uidb36" not in parts:
            asker = asker_of_user(user)
        with asking(asker):
            try:
                return view(request, **parts)
            except ImmediateHttpResponse as answer:  # the throttle's count must stay
                response: HttpResponseBase = answer.response
                return response

    return asked


def with_mail(view: View) -> View:
    """Offer a page only where the installation can send e-mail."""

    def offered(request: HttpRequest, **parts: str) -> HttpResponseBase:
        return view(request, **parts) if settings.DIEMTUA_MAIL else not_offered(request)

    return offered


_pages: list[URLPattern] = [
    path("vao/", sign_in, name="account_login"),
    path("ra/", account.logout, name="account_logout"),
    path("vao/tam-dung/", account.account_inactive, name="account_inactive"),
    path("vao/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("vao/mat-khau/", account.password_change, name="account_change_password"),
    path("vao/mat-khau/quen/", with_mail(account.password_reset), name="account_reset_password"),
    path(
        "vao/mat-khau/quen/da-gui/",
        with_mail(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^vao/mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "vao/mat-khau/dat-lai/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("vao/hai-lop/", mfa.index, name="mfa_index"),
    path("vao/hai-lop/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("vao/hai-lop/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("vao/hai-lop/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("vao/hai-lop/ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("vao/hai-lop/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "vao/hai-lop/ma-du-phong/tao/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("vao/hai-lop/khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("vao/hai-lop/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("vao/hai-lop/khoa/vao/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "vao/hai-lop/khoa/xac-nhan/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("vao/hai-lop/khoa/<int:pk>/bo/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("vao/hai-lop/khoa/<int:pk>/ten/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
for _page in _pages:
    _page.callback = as_whoever_is_there(_page.callback)

urlpatterns = [
    *_pages,
    path("vao/khong-dung/dang-ky/", not_offered, name="account_signup"),
    path("vao/khong-dung/email/", not_offered, name="account_email"),
    path("vao/khong-dung/email/xac-minh/", not_offered, name="account_email_verification_sent"),
    path("vao/khong-dung/email/<str:key>/", not_offered, name="account_confirm_email"),
    path("vao/khong-dung/mat-khau/", not_offered, name="account_set_password"),
    path("vao/khong-dung/ma/", not_offered, name="account_confirm_login_code"),
    path("vao/khong-dung/tai-ma/", not_offered, name="mfa_download_recovery_codes"),
]
