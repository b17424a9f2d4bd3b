"""An incident and who is said to have done it, as one form."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.models import GbvType, Sex
from diemtua.casework.incidents import queries, services
from diemtua.casework.incidents.forms.fields import (
    Group,
    GroupedForm,
    acts,
    commune,
    day,
    many,
    pick,
    text,
    words,
)
from diemtua.casework.incidents.models import Incident

PEOPLE = 3
IDENTITY = ("full_name", "phone", "id_number", "address", "note")
DETAIL = (
    "time_of_day",
    "place",
    "place_note",
    "weapon",
    "injury",
    "repeated",
    "alcohol",
    "children_witnessed",
    "displacement",
    "reported_to",
    "exchanged",
    "abduction",
    "practice",
    "number",
    "told",
)


def _of_person(n: int) -> tuple[str, ...]:
    codes = ("relationship", "sex", "age_group", "occupation")
    return tuple(f"p{n}_{part}" for part in (*codes, *IDENTITY))


WHEN: Group = (
    _("Khi nào, ở đâu"),
    "calendar",
    (
        "began_on",
        "ended_on",
        "precision",
        "time_of_day",
        "unit",
        "place",
        "place_note",
        "reported_on",
    ),
)
WHAT: Group = (
    _("Chuyện gì đã xảy ra"),
    "notes",
    (
        "acts",
        "gbv_type",
        "weapon",
        "injury",
        "repeated",
        "alcohol",
        "children_witnessed",
        "displacement",
        "exchanged",
        "abduction",
        "practice",
        "reported_to",
        "told",
    ),
)
WHO: tuple[Group, ...] = tuple(
    (
        format_lazy(_("Người gây bạo lực {n}"), n=n + 1),
        "users",
        (("number", *_of_person(n)) if n == 0 else _of_person(n)),
    )
    for n in range(PEOPLE)
)


class IncidentForm(GroupedForm):
    """One incident. Dates may be missing; a place and a type may not."""

    GROUPS: ClassVar[tuple[Group, ...]] = (WHEN, WHAT, *WHO)

    began_on = day(_("Ngày xảy ra, hoặc ngày bắt đầu"))
    ended_on = day(_("Đến ngày"), help_text=_("Chỉ ghi khi kéo dài nhiều ngày."))
    precision = pick("precision", _("Ngày này chính xác đến đâu"))
    time_of_day = pick("time_of_day", _("Lúc nào trong ngày"))
    unit = commune(_("Xã, phường nơi xảy ra"))
    place = pick("place", _("Xảy ra ở đâu"))
    place_note = words(_("Chỉ rõ nơi xảy ra"), longest=300)
    reported_on = day(
        _("Ngày chị báo lần này"), help_text=_("Bỏ trống là hôm ghi; dùng để tính đã qua bao lâu.")
    )
    acts = acts(_("Hành vi (theo Luật)"))
    gbv_type = forms.ChoiceField(
        label=_("Loại bạo lực (GBVIMS)"),
        required=False,
        help_text=_("Chọn mục đầu tiên đúng, từ trên xuống. Bỏ trống: lấy theo hành vi."),
    )
    weapon = many("weapon", _("Dùng gì"))
    injury = many("injury", _("Thương tích"))
    repeated = pick("yes_no", _("Đã từng xảy ra trước đây"))
    alcohol = pick("yes_no", _("Người gây bạo lực có uống rượu, dùng chất kích thích"))
    children_witnessed = pick("yes_no", _("Có trẻ em chứng kiến"))
    displacement = pick("displacement", _("Phải rời chỗ ở"))
    exchanged = pick("yes_no", _("Có đổi tiền, hàng, việc làm hay dịch vụ lấy quan hệ tình dục"))
    abduction = pick("abduction", _("Bị bắt giữ, mua bán"))
    practice = pick("practice", _("Tập tục có hại"))
    reported_to = many("reported_to", _("Trước đây đã báo nơi nào"))
    told = text(_("Lời chị kể về lần này"))
    number = pick("number", _("Có mấy người gây bạo lực"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the people who are said to have done it."""
        super().__init__(*args, **kwargs)
        types = self.fields["gbv_type"]
        types.choices = [("", "—"), *GbvType.choices]  # type: ignore[attr-defined]  # a choice field
        for n in range(PEOPLE):
            _add_person(self, n)

    def clean(self) -> dict[str, Any]:
        """Take the type that the acts suggest when none was chosen."""
        read: dict[str, Any] = super().clean() or {}
        suggested = queries.suggested_type(read.get("acts") or ())
        if not read.get("gbv_type") and "gbv_type" not in self.errors:
            if suggested:
                read["gbv_type"] = suggested
            else:
                self.add_error("gbv_type", _("Chọn loại bạo lực, hoặc đánh dấu hành vi."))
        return read

    def incident(self) -> services.IncidentTold:
        """Return what was told."""
        read = self.cleaned_data
        return services.IncidentTold(
            unit_key=read["unit"].pk,
            gbv_type=read["gbv_type"],
            acts=tuple(read["acts"]),
            began_on=read["began_on"],
            ended_on=read["ended_on"],
            precision=read["precision"] or "DAY",
            reported_on=read["reported_on"],
            detail=self.read(DETAIL),
            perpetrators=self.perpetrators(),
        )

    def perpetrators(self) -> tuple[services.PerpetratorTold, ...]:
        """Return the people of whom anything was told."""
        people = [_person(self.cleaned_data, n) for n in range(PEOPLE)]
        return tuple(one for one in people if one is not None)


def _add_person(form: forms.Form, n: int) -> None:
    form.fields |= {
        f"p{n}_relationship": pick("relationship", _("Quan hệ với chị")),
        f"p{n}_sex": forms.ChoiceField(
            label=_("Giới tính"), required=False, choices=[("", "—"), *Sex.choices]
        ),
        f"p{n}_age_group": pick("perpetrator_age", _("Nhóm tuổi")),
        f"p{n}_occupation": pick("occupation", _("Việc làm")),
        f"p{n}_full_name": words(_("Họ tên, tên gọi")),
        f"p{n}_phone": words(_("Số điện thoại"), longest=30),
        f"p{n}_id_number": words(_("Số căn cước"), longest=30),
        f"p{n}_address": words(_("Nơi ở"), longest=300),
        f"p{n}_note": words(_("Đặc điểm khác"), longest=300),
    }


def _person(read: Mapping[str, Any], n: int) -> services.PerpetratorTold | None:
    part = {name: read.get(f"p{n}_{name}") or "" for name in ("relationship", "sex")}
    part |= {name: read.get(f"p{n}_{name}") or "" for name in ("age_group", "occupation")}
    identity = {name: read.get(f"p{n}_{name}") or "" for name in IDENTITY}
    if not any((*part.values(), *identity.values())):
        return None
    return services.PerpetratorTold(
        **{name: code or "UNKNOWN" for name, code in part.items()}, identity=identity
    )


def shown(
    incident: Incident, detail: Mapping[str, Any], people: Sequence[services.PerpetratorTold]
) -> dict[str, Any]:
    """Return what the form opens with."""
    columns = ("began_on", "ended_on", "precision", "reported_on", "acts", "gbv_type")
    initial: dict[str, Any] = {name: getattr(incident, name) for name in columns}
    initial |= {"unit": incident.unit_id, **detail}
    for n, one in enumerate(people[:PEOPLE]):
        codes = ("relationship", "sex", "age_group", "occupation")
        initial |= {f"p{n}_{name}": getattr(one, name) for name in codes}
        initial |= {f"p{n}_{name}": words for name, words in one.identity.items()}
    return initial
