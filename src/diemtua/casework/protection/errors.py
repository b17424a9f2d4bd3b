"""What a measure refuses, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class UnknownMeasure(Refusal):
    """The law of the day knows no such measure."""

    code = "protection.unknown-measure"
    sentence = _("Biện pháp này chưa có trong danh mục tại thời điểm đó.")
    remedy = _("Chọn lại biện pháp, hoặc xem lại ngày giờ.")
    field = "definition"


class SheDoesNotAgree(Refusal):
    """A body asked without her consent (Law 13/2022/QH15, art. 25)."""

    code = "protection.she-does-not-agree"
    sentence = _("Cơ quan, tổ chức đề nghị thì phải được người bị bạo lực đồng ý.")
    remedy = _("Hỏi ý kiến người bị bạo lực, rồi đánh dấu là đã đồng ý.")
    field = "she_agrees"


class OutOfOrder(Refusal):
    """The measure does not stand where this step is possible."""

    code = "protection.out-of-order"
    sentence = _("Biện pháp đang ở bước khác, chưa ghi được bước này.")
    remedy = _("Tải lại trang để xem biện pháp đang ở bước nào.")
    field = "kind"


class WrongMoment(Refusal):
    """The step lies in the future, or before the one before it."""

    code = "protection.wrong-moment"
    sentence = _("Thời điểm phải sau bước trước và không ở tương lai.")
    remedy = _("Xem lại ngày giờ ghi trên văn bản.")
    field = "happened_at"


class UntilMissing(Refusal):
    """The step needs an end."""

    code = "protection.until-missing"
    sentence = _("Bước này cần ghi có hiệu lực đến khi nào.")
    remedy = _("Ghi ngày giờ kết thúc theo văn bản.")
    field = "until"


class TooLong(Refusal):
    """The end lies beyond what the law allows."""

    code = "protection.too-long"
    sentence = _("Thời điểm kết thúc vượt quá mức luật cho phép: muộn nhất %(limit)s.")
    remedy = _("Xem lại văn bản; cần lâu hơn thì đề nghị áp dụng tiếp.")
    field = "until"


class ReasonMissing(Refusal):
    """A refusal is reasoned; contact is allowed for named reasons alone."""

    code = "protection.reason-missing"
    sentence = _("Bước này cần ghi lý do.")
    remedy = _("Ghi lý do nêu trong văn bản.")
    field = "note"


class ContactReasonMissing(Refusal):
    """Contact during a ban is allowed for the reasons that the decree names."""

    code = "protection.contact-reason-missing"
    sentence = _("Chỉ được tiếp xúc vì các lý do mà nghị định nêu.")
    remedy = _("Chọn lý do trong thông báo tiếp xúc.")
    field = "reason"
