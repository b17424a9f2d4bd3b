"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class PeriodNotReported(Refusal):
    """Reports are made for quarters of the reporting calendar only."""

    code = "reports.period.not-reported"
    sentence = _("Báo cáo quý chỉ lập cho quý theo kỳ báo cáo (ngày 15 đến ngày 14).")
    remedy = _("Chọn một quý trong danh sách.")
    status = 422
    field = "period"
