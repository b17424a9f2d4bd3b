"""A figure in words: what a leader reads before the chart, and what a report says."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from diemtua.foundation.text import number, percent
from diemtua.indicators.queries.catalogue import Definition, Target
from diemtua.indicators.queries.figures import CityFigure


def sentences(figure: CityFigure, *, previous: CityFigure) -> list[str]:
    """Return three sentences on figure 3.2a: where it stands, how it moved, how far the target is."""
    told = [_standing(figure), _movement(figure, previous), _distance(figure)]
    return [sentence for sentence in told if sentence]


def _standing(figure: CityFigure) -> str:
    told = {"period": figure.period.name, "days": figure.period.days}
    if figure.is_suppressed:
        return (
            _(
                "%(period)s (%(days)s), số người bị bạo lực được phát hiện trên toàn thành phố quá ít"
                " nên được giữ kín, để không ai bị nhận ra."
            )
            % told
        )
    if not figure.denominator:
        return (
            _(
                "%(period)s (%(days)s), toàn thành phố chưa ghi nhận người bị bạo lực gia đình, bạo lực"
                " trên cơ sở giới nào đồng ý được tính vào thống kê."
            )
            % told
        )
    told |= {
        "all": number(figure.denominator, 0),
        "reached": number(figure.numerator, 0),
        "share": percent(figure.value, 1),
    }
    return (
        _(
            "%(period)s (%(days)s), toàn thành phố phát hiện %(all)s người bị bạo lực gia đình, bạo lực"
            " trên cơ sở giới; %(reached)s người trong số đó (%(share)s) đã được tiếp cận ít nhất một"
            " dịch vụ hỗ trợ cơ bản."
        )
        % told
    )


def _movement(figure: CityFigure, previous: CityFigure) -> str:
    if figure.value is None:
        return ""
    if previous.value is None:
        return _("Kỳ trước không có số liệu để so sánh.")
    by = points(figure.value) - points(previous.value)
    told = {
        "by": number(abs(by), 1),
        "before": percent(previous.value, 1),
        "period": previous.period.in_text,
    }
    if not by:
        return _("Tỷ lệ này bằng %(period)s (%(before)s).") % told
    if by > 0:
        return _("So với %(period)s (%(before)s), tỷ lệ này tăng %(by)s điểm phần trăm.") % told
    return _("So với %(period)s (%(before)s), tỷ lệ này giảm %(by)s điểm phần trăm.") % told


def _distance(figure: CityFigure) -> str:
    told = {
        "year": figure.target.year,
        "target": percent(figure.target.share),
    }
    if figure.value is None or figure.numerator is None or not figure.denominator:
        return _("Mục tiêu đến năm %(year)s là %(target)s.") % told
    if figure.value >= figure.target.share:
        return _("Tỷ lệ này đã đạt mục tiêu năm %(year)s (%(target)s).") % told
    wanted = (figure.target.share * figure.denominator).to_integral_value(ROUND_CEILING)
    told |= {
        "by": number(points(figure.target.share) - points(figure.value), 1),
        "people": number(wanted - figure.numerator, 0),
    }
    return (
        _(
            "Mục tiêu đến năm %(year)s là %(target)s: còn thiếu %(by)s điểm phần trăm, tương đương"
            " %(people)s người nữa cần được tiếp cận dịch vụ."
        )
        % told
    )


def points(share: Decimal) -> Decimal:
    """Return a share in percentage points with one decimal, as it is shown."""
    return (share * 100).quantize(Decimal("0.1"))


def target_in_words(definition: Definition, target: Target) -> str:
    """Return a target as it is written: ``dưới 25%``, ``từ 27% trở lên``, ``1,4 lần``."""
    wording = {
        "percent": _("%(value)s%%"),
        "times": _("%(value)s lần"),
        "per-100-girls": _("%(value)s bé trai/100 bé gái"),
        "per-100000": _("%(value)s ca/100.000 trẻ đẻ sống"),
        "per-1000": _("%(value)s ca/1.000 phụ nữ"),
        "yes-no": _("có"),
    }[definition.unit] % {"value": number(target.value)}
    limits = {
        "<": _("dưới %(target)s"),
        ">": _("trên %(target)s"),
        ">=": _("từ %(target)s trở lên"),
        "~": _("khoảng %(target)s"),
    }
    return limits.get(target.limit, "%(target)s") % {"target": wording}


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure as a large number with its notes."""

    share: str
    counts: str
    target_label: str
    target: str
    distance: str


def headline(figure: CityFigure) -> Headline:
    """Return the figure as it stands at the top of a page."""
    told = {"reached": number(figure.numerator, 0), "all": number(figure.denominator, 0)}
    share, counts = (
        percent(figure.value, 1),
        _("%(reached)s trong %(all)s người được phát hiện") % told,
    )
    if figure.is_suppressed:
        share = _("giữ kín")
        counts = _("có số từ 1 đến dưới %(minimum)s") % {"minimum": figure.minimum}
    elif not figure.denominator:
        counts = _("chưa ghi nhận ai trong kỳ")
    return Headline(
        share=share,
        counts=counts,
        target_label=_("Mục tiêu năm %(year)s") % {"year": figure.target.year},
        target=percent(figure.target.share),
        distance=_far(figure),
    )


def _far(figure: CityFigure) -> str:
    if figure.value is None:
        return ""
    by = points(figure.target.share) - points(figure.value)
    if by <= 0:
        return _("đã đạt")
    return _("còn thiếu %(by)s điểm phần trăm") % {"by": number(by, 1)}
