"""Forms of reaching her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.cases.models import How
from diemtua.casework.reaching.models import Answers, Came, Channel

DAYS = [
    (0, _("Thứ Hai")),
    (1, _("Thứ Ba")),
    (2, _("Thứ Tư")),
    (3, _("Thứ Năm")),
    (4, _("Thứ Sáu")),
    (5, _("Thứ Bảy")),
    (6, _("Chủ Nhật")),
]


class WayForm(forms.Form):
    """A way she called safe, in her own terms."""

    channel = forms.ChoiceField(
        label=_("Cách liên lạc"), choices=Channel.choices, widget=forms.RadioSelect
    )
    to = forms.CharField(
        label=_("Số điện thoại, nơi nhận"),
        max_length=200,
        help_text=_("Được mã hóa; chỉ hiện khi đến giờ chị dặn."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Những ngày"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn ngày nào là mọi ngày."),
    )
    since = forms.TimeField(
        label=_("Từ giờ"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    until = forms.TimeField(
        label=_("Đến giờ"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Bỏ trống cả hai nếu chị nói lúc nào cũng được."),
    )
    answers = forms.ChoiceField(
        label=_("Ai được nghe máy, nhận"),
        choices=Answers.choices,
        initial=Answers.SELF,
        widget=forms.RadioSelect,
    )
    say = forms.CharField(
        label=_("Xưng là"),
        max_length=60,
        help_text=_("Tên nghe bình thường chị chọn, như “tiệm may”."),
    )
    code_word = forms.CharField(
        label=_("Từ hẹn trước"),
        required=False,
        max_length=60,
        help_text=_("Chị nói từ này là an toàn để nói chuyện."),
    )
    note = forms.CharField(
        label=_("Chị dặn thêm"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    how = forms.ChoiceField(
        label=_("Chị đồng ý được liên lạc như vậy bằng cách nào"),
        choices=How.choices,
        widget=forms.RadioSelect,
    )


class ToldForm(forms.Form):
    """What came of an attempt."""

    came = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa cùng hồ sơ."),
    )

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        """Offer what can come of this channel."""
        super().__init__(*args, **kwargs)
        spoken = {Came.REACHED, Came.NO_ANSWER, Came.SOMEBODY_ELSE}
        offered = spoken if channel == Channel.CALL else {Came.GIVEN, Came.SOMEBODY_ELSE}
        offer(self, "came", [(came.value, came.label) for came in Came if came in offered])
