"""What a page sends about places that help."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.directory.models import FacilityKind, Readiness
from diemtua.foundation import clock
from diemtua.foundation.text import NotReadable, parse_date
from diemtua.places.models import Unit


class FindForm(forms.Form):
    """What the directory is narrowed to; nothing in it is obligatory."""

    q = forms.CharField(label=_("Tên hoặc đơn vị"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[("", _("Tất cả")), *FacilityKind.choices]
    )
    unit = forms.ModelChoiceField(
        Unit.objects.filter(valid_to__isnull=True), label=_("Xã, phường"), required=False
    )
    ready = forms.BooleanField(label=_("Chỉ nơi sẵn sàng tối nay"), required=False)


class AnswerForm(forms.Form):
    """A facility's answer for tonight: one tap, or how many places, or until when away."""

    key = forms.UUIDField(label=_("Mã của lần trả lời"))
    facility = forms.UUIDField(label=_("Nơi tạm lánh"))
    state = forms.ChoiceField(label=_("Trả lời"), choices=Readiness)
    places = forms.IntegerField(label=_("Số chỗ"), min_value=0, max_value=99, required=False)
    valid_until = forms.CharField(label=_("Đón trở lại ngày"), required=False, max_length=20)

    def clean_places(self) -> int:
        """Return 0 when nothing was said."""
        return self.cleaned_data["places"] or 0

    def clean_valid_until(self) -> datetime | None:
        """Return the beginning of the day of return, as typed: ``25/11``."""
        typed = self.cleaned_data["valid_until"].strip()
        if not typed:
            return None
        try:
            day = parse_date(typed, near=clock.today())
        except NotReadable as error:
            raise forms.ValidationError(_("Ghi ngày như 25/11.")) from error
        return datetime.combine(day, time(7), tzinfo=clock.CITY_TIME)

    def answer(self) -> dict[str, Any]:
        """Return the arguments of the verb."""
        told = self.cleaned_data
        until = told["valid_until"] if told["state"] == Readiness.AWAY else None
        return {
            "id": told["key"],
            "state": told["state"],
            "places": told["places"],
            "valid_until": until,
        }
