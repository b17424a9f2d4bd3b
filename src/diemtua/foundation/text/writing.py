"""How numbers, money and moments are written: ``1.234,5`` and ``23/11/2026`` in Vietnamese.

English pages write ``1,234.5``; dates stay day/month/year. Official documents are written inside
``translation.override("vi")`` whatever language the screen has.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

Number = int | float | Decimal
NOT_KNOWN = "–"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_MILLION, _BILLION = 1_000_000, 1_000_000_000
_MONTHS_WITH_ZERO = (1, 2)  # Decree 30/2020 on documents: days under 10 and months 1 and 2


def _separators() -> tuple[str, str]:
    return (",", ".") if (get_language() or "vi").startswith("en") else (".", ",")


def number(value: Number | None, decimals: int | None = None) -> str:
    """Return ``1.234,5``; whole numbers without decimals; a dash for None.

    Without ``decimals`` at most one decimal is kept, and only when there is one.
    """
    if value is None:
        return NOT_KNOWN
    places = 1 if decimals is None else decimals
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if decimals is None and exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    if exact.is_zero():
        exact = abs(exact)
    thousands, point = _separators()
    text = f"{exact:,f}".replace(",", "\0").replace(".", point).replace("\0", thousands)
    return text.replace("-", "−")


def percent(share: Number | None, decimals: int | None = None) -> str:
    """Return a share between 0 and 1 as ``87,5%``; a dash for None."""
    if share is None:
        return NOT_KNOWN
    return f"{number(Decimal(str(share)) * 100, decimals)}%"


def money(dong: Number | None) -> str:
    """Return an amount of đồng: ``1.250.000 đ``; a dash for None."""
    return NOT_KNOWN if dong is None else f"{number(dong, 0)}\u00a0đ"


def money_in_words(dong: Number | None) -> str:
    """Return a large amount shortened as one says it: ``1,2 tỷ đồng``, ``350 triệu đồng``."""
    if dong is None:
        return NOT_KNOWN
    exact = Decimal(str(dong))
    for size, unit in ((_BILLION, gettext("tỷ đồng")), (_MILLION, gettext("triệu đồng"))):
        if abs(exact) >= size:
            return f"{number(exact / size)}\u00a0{unit}"
    return f"{number(dong, 0)}\u00a0{gettext('đồng')}"


def short_date(day: date | None) -> str:
    """Return ``23/11/2026``; a moment is taken in the city's time; a dash for None."""
    if day is None:
        return NOT_KNOWN
    here = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    return f"{here.day:02}/{here.month:02}/{here.year:04}"


def long_date(day: date) -> str:
    """Return ``ngày 23 tháng 11 năm 2026``, as official letters write it."""
    month = f"{day.month:02}" if day.month in _MONTHS_WITH_ZERO else str(day.month)
    return gettext("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{day.day:02}",
        "month": month,
        "year": day.year,
    }


def clock_time(at: datetime) -> str:
    """Return the time of day in the city: ``14:32``."""
    return f"{timezone.localtime(at):%H:%M}" if timezone.is_aware(at) else f"{at:%H:%M}"


def moment(at: datetime | None) -> str:
    """Return ``14:32 23/11/2026`` in the city's time; a dash for None."""
    return NOT_KNOWN if at is None else f"{clock_time(at)}\u00a0{short_date(at)}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago, or in how long, as one says it: ``5 phút trước``, ``còn 3 giờ``.

    More than six days away it is the date.
    """
    seconds = int((now - at).total_seconds())
    away = abs(seconds)
    if away < _MINUTE:
        return gettext("vừa xong") if seconds >= 0 else gettext("ngay bây giờ")
    if away >= 7 * _DAY:
        return short_date(at)
    span = duration(away)
    wording = gettext("%(span)s trước") if seconds > 0 else gettext("còn %(span)s")
    return wording % {"span": span}


def duration(seconds: float) -> str:
    """Return a length of time in its largest unit: ``45 phút``, ``3 giờ``, ``2 ngày``."""
    whole = int(seconds)
    if whole < _HOUR:
        count = whole // _MINUTE
        return ngettext("%(count)d phút", "%(count)d phút", count) % {"count": count}
    if whole < _DAY:
        count = whole // _HOUR
        return ngettext("%(count)d giờ", "%(count)d giờ", count) % {"count": count}
    count = whole // _DAY
    return ngettext("%(count)d ngày", "%(count)d ngày", count) % {"count": count}
