"""What the rules of letters and links refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class LinkNotOpen(Refusal):
    """There is no such link, or it has run out, or was shut."""

    code = "letters.link.not-open"
    status = 410
    sentence = _("Đường dẫn này không còn mở được.")
    remedy = _("Gọi nơi đã gửi cho bạn để nhận đường dẫn mới.")


class AnswerNotYours(Refusal):
    """An answer comes from who gave the number."""

    code = "letters.link.answer-not-yours"
    sentence = _("Đã quá lâu từ khi bạn nhập mã số.")
    remedy = _("Mở lại đường dẫn, nhập mã số lần nữa rồi trả lời.")


class NothingToSend(Refusal):
    """The referral is over: nothing of it may leave any more."""

    code = "letters.nothing-to-send"
    sentence = _("Chuyển gửi này đã kết thúc hoặc chị không còn đồng thuận.")
    remedy = _("Hỏi chị rồi chuyển gửi lại nếu vẫn cần.")
