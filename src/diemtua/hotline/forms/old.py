"""What the counsellor's pages send."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import OrganisationKind
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases import services as case_services
from diemtua.casework.models import AgeGroup, GbvType, How, Section, Sex
from diemtua.foundation import clock
from diemtua.foundation.text import NotReadable, parse_time
from diemtua.hotline import queries
from diemtua.hotline.models import CallBack, CallerKind, Danger
from diemtua.hotline.services import Written
from diemtua.places.models import Level, Unit

NOT_YET = [("", _("Chưa xác định"))]


def _communes() -> Any:
    return Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True)


def _acts() -> list[tuple[str, str]]:
    return [(act.code, f"{act.code}. {act.short}") for act in cases.acts().values()]


class ContactForm(forms.Form):
    """A contact as it is being written: nothing is obligatory while a person is on the line."""

    danger_now = forms.ChoiceField(
        label=_("Lúc này có ai đang gặp nguy hiểm không?"),
        choices=Danger.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notice_told = forms.BooleanField(
        label=_("Tôi đã nói trước về việc báo Chủ tịch UBND xã, phường"), required=False
    )
    caller_kind = forms.ChoiceField(
        label=_("Ai gọi?"), choices=CallerKind.choices, widget=forms.RadioSelect, required=False
    )
    unit = forms.ModelChoiceField(
        _communes(), label=_("Chuyện xảy ra ở xã, phường nào?"), required=False
    )
    notes = forms.CharField(
        label=_("Chị kể gì?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
        help_text=_("Ghi theo lời chị. Phần này được niêm phong."),
    )
    acts = forms.MultipleChoiceField(
        label=_("Hành vi (theo Luật)"), widget=forms.CheckboxSelectMultiple, required=False
    )
    gbv_type = forms.ChoiceField(
        label=_("Loại bạo lực (GBVIMS)"), choices=NOT_YET + GbvType.choices, required=False
    )
    children = forms.IntegerField(
        label=_("Số trẻ em đi cùng"), min_value=0, max_value=20, required=False
    )
    phone = forms.CharField(label=_("Số gọi lại"), max_length=30, required=False)
    may = forms.ChoiceField(
        label=_("Gọi lại được không?"),
        choices=CallBack.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    hours = forms.CharField(
        label=_("Giờ an toàn"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ: 8–10 giờ sáng, khi chồng đi làm."),
    )
    say = forms.CharField(
        label=_("Nếu người khác nghe máy, xưng là"), max_length=120, required=False
    )
    code_word = forms.CharField(label=_("Từ khóa của chị"), max_length=60, required=False)
    started = forms.CharField(label=_("Gọi đến lúc"), max_length=8, required=False)
    line = forms.ChoiceField(label=_("Đường dây"), required=False)
    tab = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        own = [(line.number, line.shown) for line in queries.lines() if line.is_own]
        self.fields["acts"].choices = _acts()  # type: ignore[attr-defined]  # a choice field
        self.fields["line"].choices = own  # type: ignore[attr-defined]  # a choice field

    def clean_started(self) -> datetime:
        """Return the moment of the call: today at the time typed, yesterday if that lies ahead."""
        typed = self.cleaned_data["started"].strip()
        if not typed:
            return self.at
        try:
            moment = datetime.combine(self.at.date(), parse_time(typed), tzinfo=clock.CITY_TIME)
        except NotReadable as error:
            raise forms.ValidationError(_("Ghi giờ như 22:31.")) from error
        return moment if moment <= self.at + timedelta(minutes=5) else moment - timedelta(days=1)

    def written(self) -> Written:
        """Return what can be read of the page; what is not valid is left as it was before."""
        read = self.cleaned_data
        callback = {
            name: read.get(name) or "" for name in ("phone", "may", "hours", "say", "code_word")
        }
        unit = read.get("unit")
        return Written(
            line=read.get("line") or queries.lines()[0].number,
            started_at=read.get("started") or self.at,
            caller_kind=read.get("caller_kind") or CallerKind.UNKNOWN,
            unit_key=unit.pk if unit else None,
            acts=read.get("acts") or [],
            gbv_type=read.get("gbv_type") or "",
            danger_now=read.get("danger_now") or Danger.UNKNOWN,
            children=read.get("children") or 0,
            is_notice_told=bool(read.get("notice_told")),
            notes=read.get("notes") or "",
            callback=callback if any(callback.values()) else {},
        )

    def page(self) -> tuple[UUID, int]:
        """Return the page's tab and the version it opened with."""
        return self.cleaned_data.get("tab") or uuid4(), self.cleaned_data.get("seen") or 0


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
        initial=[Section.NEEDS, Section.NAME, Section.CONTACT],
    )
    consent_statistics = forms.BooleanField(
        label=_("Chị đồng ý cho đếm vào số liệu, không có tên và không tìm ra chị được"),
        required=False,
    )
    how = forms.ChoiceField(
        label=_("Chị đồng ý bằng cách nào"), choices=How.choices, initial=How.SPOKEN_BY_PHONE
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
    unit = forms.ModelChoiceField(_communes(), label=_("Nơi xảy ra: xã, phường"), required=False)
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
        choices = {
            "share_with": [(kind.value, kind.label) for kind in self.SHARED_WITH],
            "alias": [(alias, alias) for alias in aliases],
            "acts": _acts(),
        }
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]  # choice fields

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
