"""Forms of the team: looking for a case, emergencies, cover, handing everything over."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.cases.models import Verdict
from diemtua.foundation.clock import CITY_TIME


class LookForm(forms.Form):
    """What is known of a person whose case somebody else works."""

    text = forms.CharField(
        label=_("Mã hồ sơ, số điện thoại hoặc họ tên"),
        max_length=80,
        help_text=_("Họ tên gõ không dấu cũng được. Mỗi lần tra cứu được ghi lại."),
    )


class BreakGlassForm(forms.Form):
    """Why the case cannot wait for who works it."""

    reason = forms.CharField(
        label=_("Lý do khẩn cấp"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ai đang cần gì, vì sao không chờ được người phụ trách. Được mã hóa."),
    )


class ReviewForm(forms.Form):
    """What the supervisor found."""

    verdict = forms.ChoiceField(
        label=_("Kết luận"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Nhận xét"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa."),
    )


class CoverForm(forms.Form):
    """Who stands in, and until what day."""

    user = forms.TypedChoiceField(label=_("Người trực thay"), coerce=UUID)
    until = forms.DateField(label=_("Đến hết ngày"), help_text=_("Ghi như 30/11/2026."))

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer the case workers of the team."""
        super().__init__(*args, **kwargs)
        offer(self, "user", [(str(user_id), name) for user_id, name in workers])

    def end(self) -> datetime:
        """Return the end of the last day."""
        return datetime.combine(self.cleaned_data["until"], time.max, CITY_TIME)


class HandOverForm(forms.Form):
    """Who takes everything that a person holds."""

    to = forms.TypedChoiceField(label=_("Bàn giao tất cả cho"), coerce=UUID)

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer the case workers of the team who stay."""
        super().__init__(*args, **kwargs)
        offer(self, "to", [(str(user_id), name) for user_id, name in workers])
