"""The form that takes a paper out of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.papers import queries


class WithdrawForm(forms.Form):
    """Why a paper is taken out."""

    reason = forms.ChoiceField(label=_("Vì sao rút"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons of the list, and say which of them erase."""
        super().__init__(*args, **kwargs)
        offer(self, "reason", [(one.code, _said(one)) for one in queries.reasons().values()])


def _said(reason: queries.Reason) -> str:
    if reason.erases:
        return _("%s (xóa hẳn, chờ giám sát duyệt)") % reason.label
    return reason.label
