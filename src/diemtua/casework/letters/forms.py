"""Forms around a letter and a link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.forms import offer
from diemtua.casework.referrals.models import DeclineReason, State

ANSWERS = [
    (State.ACCEPTED.value, _("Nhận")),
    (State.DECLINED.value, _("Không nhận")),
    (State.COMPLETED.value, _("Đã hỗ trợ xong")),
]


class PinForm(forms.Form):
    """The number that was told by telephone."""

    pin = forms.CharField(
        label=_("Mã số"),
        max_length=12,
        help_text=_("Sáu chữ số, nơi gửi đọc cho bạn qua điện thoại."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_pin(self) -> str:
        """Return the digits alone: people group them as they hear them."""
        return "".join(filter(str.isdigit, self.cleaned_data["pin"]))


class AnswerForm(forms.Form):
    """What the place answers; a refusal has a reason."""

    state = forms.ChoiceField(label=_("Trả lời"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Lý do không nhận"),
        required=False,
        choices=[("", "—"), *DeclineReason.choices],
        help_text=_("Chỉ chọn khi không nhận."),
    )

    @classmethod
    def offered(cls, state: str) -> "AnswerForm":
        """Return the form with the answers that make sense now: done comes after taken."""
        form = cls()
        fits = {State.SENT: {State.ACCEPTED, State.DECLINED}, State.ACCEPTED: {State.COMPLETED}}
        offers = fits.get(State(state), set())
        offer(form, "state", [(code, label) for code, label in ANSWERS if code in offers])
        if State.DECLINED not in offers:
            del form.fields["reason"]
        return form

    def clean(self) -> dict[str, str]:
        """Refuse a refusal without a reason, and forget a reason where there is none to give."""
        read: dict[str, str] = super().clean() or {}
        if read.get("state") != State.DECLINED:
            read["reason"] = ""
        elif not read.get("reason"):
            self.add_error("reason", _("Chọn lý do không nhận, để nơi gửi tìm nơi khác cho đúng."))
        return read
