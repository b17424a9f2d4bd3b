"""What the gallery shows: each component in all its states, filled with invented things."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from diemtua.foundation.ui import charts

WARDS = ("Ninh Kiều", "Cái Răng", "Bình Thủy", "Ô Môn", "Thốt Nốt", "Phong Điền")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Tên gọi"), help_text=_("Tên mà người gọi muốn được gọi."))
    how = forms.ChoiceField(
        label=_("Người gọi là"),
        choices=[
            ("self", _("Người bị bạo lực")),
            ("kin", _("Người thân")),
            ("other", _("Người khác")),
        ],
        widget=forms.RadioSelect,
    )
    line = forms.ChoiceField(
        label=_("Đường dây"), choices=[("111", "111"), ("18008065", "1800 8065")]
    )
    day = forms.CharField(
        label=_("Ngày xảy ra"), required=False, help_text=_("Gõ 23/11 hoặc 23/11/2026.")
    )
    story = forms.CharField(label=_("Lời kể"), widget=forms.Textarea, required=False)
    acts = forms.MultipleChoiceField(
        label=_("Hành vi"),
        choices=[("a", _("Đánh đập")), ("b", _("Đe dọa")), ("c", _("Kiểm soát tiền bạc"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("Người gọi đồng ý cho lưu lại cuộc trao đổi này"))
    unit = forms.CharField(label=_("Nơi xảy ra"))


def shown(at: datetime) -> dict[str, Any]:
    """Return everything the gallery's template shows, as of a moment."""
    wrong = SampleForm({"name": "", "line": "111", "day": "32/13"})
    wrong.add_error("day", _("Không có ngày 32/13. Gõ ngày trước, tháng sau: 23/11."))
    return {
        "form": SampleForm(prefix="ok", initial={"line": "111"}),
        "wrong": wrong,
        "page": Paginator(range(1, 2001), 25).get_page(4),
        "rows": [
            {
                "code": f"CT-26-{number:04}",
                "alias": alias,
                "ward": ward,
                "at": at - timedelta(hours=5 * number),
            }
            for number, (alias, ward) in enumerate(
                zip(("Hoa Súng", "Sông Hậu", "Bến Xuân", "Mai Vàng"), WARDS, strict=False), start=1
            )
        ],
        "at": at,
        "soon": at + timedelta(hours=2, minutes=15),
        "far": at + timedelta(days=2, hours=4),
        "past": at - timedelta(hours=26),
        "picture": charts.svg(sample_chart()),
        "trend": charts.svg(sample_trend()),
    }


def sample_chart() -> dict[str, Any]:
    """Return a bar chart with a target as a dashed line."""
    shares = (0.92, 0.88, 0.81, 0.76, 0.74, 0.63)
    values = [{"ward": ward, "share": share} for ward, share in zip(WARDS, shares, strict=True)]
    across = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "title": "Người được phát hiện đã tiếp cận ít nhất một dịch vụ",
        "axis": {"format": ".0%", "tickCount": 5},
    }
    written = {"field": "share", "format": ".0%"}
    target = {"x": {"datum": 0.8}, "y": {"value": 0}, "text": {"value": "Mục tiêu 2026: 80%"}}
    on_bar = {"type": "text", "align": "left", "dx": 8, "color": charts.ON_BAR}
    above = {"type": "text", "align": "left", "dx": 4, "dy": -8, "color": charts.TARGET}
    return {
        "width": 520,
        "height": {"step": 30},
        "data": {"values": values},
        "encoding": {"y": {"field": "ward", "type": "nominal", "title": None, "sort": None}},
        "layer": [
            {"mark": {"type": "bar", "height": 20}, "encoding": {"x": across}},
            {"mark": on_bar, "encoding": {"x": {"datum": 0}, "text": written}},
            {"mark": "rule", "encoding": {"x": {"datum": 0.8}, "y": None}},
            {"mark": above, "encoding": target},
        ],
    }


def sample_trend() -> dict[str, Any]:
    """Return a line chart over quarters."""
    values = [
        {"quarter": quarter, "count": count, "kind": kind}
        for kind, counts in (("Đã tiếp cận", (41, 48, 57, 66)), ("Ưu tiên", (30, 28, 25, 21)))
        for quarter, count in zip(("Quý I", "Quý II", "Quý III", "Quý IV"), counts, strict=True)
    ]
    return {
        "width": 460,
        "height": 200,
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "quarter", "type": "ordinal", "sort": None, "title": "Năm 2026, Cần Thơ", "axis": {"labelAngle": 0}},
            "y": {"field": "count", "type": "quantitative", "title": "Số người", "axis": {"tickCount": 4}},
            "color": {"field": "kind", "title": None},
        },
    }  # fmt: skip
