"""Refusals: what the house says when a rule forbids something, and what to do instead."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A rule of the house forbids what was asked.

    A subclass stands for one rule and is named by the fact (``ConsentMissing``). It carries a
    sentence in plain Vietnamese with named placeholders and the remedy: what to do instead.
    Placeholders must never hold a person's data.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str | Promise] = _("Yêu cầu này không thực hiện được.")
    remedy: ClassVar[str | Promise] = _("Quay lại và kiểm tra, hoặc hỏi người quản trị.")
    status: ClassVar[int] = 409
    field: ClassVar[str | None] = None

    def __init__(self, **placeholders: Any) -> None:
        super().__init__(self.code)
        self.placeholders = placeholders

    @property
    def says(self) -> str:
        """The sentence, with its placeholders filled in."""
        return str(self.sentence) % self.placeholders if self.placeholders else str(self.sentence)

    @property
    def advises(self) -> str:
        """What to do instead, with its placeholders filled in."""
        return str(self.remedy) % self.placeholders if self.placeholders else str(self.remedy)


class NotForYou(Refusal):
    """The asker may know that this exists but may not do it."""

    code = "door.not-for-you"
    sentence = _("Vai trò hiện tại của bạn không mở được phần này.")
    remedy = _("Nếu bạn cần việc này trong công việc, hãy nói với người phụ trách đơn vị.")
    status = 403


class NotFound(Refusal):
    """There is no such thing, or the asker may not know that there is."""

    code = "door.not-found"
    sentence = _("Không có trang hoặc hồ sơ này trong phần việc của bạn.")
    remedy = _("Kiểm tra lại đường dẫn, hoặc trở về trang việc hôm nay.")
    status = 404
