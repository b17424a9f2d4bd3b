"""Fields that several forms of papers share."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from diemtua.foundation import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Label = "str | _StrPromise"
LONGEST, WORDS = 8000, 200
EARLIEST = date(1900, 1, 1)


def _not_before_anybody(day: date) -> None:
    if day < EARLIEST:
        raise forms.ValidationError(_("Xem lại năm."))


def today() -> date:
    """Return the day in the city."""
    return clock.now().astimezone(clock.CITY_TIME).date()


def day(label: Label, **more: Any) -> forms.DateField:
    """Return a field for a day, today if nobody says otherwise."""
    return forms.DateField(
        label=label,
        validators=[_not_before_anybody],
        error_messages={"invalid": _("Không có ngày này. Ghi ngày/tháng/năm, ví dụ 23/11/2026.")},
        **more,
    )


def text(label: Label, *, rows: int = 3, **more: Any) -> forms.CharField:
    """Return a field for sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **more)


def seen_in(posted: QueryDict) -> UUID | None:
    """Return which version a page of correction opened with; None when it does not say."""
    try:
        return UUID(posted.get("seen", ""))
    except ValueError:
        return None
