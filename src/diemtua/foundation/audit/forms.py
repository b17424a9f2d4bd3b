"""What the reader of the trail asks for."""

from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.foundation import clock
from diemtua.foundation.audit import actions
from diemtua.foundation.audit.queries import Wanted
from diemtua.foundation.text import NotReadable, parse_date

GREATEST = 2**63 - 1  # number of an entry


class FilterForm(forms.Form):
    """Filters of the trail; nothing in it is obligatory."""

    person = forms.ChoiceField(label=_("Ai"), required=False)
    action = forms.ChoiceField(label=_("Việc"), required=False)
    subject = forms.CharField(
        label=_("Hồ sơ nào"),
        required=False,
        max_length=40,
        help_text=_("Mã hồ sơ, hoặc mã số của bản ghi."),
    )
    since = forms.CharField(label=_("Từ ngày"), required=False, max_length=12)
    until = forms.CharField(label=_("Đến ngày"), required=False, max_length=12)
    before = forms.IntegerField(
        required=False, min_value=1, max_value=GREATEST, widget=forms.HiddenInput
    )

    def __init__(self, data: object, *, people: list[tuple[UUID, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        choices = {
            "person": [("", _("Tất cả")), *((str(pk), name) for pk, name in people)],
            "action": [("", _("Tất cả")), *actions.known()],
        }
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]  # choice fields

    def _day(self, name: str) -> date | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        try:
            return parse_date(typed, near=clock.today())
        except NotReadable as error:
            raise forms.ValidationError(_("Ghi ngày như 23/11 hoặc 23/11/2026.")) from error

    def clean_since(self) -> date | None:
        """Return the first day."""
        return self._day("since")

    def clean_until(self) -> date | None:
        """Return the last day."""
        return self._day("until")

    def wanted(self) -> Wanted:
        """Return what was asked for; what cannot be read is left out."""
        read = self.cleaned_data
        return Wanted(
            action=read.get("action", ""),
            person=UUID(read["person"]) if read.get("person") else None,
            subject=read.get("subject", ""),
            since=read.get("since"),
            until=read.get("until"),
            before=read.get("before"),
        )
