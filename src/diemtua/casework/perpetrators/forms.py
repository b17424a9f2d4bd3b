"""Forms of a perpetrator's file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.cases.models import AgeGroup, Sex
from diemtua.casework.perpetrators import queries
from diemtua.casework.perpetrators.models import Attendance, Threat
from diemtua.casework.perpetrators.services import Told
from diemtua.foundation.text import phone_e164
from diemtua.places.models import Level, Unit

YES_NO = [("yes", _("Có")), ("no", _("Không"))]


class OpenForm(forms.Form):
    """Who he is and where he comes from; nothing of what the person harmed told."""

    source = forms.ChoiceField(label=_("Ai chuyển đến"))
    unit = forms.ModelChoiceField(
        label=_("Xã, phường"),
        queryset=Unit.objects.filter(level=Level.COMMUNE),
        error_messages={"invalid_choice": _("Gõ tên xã, phường rồi chọn trong danh sách.")},
    )
    full_name = forms.CharField(label=_("Họ tên"), required=False, max_length=120)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=30)
    address = forms.CharField(label=_("Nơi ở"), required=False, max_length=240)
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False, min_value=1900, max_value=2100
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, initial=Sex.UNKNOWN)
    age_group = forms.ChoiceField(
        label=_("Tuổi"), choices=AgeGroup.choices, initial=AgeGroup.UNKNOWN
    )
    is_below_criminal = forms.ChoiceField(
        label=_("Chưa đến mức bị truy cứu trách nhiệm hình sự"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Theo công an hoặc cơ quan chuyển đến. Chỉ tiêu 3.2 chỉ đếm người chưa đến mức này."
        ),
    )
    told = forms.CharField(
        label=_("Điều cần biết để làm việc với người này"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Được mã hóa. Không ghi chỗ ở, cách liên lạc hay lời kể của người bị bạo lực."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sources of the list."""
        super().__init__(*args, **kwargs)
        offer(self, "source", queries.options("source").items())

    def clean_phone(self) -> str:
        """Refuse what cannot be a telephone number."""
        typed: str = self.cleaned_data["phone"].strip()
        if typed and phone_e164(typed) is None:
            raise forms.ValidationError(_("Số điện thoại chưa đúng; ghi như 0912 345 678."))
        return typed

    def wanted(self) -> Told:
        """Return what was told."""
        read = self.cleaned_data
        return Told(
            unit_key=read["unit"].pk,
            source=read["source"],
            is_below_criminal=read["is_below_criminal"] == "yes",
            sex=read["sex"],
            age_group=read["age_group"],
            identity={
                "full_name": read["full_name"],
                "phones": [read["phone"]] if read["phone"] else [],
                "address": read["address"],
                "birth_year": read["birth_year"],
            },
            told=read["told"],
        )


class HandOnForm(OpenForm):
    """The same from a case; first, whether it is safe for her."""

    is_safe = forms.BooleanField(
        label=_("Đã bàn với chị: việc gặp người gây bạo lực không làm chị nguy hiểm hơn"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The source is the team itself."""
        super().__init__(*args, **kwargs)
        del self.fields["source"]

    def wanted(self) -> Told:
        """Return what was told."""
        self.cleaned_data["source"] = "CASE"
        return super().wanted()


class PartForm(forms.Form):
    """What every entry has: its day and what is written about it."""

    on = forms.DateField(label=_("Ngày"))
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa. Không ghi thông tin về người bị bạo lực."),
    )


class JudgementForm(PartForm):
    """An assessment."""

    factors = forms.MultipleChoiceField(
        label=_("Yếu tố nguy cơ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.ChoiceField(label=_("Thái độ với việc thay đổi"), widget=forms.RadioSelect)
    threat = forms.ChoiceField(
        label=_("Nguy cơ gây bạo lực trở lại"),
        choices=[(t.value, t.label) for t in (Threat.HIGH, Threat.MEDIUM, Threat.LOW)],
        widget=forms.RadioSelect,
    )
    field_order = ["on", "factors", "stage", "threat", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the factors and stages of the lists."""
        super().__init__(*args, **kwargs)
        offer(self, "factors", queries.options("factor").items())
        offer(self, "stage", queries.options("stage").items())


class MeetingForm(PartForm):
    """A meeting."""

    topic = forms.ChoiceField(label=_("Chủ đề"))
    attendance = forms.ChoiceField(
        label=_("Có mặt"), choices=Attendance.choices, widget=forms.RadioSelect
    )
    field_order = ["on", "topic", "attendance", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the topics of the list."""
        super().__init__(*args, **kwargs)
        offer(self, "topic", queries.options("topic").items())


class CommitmentForm(forms.Form):
    """What he undertakes."""

    on = forms.DateField(label=_("Ngày"))
    words = forms.CharField(
        label=_("Cam kết, bằng lời của chính người ấy"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(label=_("Đến ngày"), required=False)


class SupportForm(PartForm):
    """Help offered."""

    kind = forms.ChoiceField(label=_("Hỗ trợ"))
    is_accepted = forms.ChoiceField(
        label=_("Người ấy nhận hỗ trợ"), choices=YES_NO, widget=forms.RadioSelect
    )
    field_order = ["on", "kind", "is_accepted", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of the list."""
        super().__init__(*args, **kwargs)
        offer(self, "kind", queries.options("support").items())

    def clean_is_accepted(self) -> bool:
        """Return the answer as a truth."""
        return bool(self.cleaned_data["is_accepted"] == "yes")


class RelapseForm(PartForm):
    """Violence again, or about to be."""

    is_imminent = forms.ChoiceField(
        label=_("Đang hoặc sắp gây nguy hiểm"), choices=YES_NO, widget=forms.RadioSelect
    )
    field_order = ["on", "is_imminent", "note"]

    def clean_is_imminent(self) -> bool:
        """Return the answer as a truth."""
        return bool(self.cleaned_data["is_imminent"] == "yes")


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the outcomes of the list."""
        super().__init__(*args, **kwargs)
        offer(self, "outcome", queries.options("outcome").items())
