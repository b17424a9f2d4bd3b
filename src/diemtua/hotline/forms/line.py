"""A telephone number and what it is for."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.hotline.models import Line
from diemtua.hotline.services import LineTold

A_NUMBER = re.compile(r"[\d\s.()-]+")
FEWEST_DIGITS, MOST_DIGITS = 3, 11
TEXTS = ("shown", "name", "purpose", "source")


class LineForm(forms.Form):
    """A number of the list."""

    shown = forms.CharField(
        label=_("Số điện thoại"), max_length=30, help_text=_("Ghi như cách đọc: 1900 969 680.")
    )
    name = forms.CharField(label=_("Tên đường dây"), max_length=120)
    purpose = forms.CharField(
        label=_("Gọi khi nào"),
        max_length=200,
        help_text=_("Nhân viên tổng đài đọc câu này để biết chuyển máy lúc nào."),
    )
    source = forms.CharField(
        label=_("Biết số này từ đâu"),
        max_length=200,
        help_text=_("Tên văn bản, trang của cơ quan, hoặc người đã xác nhận."),
    )
    is_own = forms.BooleanField(
        label=_("Đường dây trực tại đây (không phải số để chuyển máy)"), required=False
    )
    is_checked = forms.BooleanField(
        label=_("Đã gọi thử hoặc đối chiếu hôm nay, số còn đúng"), required=False
    )
    is_used = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)

    def clean_shown(self) -> str:
        """Return the number with single spaces; it holds digits, and neither too few nor too many."""
        typed = " ".join(str(self.cleaned_data["shown"]).split())
        digits = sum(sign.isdecimal() for sign in typed)
        if not A_NUMBER.fullmatch(typed) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            raise forms.ValidationError(_("Ghi từ 3 đến 11 chữ số, ví dụ 1900 969 680."))
        return typed

    def told(self) -> LineTold:
        """Return the arguments of the verb."""
        return LineTold(**self.cleaned_data)

    @staticmethod
    def known(line: Line) -> dict[str, object]:
        """Return what stands in the form of a known number; whether it is right is asked anew."""
        return {name: getattr(line, name) for name in (*TEXTS, "is_own", "is_used")}
