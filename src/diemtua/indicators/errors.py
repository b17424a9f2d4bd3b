"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class FigureUnknown(Refusal):
    """There is no figure with this code."""

    code = "indicators.figure.unknown"
    sentence = _("Không có chỉ tiêu mang mã này.")
    remedy = _("Mở trang Toàn cảnh và chọn chỉ tiêu trong danh sách.")
    status = 404


class NotCounted(Refusal):
    """The figure is known but nothing in the system counts it yet."""

    code = "indicators.figure.not-counted"
    sentence = _("Chỉ tiêu này chưa có số liệu trong hệ thống.")
    remedy = _("Số liệu sẽ được nhập từ báo cáo của cơ quan chủ trì; hiện chưa mở phần nhập.")
    status = 404


class PeriodUnknown(Refusal):
    """What was asked for names no period."""

    code = "indicators.period.unknown"
    sentence = _("Kỳ số liệu này không đọc được.")
    remedy = _("Chọn một kỳ trong danh sách.")
    status = 404


class TooFine(Refusal):
    """Communes are compared by quarter only: several lengths would give hidden numbers away."""

    code = "indicators.communes.quarter-only"
    sentence = _("Bảng theo xã, phường chỉ lập theo quý.")
    remedy = _(
        "Chọn một quý. Nếu lập cả theo tháng hoặc năm thì có thể tính ngược ra số nhỏ đã giữ kín."
    )
    status = 422
