"""Forms of a referral."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.cases.models import Section
from diemtua.casework.referrals.models import DeclineReason


class ReferForm(forms.Form):
    """What goes along with a referral. Only sections that she agreed to share are offered."""

    facility = forms.UUIDField(widget=forms.HiddenInput)
    sections = forms.MultipleChoiceField(
        label=_("Gửi kèm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ gửi điều nơi này cần để đón chị."),
    )
    adults = forms.IntegerField(label=_("Người lớn"), min_value=1, max_value=20, initial=1)
    children = forms.IntegerField(label=_("Trẻ em"), min_value=0, max_value=20, initial=0)
    is_urgent = forms.BooleanField(label=_("Cần đón ngay"), required=False)
    has_called = forms.BooleanField(
        label=_("Đã gọi hỏi, nơi này nhận"),
        required=False,
        help_text=_("Chỉ cần khi nơi này ghi là không đón trẻ em hoặc nam giới."),
    )
    note = forms.CharField(
        label=_("Lưu ý khi đón"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa; chỉ nơi nhận mở được."),
    )

    def __init__(self, *args: Any, allowed: Collection[str], **kwargs: Any) -> None:
        """Offer only the sections that she agreed to share with this place."""
        super().__init__(*args, **kwargs)
        shareable = [s for s in Section if s in allowed and s is not Section.NEEDS]
        offer(self, "sections", [(s.value, s.label) for s in shareable])


class DeclineForm(forms.Form):
    """Why the place cannot take her."""

    reason = forms.ChoiceField(
        label=_("Lý do"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )


class StayForm(forms.Form):
    """Who arrived, and when."""

    adults = forms.IntegerField(label=_("Người lớn"), min_value=1, max_value=20, initial=1)
    children = forms.IntegerField(label=_("Trẻ em"), min_value=0, max_value=20, initial=0)
    arrived_at = forms.DateTimeField(label=_("Đến lúc"))


class LeaveForm(forms.Form):
    """When they left."""

    left_at = forms.DateTimeField(label=_("Rời đi lúc"))


def shown(moment: datetime) -> str:
    """Return a moment as the date fields show it."""
    return f"{moment:%d/%m/%Y %H:%M}"
