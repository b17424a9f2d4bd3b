"""What a passphrase may not be, beyond short and common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diemtua.foundation.text import fold

SHORTEST_REST = 8


class NotOneself:
    """Refuse a passphrase that is little more than the person's own name or address."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse when too little is left without the name and the address.

        Raises:
            ValidationError: what is left is shorter than eight letters.
        """
        if user is None:
            return
        rest = fold(password)
        own = f"{user.full_name} {user.email.replace('@', ' ')}"
        for word in sorted(fold(own).split(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest.replace(" ", "")) < SHORTEST_REST and rest != fold(password):
            raise ValidationError(
                _("Mật khẩu gần giống tên hoặc e-mail của bạn. Chọn một câu khác."),
                code="passphrase_is_oneself",
            )

    def get_help_text(self) -> str:
        """Return the rule in a sentence."""
        return _("Không dùng tên hoặc e-mail của chính mình.")
