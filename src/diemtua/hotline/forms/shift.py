"""Handing contacts to the next shift."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.hotline.errors import NothingToHandOver


class HandOverForm(forms.Form):
    """Which contacts, to whom, and what the next shift must know."""

    contacts = forms.MultipleChoiceField(
        label=_("Cuộc gọi bàn giao"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NothingToHandOver.sentence},
    )
    to = forms.TypedChoiceField(label=_("Giao cho"), coerce=UUID, widget=forms.RadioSelect)
    word = forms.CharField(
        label=_("Lời dặn ca sau"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("Ví dụ: chỉ gọi lại sau 8 giờ, xưng là tiệm may. Phần này được niêm phong."),
    )

    def __init__(
        self,
        *args: Any,
        contacts: list[tuple[str, str]],
        colleagues: list[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {"contacts": contacts, "to": [(str(pk), name) for pk, name in colleagues]}
        for name, of_field in known.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]  # choice fields
