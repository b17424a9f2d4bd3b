"""Forms of protection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.protection.models import AskedBy, ContactReason, Kind
from diemtua.casework.protection.queries import Definition, Standing

MOMENT = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A day and an hour, as the browser's own field writes them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class BeginForm(forms.Form):
    """Which measure was asked for, by whom and when."""

    definition = forms.ChoiceField(label=_("Biện pháp"))
    asked_by = forms.ChoiceField(label=_("Ai đề nghị"), choices=AskedBy.choices)
    asked_at = Moment(label=_("Đề nghị lúc"), help_text=_("Thời hạn luật định tính từ lúc này."))
    she_agrees = forms.BooleanField(
        label=_("Người bị bạo lực đã đồng ý"),
        required=False,
        help_text=_("Bắt buộc khi cơ quan, tổ chức đề nghị."),
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, known: dict[str, Definition], **kwargs: Any) -> None:
        """Offer the measures of the law of the day."""
        super().__init__(*args, **kwargs)
        offer(self, "definition", [(one.code, one.label) for one in known.values()])


class StepForm(forms.Form):
    """What happened next with a measure."""

    kind = forms.ChoiceField(label=_("Bước"), widget=forms.RadioSelect)
    happened_at = Moment(label=_("Lúc"))
    until = Moment(
        label=_("Có hiệu lực đến"),
        required=False,
        help_text=_("Chỉ ghi với quyết định áp dụng hoặc thông báo tiếp xúc."),
    )
    reason = forms.ChoiceField(
        label=_("Lý do được tiếp xúc"),
        required=False,
        choices=[("", "—"), *ContactReason.choices],
        help_text=_("Chỉ ghi với thông báo tiếp xúc."),
    )
    number = forms.CharField(label=_("Số văn bản"), required=False, max_length=60)
    note = forms.CharField(
        label=_("Nội dung, lý do, tên người giám sát"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, now: Standing, **kwargs: Any) -> None:
        """Offer only the steps that make sense now."""
        super().__init__(*args, **kwargs)
        again = {Kind.ASKED: _("Đề nghị áp dụng tiếp")}
        steps = [(kind.value, again.get(kind, kind.label)) for kind in now.possible()]
        offer(self, "kind", steps)
        if not now.measure.rule["contact_hours"]:
            del self.fields["reason"]
