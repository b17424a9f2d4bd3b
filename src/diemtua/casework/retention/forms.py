"""Forms of a request over one's data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.retention import queries


class RequestForm(forms.Form):
    """What she asks."""

    right = forms.ChoiceField(label=_("Chị yêu cầu"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Lời của chị"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the rights of the law."""
        super().__init__(*args, **kwargs)
        offer(self, "right", [(right.code, right.label) for right in queries.rights().values()])


class RefusalForm(forms.Form):
    """On what ground it is refused."""

    refusal = forms.ChoiceField(label=_("Căn cứ từ chối"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the grounds of the law."""
        super().__init__(*args, **kwargs)
        offer(self, "refusal", queries.refusals().items())


class EraseForm(forms.Form):
    """The case's code typed again: there is no way back."""

    code = forms.CharField(label=_("Gõ lại mã hồ sơ để xác nhận"), max_length=20)

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        """Keep the code that must be typed."""
        super().__init__(*args, **kwargs)
        self._wanted = wanted

    def clean_code(self) -> str:
        """Refuse any other code."""
        typed: str = self.cleaned_data["code"].strip().upper()
        if typed != self._wanted:
            raise forms.ValidationError(_("Mã chưa khớp với hồ sơ này."))
        return typed
