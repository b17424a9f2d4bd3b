"""What the rules of a referral refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class ConsentDoesNotCover(Refusal):
    """She has not agreed that these parts go to this recipient now."""

    code = "casework.referral.consent-does-not-cover"
    sentence = _("Chị chưa đồng thuận chia sẻ với nơi này: %(sections)s.")
    remedy = _("Hỏi chị và ghi đồng thuận mới, hoặc bỏ bớt phần thông tin rồi chuyển lại.")
    field = "sections"


class AddressFull(Refusal):
    """The place has said that it has no room for so many."""

    code = "casework.referral.address-full"
    sentence = _("Nơi này báo chỉ còn %(free)s chỗ, không đủ cho %(wanted)s người.")
    remedy = _("Chọn nơi khác trong danh sách, hoặc gọi điện để nơi này cập nhật số chỗ.")


class DoesNotFit(Refusal):
    """The place does not take those who come."""

    code = "casework.referral.does-not-fit"
    sentence = _("Chưa hợp với người đến: %(why)s.")
    remedy = _("Chọn nơi khác; hoặc gọi hỏi trước, nếu nơi này nhận thì đánh dấu “Đã gọi hỏi”.")
    field = "has_called"


class SharingEnded(Refusal):
    """The referral was revoked, or her consent has ended."""

    code = "casework.referral.sharing-ended"
    sentence = _("Chuyển gửi này không còn hiệu lực.")
    remedy = _("Không đón theo thông tin cũ. Gọi nơi đã gửi nếu cần hỏi thêm.")


class AlreadyAnswered(Refusal):
    """A referral is answered once."""

    code = "casework.referral.already-answered"
    sentence = _("Chuyển gửi này đã được trả lời khác.")
    remedy = _("Mở lại trang để xem câu trả lời. Nếu cần đổi, hãy gọi nơi đã gửi.")


class NotAcceptedYet(Refusal):
    """A stay begins after the referral was accepted."""

    code = "casework.referral.not-accepted-yet"
    sentence = _("Chưa nhận chuyển gửi nên chưa ghi lưu trú được.")
    remedy = _("Bấm “Nhận” trước, rồi ghi người đã đến.")


class NoStayHere(Refusal):
    """There is no stay to end."""

    code = "casework.referral.no-stay"
    sentence = _("Chưa có lượt lưu trú nào để kết thúc.")
    remedy = _("Ghi người đã đến trước, rồi ghi ngày rời đi.")


class ImpossibleStay(Refusal):
    """A stay has at least one adult, begins before now and ends after it began."""

    code = "casework.referral.impossible-stay"
    sentence = _("Giờ đến, giờ rời đi hoặc số người chưa hợp lý.")
    remedy = _("Kiểm tra lại: giờ đến không sau bây giờ, giờ rời đi không trước giờ đến.")
    field = "arrived_at"
