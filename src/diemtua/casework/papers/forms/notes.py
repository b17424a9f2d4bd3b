"""The form of a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.papers.forms import fields
from diemtua.casework.papers.models import NOTES


class NoteForm(forms.Form):
    """What was said or seen, on which day; a correction keeps the kind."""

    kind = forms.ChoiceField(
        label=_("Loại ghi chú"),
        choices=[(kind.value, kind.label) for kind in NOTES],
        widget=forms.RadioSelect,
    )
    happened_on = fields.day(_("Ngày"), initial=fields.today)
    text = fields.text(_("Nội dung"), rows=8, help_text=_("Được mã hóa cùng hồ sơ."))

    def __init__(self, *args: Any, is_correction: bool = False, **kwargs: Any) -> None:
        """Leave the kind out of a correction."""
        super().__init__(*args, **kwargs)
        if is_correction:
            del self.fields["kind"]

    def content(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {"text": self.cleaned_data["text"]}
