"""What the rules of a request refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class UnknownRight(Refusal):
    """A request names one of the rights of the law."""

    code = "retention.unknown-right"
    sentence = _("Chưa chọn yêu cầu, hoặc yêu cầu không có trong danh mục.")
    remedy = _("Chọn một yêu cầu trong danh sách.")
    field = "right"


class AskedAlready(Refusal):
    """The same thing is asked once at a time."""

    code = "retention.asked-already"
    sentence = _("Yêu cầu này đã được nhận và đang xử lý.")
    remedy = _("Xem yêu cầu đang mở trong danh sách.")
    field = "right"


class OutOfOrder(Refusal):
    """A request goes its way: received, granted or refused, done."""

    code = "retention.out-of-order"
    sentence = _("Yêu cầu này đã qua bước đó.")
    remedy = _("Tải lại trang để xem tình trạng mới nhất.")


class ReasonMissing(Refusal):
    """A refusal names its ground in the law."""

    code = "retention.reason-missing"
    sentence = _("Từ chối phải có căn cứ.")
    remedy = _("Chọn một căn cứ trong danh sách; người yêu cầu được báo căn cứ ấy.")
    field = "refusal"


class ErasedByTwo(Refusal):
    """Who granted an erasure does not carry it out."""

    code = "retention.erased-by-two"
    sentence = _("Xóa hồ sơ cần hai người: người chấp thuận không phải là người thực hiện.")
    remedy = _("Nhờ người phụ trách bảo vệ dữ liệu khác thực hiện.")
