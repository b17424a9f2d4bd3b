"""What the gate refuses, each with its remedy. Nothing overrides it."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class NotSafeNow(Refusal):
    """She did not call it safe to be reached in this way at this time."""

    code = "reaching.not-safe-now"
    sentence = _("Chưa phải giờ an toàn để liên lạc cách này: %(hours)s.")
    remedy = _("Đợi đến giờ chị đã dặn. Nếu chị đang gặp nguy hiểm, gọi 113.")


class NotAgreed(Refusal):
    """She has not agreed to be contacted, or took that back."""

    code = "reaching.not-agreed"
    sentence = _("Chị chưa đồng thuận để mình liên lạc, hoặc đã rút lại.")
    remedy = _("Đợi chị liên lạc trước, hỏi chị rồi ghi đồng thuận.")


class WayEnded(Refusal):
    """The way is no longer safe."""

    code = "reaching.way-ended"
    sentence = _("Cách liên lạc này không còn dùng nữa.")
    remedy = _("Chọn cách khác chị đã dặn, hoặc đợi chị liên lạc.")


class RevealingName(Refusal):
    """The name we would say gives her away."""

    code = "reaching.revealing-name"
    sentence = _("Tên xưng này có thể làm lộ việc chị tìm giúp đỡ: “%(word)s”.")
    remedy = _("Hỏi chị một tên nghe bình thường, như “tiệm may” hay “cô giáo của cháu”.")
    field = "say"


class HoursTurned(Refusal):
    """The hours end before they begin."""

    code = "reaching.hours-turned"
    sentence = _("Giờ kết thúc phải sau giờ bắt đầu.")
    remedy = _("Sửa lại giờ; nếu qua nửa đêm, hãy ghi thành hai cách.")
    field = "until"
