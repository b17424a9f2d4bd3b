"""Template filters for Vietnamese numbers, dates and money."""

from datetime import date, datetime

from django import template

from diemtua.foundation import clock, text
from diemtua.foundation.text.writing import NOT_KNOWN, Number

register = template.Library()


@register.filter
def vn_number(value: Number | None, decimals: int | None = None) -> str:
    """Write ``1.234,5``; a dash for nothing."""
    return text.number(value, decimals)


@register.filter
def vn_percent(share: Number | None, decimals: int | None = None) -> str:
    """Write a share between 0 and 1 as ``87,5%``."""
    return text.percent(share, decimals)


@register.filter
def vn_money(dong: Number | None) -> str:
    """Write ``1.250.000 đ``."""
    return text.money(dong)


@register.filter
def vn_date(day: date | None) -> str:
    """Write ``23/11/2026``."""
    return text.short_date(day or None)


@register.filter
def vn_time(at: datetime) -> str:
    """Write ``14:32``."""
    return text.clock_time(at)


@register.filter
def vn_moment(at: datetime | None) -> str:
    """Write ``14:32 23/11/2026``."""
    return text.moment(at or None)


@register.filter
def vn_ago(at: datetime | None) -> str:
    """Write ``5 phút trước`` or ``còn 3 giờ``; a dash for nothing."""
    return text.ago(at, clock.now()) if at else NOT_KNOWN


@register.filter
def vn_phone(number: str) -> str:
    """Write a telephone number in groups."""
    return text.phone_as_spoken(number)


@register.filter
def given_name(name: str) -> str:
    """Write the name by which a person is called."""
    return text.given_name(name)


@register.filter
def initials(name: str) -> str:
    """Write one or two capitals for a round badge."""
    return text.person_name(name).initials
