"""Forms of a case: they parse what was typed into the arguments of one verb."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import OrganisationKind
from diemtua.casework.cases import queries
from diemtua.casework.cases.models import How, Outcome, Purpose, Risk, Section, Status
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.refusals import Refusal

KINDS_SHARED_WITH = (
    OrganisationKind.SHELTER,
    OrganisationKind.COMMUNE_COMMITTEE,
    OrganisationKind.HEALTH,
    OrganisationKind.POLICE,
    OrganisationKind.LEGAL_AID,
    OrganisationKind.WOMENS_UNION,
    OrganisationKind.SOCIAL_WORK_CENTRE,
)


def key_of(posted: QueryDict) -> UUID:
    """Return the record's id that the page made; a page without one gets a new id."""
    try:
        return UUID(posted.get("key", ""))
    except ValueError:
        return uuid4()


def tried(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Run the verb if the form is valid; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            verb()
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, f"{refusal.says} {refusal.advises}")
        return False
    return True


class SearchForm(forms.Form):
    """What the case list is searched and filtered by."""

    q = forms.CharField(
        label=_("Tìm"),
        required=False,
        max_length=80,
        help_text=_("Bí danh, mã, họ tên hoặc số điện thoại; gõ không dấu cũng được."),
    )
    risk = forms.ChoiceField(
        label=_("Nguy cơ"), required=False, choices=[("", _("Tất cả")), *Risk.choices]
    )
    status = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Đang mở")), *Status.choices]
    )
    sort = forms.ChoiceField(
        label=_("Xếp theo"),
        required=False,
        choices=[("", _("Nguy cơ, rồi hạn")), ("newest", _("Mới nhất"))],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def kept(self) -> list[tuple[str, str]]:
        """Return what the buttons to other pages send along."""
        names = ("q", "risk", "status", "sort")
        return [(name, str(self.data[name])) for name in names if self.data.get(name)]

    def wanted(self) -> dict[str, Any]:
        """Return the arguments of the list; what cannot be read is left out."""
        self.is_valid()
        read = self.cleaned_data
        return {
            "text": read.get("q", ""),
            "risk": read.get("risk", ""),
            "status": read.get("status", ""),
            "sort": read.get("sort", ""),
            "page": read.get("page") or 1,
        }


class ServiceForm(forms.Form):
    """A service given or declined."""

    sector = forms.ChoiceField(label=_("Loại dịch vụ"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("Kết quả"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        initial=Outcome.GIVEN,
    )
    decline_reason = forms.ChoiceField(
        label=_("Lý do không nhận"), required=False, help_text=_("Chỉ chọn khi chị không nhận.")
    )
    given_on = forms.DateField(label=_("Ngày"))
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Được mã hóa; chỉ người phụ trách trường hợp mở được."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sectors and reasons of the catalogue."""
        super().__init__(*args, **kwargs)
        sectors = queries.sectors().values()
        offer(self, "sector", [(sector.code, sector.label) for sector in sectors])
        offer(self, "decline_reason", [("", "—"), *queries.decline_reasons().items()])


class ConsentForm(forms.Form):
    """A further consent: what for, with whom, which parts, until when."""

    purpose = forms.ChoiceField(
        label=_("Chị đồng thuận việc gì"),
        choices=[(p.value, p.label) for p in (Purpose.SHARE, Purpose.STATISTICS)],
        widget=forms.RadioSelect,
    )
    organisation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    recipient_kind = forms.ChoiceField(
        label=_("Chia sẻ với"),
        required=False,
        choices=[("", "—"), *((k.value, k.label) for k in KINDS_SHARED_WITH)],
    )
    sections = forms.MultipleChoiceField(
        label=_("Chia sẻ phần nào"),
        required=False,
        choices=Section.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Chỉ chọn phần chị đã nghe giải thích và nói đồng ý. Nhu cầu khi đón gồm số người, "
            "trẻ em đi cùng, giới tính, nhóm tuổi và lưu ý khi đón."
        ),
    )
    how = forms.ChoiceField(
        label=_("Chị đồng thuận bằng cách nào"), choices=How.choices, widget=forms.RadioSelect
    )
    valid_until = forms.DateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Bỏ trống nếu chị không nêu hạn.")
    )

    def until(self) -> datetime | None:
        """Return the moment after the last day that she named."""
        day = self.cleaned_data["valid_until"]
        return datetime.combine(day, time.max, CITY_TIME) if day else None


class AssignForm(forms.Form):
    """Who of the team gets the case."""

    worker = forms.TypedChoiceField(label=_("Giao cho"), coerce=UUID)

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer the case workers of the team."""
        super().__init__(*args, **kwargs)
        offer(self, "worker", [(str(user_id), name) for user_id, name in workers])


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a choice field of a form what is offered this time: value and label each."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
    field.choices = list(choices)
