"""What the secretary writes into a report."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.reports import queries
from diemtua.reports.material import Told, letterhead

LONGEST = 6000
HEAD, DEPUTY = "HEAD", "DEPUTY"


class ReportForm(forms.Form):
    """The texts, the recipients and the signer of a quarterly report."""

    period = forms.ChoiceField(label=_("Quý báo cáo"))
    situation = forms.CharField(
        label=_("Tình hình thực hiện"),
        help_text=_(
            "Việc đã làm trong quý: trực đường dây, phối hợp, tập huấn, truyền thông. Mỗi dòng là một"
            " đoạn. Không ghi tên hay chi tiết của người bị bạo lực."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
    )
    next_tasks = forms.CharField(
        label=_("Nhiệm vụ trọng tâm quý tiếp theo"),
        help_text=_("Mỗi dòng là một đoạn."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        help_text=_("Mỗi dòng là một nơi nhận. Dòng “Lưu” tự thêm."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    signs = forms.ChoiceField(
        label=_("Người ký"),
        choices=[(HEAD, _("Trưởng Ban")), (DEPUTY, _("Phó Trưởng Ban ký thay Trưởng Ban"))],
        widget=forms.RadioSelect,
        initial=HEAD,
    )
    signer_post = forms.CharField(
        label=_("Chức vụ của người ký ở cơ quan"),
        help_text=_("Ví dụ: Phó Chủ tịch Ủy ban nhân dân thành phố."),
        max_length=120,
        required=False,
    )
    signer_name = forms.CharField(
        label=_("Họ và tên người ký"),
        help_text=_("Không ghi học hàm, học vị trước họ tên."),
        max_length=80,
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = queries.periods(at)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)  # noqa: S101 - tells the type checker
        period.choices = [(one.code, f"{one.name} ({one.days})") for one in offered]
        self.fields["recipients"].initial = "\n".join(letterhead().recipients)

    def told(self) -> Told:
        """Return what was written; ask only of a valid form."""
        data = self.cleaned_data
        lines = (line.strip(" ;-") for line in data["recipients"].splitlines())
        return Told(
            situation=data["situation"],
            next_tasks=data["next_tasks"],
            recipients=tuple(line for line in lines if line),
            signs_for_head=data["signs"] == DEPUTY,
            signer_post=data["signer_post"],
            signer_name=data["signer_name"],
        )
