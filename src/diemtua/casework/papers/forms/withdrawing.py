"""The form that takes a paper out of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.papers import queries


class WithdrawForm(forms.Form):
    """Why a paper is taken out."""

    reason = forms.ChoiceField(label=_("Vì sao rút"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons of the list, and say which of them erase."""
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (one.code, _("%s (xóa hẳn, chờ giám sát duyệt)") % one.label)
                if one.erases
                else (one.code, one.label)
                for one in queries.reasons().values()
            ]
