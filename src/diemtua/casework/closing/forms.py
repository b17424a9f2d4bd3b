"""Forms of closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.closing import queries


class AskForm(forms.Form):
    """Why the case is closed, and what was checked."""

    reason = forms.ChoiceField(label=_("Vì sao khép"), widget=forms.RadioSelect)
    checks = forms.MultipleChoiceField(
        label=_("Đã xem lại"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Điều cần nhớ khi chị quay lại"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons and checks of the reference file."""
        super().__init__(*args, **kwargs)
        offer(self, "reason", queries.reasons().items())
        offer(self, "checks", queries.checks().items())


class DecideForm(forms.Form):
    """What the supervisor answers; sending back says what is still to be done."""

    answer = forms.CharField(
        label=_("Lời nhắn cho người phụ trách"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Khi trả lại, hãy ghi việc còn phải làm."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to send back without a word."""
        read: dict[str, Any] = super().clean() or {}
        if self.data.get("what") == "tra-lai" and not read.get("answer"):
            self.add_error("answer", _("Ghi việc còn phải làm, để người phụ trách biết."))
        return read


class ReopenForm(forms.Form):
    """Why the case is opened again."""

    because = forms.ChoiceField(label=_("Vì sao mở lại"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons of the reference file."""
        super().__init__(*args, **kwargs)
        offer(self, "because", queries.reopenings().items())
