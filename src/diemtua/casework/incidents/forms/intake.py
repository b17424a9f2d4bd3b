"""Taking somebody in, step by step: agreement first, then the danger, then who she is."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import OrganisationKind
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import AgeGroup, How, Section, Sex
from diemtua.casework.incidents import queries, services
from diemtua.casework.incidents.forms.fields import Group, day, many, pick, text, words
from diemtua.casework.incidents.forms.incident import IncidentForm
from diemtua.casework.incidents.forms.profile import WORDS, add_phones, phones_of

SHARED_WITH = (
    OrganisationKind.SHELTER,
    OrganisationKind.COMMUNE_COMMITTEE,
    OrganisationKind.HEALTH,
    OrganisationKind.POLICE,
    OrganisationKind.LEGAL_AID,
    OrganisationKind.WOMENS_UNION,
)
AGREED: Group = (
    _("Từ đâu đến, chị đồng ý những gì"),
    "checkbox",
    ("source", "consent_store", "consent_statistics", "share_with", "sections", "how"),
)
HAPPENED: Group = (
    _("Chuyện đã xảy ra"),
    "notes",
    (
        "danger_now",
        "unit",
        "began_on",
        "precision",
        "acts",
        "gbv_type",
        "injury",
        "p0_relationship",
        "p0_full_name",
        "story",
    ),
)
PERSON: Group = (
    _("Về chị"),
    "user",
    (
        "full_name",
        "sex",
        "birth_date",
        "birth_year",
        "age",
        "age_group",
        "address",
        "id_number",
        "needs_interpreter",
    ),
)
REACH: Group = (
    _("Liên lạc an toàn"),
    "shield-check",
    ("phone0_number", "phone0_call", "phone0_message", "phone0_say", "hours", "note"),
)


def _unknown_first(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return choices so that a list nobody touched says unknown, whatever it opens with."""
    return sorted(choices, key=lambda choice: choice[0] != "UNKNOWN")


class IntakeForm(IncidentForm):
    """All steps as one form; a page shows and asks one of them. Nothing is ticked beforehand."""

    GROUPS: ClassVar[tuple[Group, ...]] = (AGREED, HAPPENED, PERSON, REACH)

    source = forms.ChoiceField(label=_("Từ đâu đến"), widget=forms.RadioSelect)
    consent_store = forms.BooleanField(
        label=_("Chị đồng ý cho lưu hồ sơ để được hỗ trợ tiếp"), required=False
    )
    consent_statistics = forms.BooleanField(
        label=_("Chị đồng ý cho đếm vào số liệu, không có tên và không tìm ra chị được"),
        required=False,
    )
    share_with = forms.MultipleChoiceField(
        label=_("Chị đồng ý cho chia sẻ với"),
        required=False,
        choices=[(kind.value, kind.label) for kind in SHARED_WITH],
        widget=forms.CheckboxSelectMultiple,
    )
    sections = forms.MultipleChoiceField(
        label=_("Những phần được chia sẻ"),
        required=False,
        choices=Section.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ đánh dấu phần chị nói đồng ý. Im lặng không phải là đồng ý."),
    )
    how = forms.ChoiceField(
        label=_("Chị đồng ý bằng cách nào"), choices=How.choices, widget=forms.RadioSelect
    )
    danger_now = forms.BooleanField(label=_("Lúc này đang có nguy hiểm"), required=False)
    story = text(_("Điều chị kể"))
    full_name = words(_("Họ tên"))
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=_unknown_first(Sex.choices), initial=Sex.UNKNOWN
    )
    birth_date = day(_("Ngày sinh"))
    birth_year = forms.IntegerField(
        label=_("Năm sinh, nếu không nhớ ngày"),
        required=False,
        min_value=1900,
        max_value=2100,
        localize=False,
    )
    age = forms.IntegerField(
        label=_("Tuổi ước chừng, nếu không rõ năm"), required=False, min_value=0, max_value=120
    )
    age_group = forms.ChoiceField(
        label=_("Nhóm tuổi, nếu không rõ tuổi"),
        choices=_unknown_first(AgeGroup.choices),
        initial=AgeGroup.UNKNOWN,
        required=False,
    )
    address = words(_("Nơi ở"), longest=300)
    id_number = words(_("Số căn cước, hộ chiếu"), longest=30)
    needs_interpreter = pick("yes_no", _("Cần phiên dịch"))
    injury = many("injury", _("Thương tích"))
    hours = words(_("Giờ an toàn"))
    note = words(_("Lưu ý khi liên lạc"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the sources and the telephone numbers."""
        super().__init__(*args, **kwargs)
        add_phones(self)
        sources = [pair for pair in queries.options("source").items() if pair[0] != "CONTACT"]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for the sections when there is somebody to share with."""
        read = super().clean()
        if read.get("share_with") and not read.get("sections"):
            self.add_error("sections", _("Chọn ít nhất một phần được chia sẻ, hoặc bỏ nơi nhận."))
        return read

    def intake(self, *, today: date) -> services.IntakeTold:
        """Return what was told."""
        read = self.cleaned_data
        person = self.read([*WORDS, "needs_interpreter"]) | {"phones": phones_of(self)}
        if read["age"] is not None:
            person |= {"age": read["age"], "age_told_on": today.isoformat()}
        first = person["phones"][0] if person["phones"] else {}
        is_safe = first.get("call") == "YES" or first.get("message") == "YES"
        return services.IntakeTold(
            source=read["source"],
            person=person,
            sex=read["sex"],
            age_group=read["age_group"] or AgeGroup.UNKNOWN,
            incident=self.incident(),
            danger_now=read["danger_now"],
            story=read["story"],
            safe_contact={
                "phone": first.get("number", "") if is_safe else "",
                "hours": read["hours"],
                "say": first.get("say", ""),
                "note": read["note"],
            },
        )

    def consent(self) -> cases.ConsentGiven:
        """Return what she agreed to."""
        read = self.cleaned_data
        sections = tuple(read["sections"])
        shares = tuple(cases.Share(sections, kind=kind) for kind in read["share_with"] if sections)
        return cases.ConsentGiven(
            store=read["consent_store"],
            statistics=read["consent_statistics"],
            shares=shares,
            how=read["how"],
        )

    def step_of(self, name: str) -> int:
        """Return in which step a field stands; the last for one that stands in none."""
        for number, (_title, _icon, names) in enumerate(self.GROUPS, start=1):
            if name in names:
                return number
        return len(self.GROUPS)
