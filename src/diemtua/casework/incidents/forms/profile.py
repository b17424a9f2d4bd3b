"""The profile as a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.models import Sex
from diemtua.casework.incidents.forms.fields import Group, GroupedForm, day, many, pick, text, words

PHONES = 3
CODES = (
    "ethnicity",
    "disability",
    "pregnant",
    "occupation",
    "education",
    "marital",
    "household",
    "residence",
    "language",
    "needs_interpreter",
    "care",
)
WORDS = (
    "full_name",
    "other_names",
    "id_number",
    "birth_date",
    "birth_year",
    "address",
    "other_address",
    "gender_identity",
    "disability_note",
    "dependants",
    "dependants_note",
    "guardian_name",
    "guardian_phone",
    "guardian_relation",
    "guardian_note",
    "best_interest",
)
IDENTITY: Group = (
    _("Danh tính"),
    "user",
    (
        "full_name",
        "other_names",
        "sex",
        "gender_identity",
        "birth_date",
        "birth_year",
        "age",
        "id_number",
    ),
)
REACH: Group = (
    _("Điện thoại và nơi ở"),
    "phone",
    (
        *(
            f"phone{n}_{part}"
            for n in range(PHONES)
            for part in ("number", "call", "message", "say")
        ),
        "address",
        "other_address",
        "residence",
    ),
)
LIFE: Group = (
    _("Hoàn cảnh"),
    "home",
    (
        "marital",
        "household",
        "dependants",
        "dependants_note",
        "occupation",
        "education",
        "ethnicity",
        "language",
        "needs_interpreter",
        "disability",
        "disability_note",
        "pregnant",
    ),
)
CHILD: Group = (
    _("Nếu dưới 18 tuổi"),
    "shield-check",
    (
        "care",
        "guardian_name",
        "guardian_relation",
        "guardian_phone",
        "guardian_note",
        "best_interest",
    ),
)


class ProfileForm(GroupedForm):
    """Everything about the person; nothing is required, since she says what she wants to say."""

    GROUPS: ClassVar[tuple[Group, ...]] = (IDENTITY, REACH, LIFE, CHILD)

    full_name = words(_("Họ tên"))
    other_names = words(_("Tên gọi khác"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, required=False)
    gender_identity = words(_("Bản dạng giới"), help_text=_("Chỉ ghi khi chị tự nói."))
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
    id_number = words(_("Số căn cước, hộ chiếu"), longest=30)
    address = words(_("Nơi đang ở"), longest=300)
    other_address = words(_("Nơi ở khác"), longest=300)
    residence = pick("residence", _("Cư trú"))
    marital = pick("marital", _("Hôn nhân"))
    household = pick("household", _("Đang ở với ai"))
    dependants = forms.IntegerField(
        label=_("Số người phụ thuộc"), required=False, min_value=0, max_value=30
    )
    dependants_note = words(_("Con, người phụ thuộc"), longest=300)
    occupation = pick("occupation", _("Việc làm"))
    education = pick("education", _("Học vấn"))
    ethnicity = pick("ethnicity", _("Dân tộc"))
    language = pick("language", _("Nói tiếng gì dễ nhất"))
    needs_interpreter = pick("yes_no", _("Cần phiên dịch"))
    disability = many("disability", _("Khuyết tật"))
    disability_note = words(_("Cần hỗ trợ gì khi đi lại, nghe, nói"))
    pregnant = pick("yes_no", _("Đang mang thai"))
    care = pick("care", _("Trẻ đang ở với ai"))
    guardian_name = words(_("Người giám hộ"))
    guardian_relation = words(_("Quan hệ với trẻ"))
    guardian_phone = words(_("Điện thoại người giám hộ"), longest=30)
    guardian_note = words(
        _("Lưu ý về người giám hộ"), help_text=_("Không phải người bị cho là gây bạo lực.")
    )
    best_interest = text(
        _("Lợi ích tốt nhất của trẻ"), help_text=_("Ý kiến của trẻ, ai đã đánh giá, vì sao.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the telephone numbers, each with how it may be used."""
        super().__init__(*args, **kwargs)
        add_phones(self)

    def person(self, *, today: date, known: Mapping[str, Any]) -> dict[str, Any]:
        """Return everything told, as it is sealed. An age is kept with the day it was told."""
        person = self.read((*WORDS, *CODES))
        person["phones"] = phones_of(self)
        age = self.cleaned_data.get("age")
        if age is not None:
            is_same = known.get("age") == age and known.get("age_told_on")
            told_on = known["age_told_on"] if is_same else today.isoformat()
            person |= {"age": age, "age_told_on": told_on}
        return person


def add_phones(form: forms.Form) -> None:
    """Add the fields of the telephone numbers."""
    for n in range(PHONES):
        form.fields[f"phone{n}_number"] = words(_("Số điện thoại %s") % (n + 1), longest=30)
        form.fields[f"phone{n}_call"] = pick("yes_no", _("Gọi số này có an toàn không"))
        form.fields[f"phone{n}_message"] = pick("yes_no", _("Nhắn tin số này có an toàn không"))
        form.fields[f"phone{n}_say"] = words(_("Người khác nghe máy thì xưng là"))


def phones_of(form: forms.Form) -> list[dict[str, str]]:
    """Return the telephone numbers that were typed. Whether one is safe is never assumed."""
    read, parts = form.cleaned_data, ("number", "call", "message", "say")
    rows = [{part: read.get(f"phone{n}_{part}") or "" for part in parts} for n in range(PHONES)]
    return [row for row in rows if row["number"]]


def shown(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form opens with."""
    initial = {key: value for key, value in person.items() if key not in {"phones", "birth_date"}}
    if person.get("birth_date"):
        initial["birth_date"] = date.fromisoformat(person["birth_date"])
    for n, phone in enumerate((person.get("phones") or [])[:PHONES]):
        initial |= {f"phone{n}_{part}": words for part, words in phone.items()}
    return initial
