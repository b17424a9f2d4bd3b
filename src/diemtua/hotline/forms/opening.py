"""Opening a case: first what she agrees to, then who she is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import OrganisationKind
from diemtua.casework.cases import services as case_services
from diemtua.casework.models import AgeGroup, GbvType, How, Section, Sex
from diemtua.hotline.errors import PlaceMissing
from diemtua.hotline.forms import choices


class OpenCaseForm(forms.Form):
    """Opening a case: first what she agrees to, then who she is."""

    consent_store = forms.BooleanField(
        label=_("Chị đồng ý cho lưu hồ sơ để được hỗ trợ tiếp"), required=False
    )
    share_with = forms.MultipleChoiceField(
        label=_("Chị đồng ý cho chia sẻ với"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sections = forms.MultipleChoiceField(
        label=_("Những phần được chia sẻ"),
        choices=Section.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Đọc từng phần; chỉ đánh dấu phần chị nói đồng ý. Im lặng không phải là đồng ý."
        ),
    )
    consent_statistics = forms.BooleanField(
        label=_("Chị đồng ý cho đếm vào số liệu, không có tên và không tìm ra chị được"),
        required=False,
    )
    how = forms.ChoiceField(
        label=_("Chị đồng ý bằng cách nào"), choices=How.choices, widget=forms.RadioSelect
    )
    alias = forms.ChoiceField(
        label=_("Bí danh của hồ sơ"),
        widget=forms.RadioSelect,
        help_text=_("Tên trên mọi danh sách; do hệ thống đặt để không ai đoán ra chị."),
    )
    full_name = forms.CharField(label=_("Họ tên"), max_length=120, required=False)
    phone = forms.CharField(label=_("Số điện thoại của chị"), max_length=30, required=False)
    address = forms.CharField(label=_("Nơi ở"), max_length=300, required=False)
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), min_value=1900, max_value=2100, required=False, localize=False
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, initial=Sex.FEMALE)
    age_group = forms.ChoiceField(
        label=_("Nhóm tuổi"), choices=AgeGroup.choices, initial=AgeGroup.UNKNOWN
    )
    unit = forms.ModelChoiceField(
        choices.communes(),
        label=_("Nơi xảy ra: xã, phường"),
        error_messages={"required": PlaceMissing.sentence},
    )
    gbv_type = forms.ChoiceField(label=_("Loại bạo lực (GBVIMS)"), choices=GbvType.choices)
    acts = forms.MultipleChoiceField(
        label=_("Hành vi (theo Luật)"), widget=forms.CheckboxSelectMultiple, required=False
    )
    danger_now = forms.BooleanField(label=_("Lúc này đang có nguy hiểm"), required=False)
    story = forms.CharField(
        label=_("Điều chị kể"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    safe_phone = forms.CharField(label=_("Số gọi an toàn"), max_length=30, required=False)
    hours = forms.CharField(label=_("Giờ an toàn"), max_length=120, required=False)
    say = forms.CharField(
        label=_("Nếu người khác nghe máy, xưng là"), max_length=120, required=False
    )
    note = forms.CharField(label=_("Lưu ý khi liên lạc"), max_length=200, required=False)

    SHARED_WITH = (
        OrganisationKind.SHELTER,
        OrganisationKind.COMMUNE_COMMITTEE,
        OrganisationKind.HEALTH,
        OrganisationKind.POLICE,
        OrganisationKind.LEGAL_AID,
        OrganisationKind.WOMENS_UNION,
    )

    def __init__(self, *args: Any, aliases: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {
            "share_with": [(kind.value, kind.label) for kind in self.SHARED_WITH],
            "alias": [(alias, alias) for alias in aliases],
            "acts": choices.acts(),
        }
        for name, of_field in known.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]  # choice fields

    def told(self) -> dict[str, Any]:
        """Return the arguments of opening a case."""
        read = self.cleaned_data
        unit = read.get("unit")
        return {
            "unit_key": unit.pk if unit else "",
            "gbv_type": read["gbv_type"],
            "acts": read["acts"],
            "danger_now": read["danger_now"],
            "identity": {
                "full_name": read["full_name"],
                "phones": [read["phone"]] if read["phone"] else [],
                "address": read["address"],
                "birth_year": read["birth_year"],
            },
            "story": read["story"],
            "safe_contact": {
                "phone": read["safe_phone"],
                "hours": read["hours"],
                "say": read["say"],
                "note": read["note"],
            },
            "sex": read["sex"],
            "age_group": read["age_group"],
            "alias": read["alias"],
        }

    def consent(self) -> case_services.ConsentGiven:
        """Return what she agreed to."""
        read = self.cleaned_data
        shares = tuple(
            case_services.Share(tuple(read["sections"]), kind=kind)
            for kind in read["share_with"]
            if read["sections"]
        )
        return case_services.ConsentGiven(
            store=read["consent_store"],
            statistics=read["consent_statistics"],
            shares=shares,
            how=read["how"],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the sections when there is somebody to share with."""
        read: dict[str, Any] = super().clean() or {}
        if read.get("share_with") and not read.get("sections"):
            self.add_error("sections", _("Chọn ít nhất một phần được chia sẻ, hoặc bỏ nơi nhận."))
        return read
