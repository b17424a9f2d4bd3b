"""Second factors: their secrets are ciphertext in the database, and the last one stays."""

import base64
import os

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diemtua.accounts.models import NEEDS_SECOND_FACTOR, User
from diemtua.accounts.queries import SECOND_FACTORS, memberships_of
from diemtua.foundation.database import secrets

NONCE_BYTES = 12
PURPOSE = b"diemtua.accounts.second-factor.1"


class StaffMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts what the sign-in package stores, and speaks Vietnamese."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Vai trò của bạn bắt buộc có xác minh hai lớp. Thêm cách khác trước, rồi mới bỏ cách này."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Cần có ứng dụng xác thực hoặc khóa truy cập trước khi tạo mã dự phòng."
        ),
        "incorrect_code": gettext_lazy("Mã chưa đúng. Xem mã mới nhất rồi nhập lại."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret under the key ``mfa.key``, which lies outside the database."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(secrets.keep("mfa.key")).encrypt(nonce, text.encode(), PURPOSE)
        return base64.b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret.

        Raises:
            cryptography.exceptions.InvalidTag: it was altered, or the key is another one.
        """
        raw = base64.b64decode(encrypted_text)
        key = AESGCM(secrets.keep("mfa.key"))
        return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], PURPOSE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last app or passkey of whoever must have one."""
        user = authenticator.user
        if not settings.DIEMTUA_MFA_REQUIRED or not isinstance(user, User):
            return True
        if not any(m.role in NEEDS_SECOND_FACTOR for m in memberships_of(user)):
            return True
        others = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's name
        """Return a name to tell keys apart."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Khóa %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Điểm Tựa"
