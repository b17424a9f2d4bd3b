"""What of the cases is taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.models import Status


class ExportForm(forms.Form):
    """Which cases: their state, and when they were opened."""

    status = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *Status.choices]
    )
    since = forms.DateField(label=_("Mở từ ngày"), required=False)
    until = forms.DateField(label=_("Đến hết ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        read: dict[str, Any] = super().clean() or {}
        since, until = read.get("since"), read.get("until")
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi. Sửa một trong hai ngày."))
        return read
