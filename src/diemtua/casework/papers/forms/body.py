"""The body map as a form: plain checkboxes, one a region, with its kinds of injury."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from diemtua.casework.papers import queries
from diemtua.casework.papers.errors import NothingMarked
from diemtua.casework.papers.forms import fields


@dataclass(frozen=True, slots=True)
class RegionFields:
    """The two fields of a region, as the page shows them."""

    region: queries.Named
    at: BoundField
    kinds: BoundField


class BodyMapForm(forms.Form):
    """Where she is hurt and how, seen on which day."""

    happened_on = fields.day(_("Ngày nhìn thấy"), initial=fields.today)
    note = fields.text(
        _("Ghi thêm"),
        required=False,
        help_text=_("Cỡ, màu, chị nói vì sao bị. Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make two fields for each region of the body."""
        super().__init__(*args, **kwargs)
        kinds = [(one.code, one.label) for one in queries.injuries().values()]
        for region in queries.regions().values():
            tick = forms.CheckboxInput(attrs={"class": "region-tick"})
            self.fields[f"at-{region.code}"] = forms.BooleanField(
                label=region.label, required=False, widget=tick
            )
            self.fields[f"kind-{region.code}"] = forms.MultipleChoiceField(
                label=_("%s: bị thế nào") % region.label,
                required=False,
                choices=kinds,
                widget=forms.CheckboxSelectMultiple,
            )

    def sides(self) -> list[tuple[queries.Figure, list[RegionFields]]]:
        """Return both sides of the body, each with the fields of its regions."""
        return [
            (figure, [self._fields_of(region) for region, _is_marked in figure.parts])
            for figure in queries.figures()
        ]

    def _fields_of(self, region: queries.Named) -> RegionFields:
        return RegionFields(region, self[f"at-{region.code}"], self[f"kind-{region.code}"])

    def clean(self) -> dict[str, Any]:
        """Ask for a mark, and for a kind of injury at each."""
        read: dict[str, Any] = super().clean() or {}
        ticked = [code for code in queries.regions() if read.get(f"at-{code}")]
        if not ticked:
            refusal = NothingMarked()
            self.add_error(None, f"{refusal.says} {refusal.advises}")
        for code in ticked:
            name = f"kind-{code}"
            if not read.get(name) and name not in self.errors:
                self.add_error(name, _("Chọn bị thế nào ở vùng này."))
        return read

    def content(self) -> dict[str, Any]:
        """Return what is sealed: the marked regions with their kinds, and the note."""
        read = self.cleaned_data
        marks = [
            [code, read[f"kind-{code}"]] for code in queries.regions() if read.get(f"at-{code}")
        ]
        return {"marks": marks, "note": read["note"]}


def shown(marks: queries.Marks) -> dict[str, Any]:
    """Return what a correction opens with."""
    opening: dict[str, Any] = {}
    for code, kinds in marks:
        opening |= {f"at-{code}": True, f"kind-{code}": list(kinds)}
    return opening
