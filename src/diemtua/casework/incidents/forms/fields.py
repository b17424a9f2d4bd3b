"""Fields made from the reference lists, and forms that come in groups."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases import queries as cases
from diemtua.casework.incidents import queries
from diemtua.places.models import Level, Unit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Label = "str | _StrPromise"
WORDS, LONGEST = 200, 4000
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "key", "tab", "seen", "then", "step"})
Group = tuple[Label, str, tuple[str, ...]]


def pick(kind: str, label: Label, **more: Any) -> forms.ChoiceField:
    """Return a field for one of an option list; left empty, nothing was said."""
    choices = [("", "—"), *queries.options(kind).items()]
    return forms.ChoiceField(label=label, required=False, choices=choices, **more)


def many(kind: str, label: Label, **more: Any) -> forms.MultipleChoiceField:
    """Return a field for several of an option list."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=list(queries.options(kind).items()),
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


def words(label: Label, *, longest: int = WORDS, **more: Any) -> forms.CharField:
    """Return a field for a few words."""
    return forms.CharField(label=label, required=False, max_length=longest, **more)


def text(label: Label, **more: Any) -> forms.CharField:
    """Return a field for sentences."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area, **more)


def day(label: Label, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": _("Không có ngày này. Ghi ngày/tháng/năm, ví dụ 23/11/2026.")},
        **more,
    )


def commune(label: Label) -> "forms.ModelChoiceField[Unit]":
    """Return a field for a commune of today."""
    return forms.ModelChoiceField(
        Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True),
        label=label,
        error_messages={
            "required": _("Chưa rõ xã, phường. Gõ tên rồi chọn trong danh sách."),
            "invalid_choice": _("Không có xã, phường này. Gõ tên rồi chọn trong danh sách."),
        },
    )


def acts(label: Label) -> forms.MultipleChoiceField:
    """Return a field for the acts of the law."""
    known = [(act.code, f"{act.code}. {act.short}") for act in cases.acts().values()]
    return forms.MultipleChoiceField(
        label=label, required=False, choices=known, widget=forms.CheckboxSelectMultiple
    )


class GroupedForm(forms.Form):
    """A long form in groups. ``tab`` and ``seen`` say which page this is and what it opened with."""

    tab = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    GROUPS: ClassVar[tuple[Group, ...]] = ()

    def groups(self) -> list[tuple[Label, str, list[BoundField]]]:
        """Return the groups, each with its fields."""
        return [(title, icon, [self[name] for name in names]) for title, icon, names in self.GROUPS]

    def page(self) -> tuple[UUID, int]:
        """Return which page this is and which revision it opened with."""
        read = getattr(self, "cleaned_data", {})
        return read.get("tab") or uuid4(), read.get("seen") or 0

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Return what was read in some fields, as it is sealed: empty ones left out."""
        found = {name: self.cleaned_data.get(name) for name in names}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in found.items()
            if value not in (None, "", [])
        }


def typed_of(posted: QueryDict) -> dict[str, list[str]]:
    """Return what stands in the fields of a page, for its draft."""
    return {
        name: [str(one) for one in posted.getlist(name)] for name in posted if name not in NOT_TYPED
    }


def posted_from(typed: dict[str, list[str]], *, tab: UUID, seen: int) -> QueryDict:
    """Return a draft as if its page had just sent it."""
    posted = QueryDict(mutable=True)
    for name, values in typed.items():
        posted.setlist(name, values)
    posted["tab"], posted["seen"] = str(tab), str(seen)
    return posted
