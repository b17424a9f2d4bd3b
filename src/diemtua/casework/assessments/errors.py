"""What the rules of an assessment refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class BadDefinition(Refusal):
    """An instrument is data, and data may be wrong: the sentence says where and what."""

    code = "casework.instrument.bad-definition"
    sentence = _("Bộ câu hỏi “%(name)s” chưa dùng được. %(where)s: %(fault)s")
    remedy = _("Sửa tệp theo câu trên; các bộ câu hỏi khác vẫn dùng bình thường.")


class UnknownInstrument(Refusal):
    """An assessment asks the questions of an instrument that is in force."""

    code = "casework.assessment.unknown-instrument"
    sentence = _("Không có bộ câu hỏi này, hoặc bộ câu hỏi đã hết hiệu lực.")
    remedy = _("Trở về trang Đánh giá và chọn một bộ trong danh sách.")
    status = 404


class SavedElsewhere(Refusal):
    """Another page saved this assessment since this one was opened; nothing is overwritten."""

    code = "casework.assessment.saved-elsewhere"
    sentence = _("Đánh giá này vừa được ghi ở một trang khác.")
    remedy = _("So hai bản bên dưới; bấm ghi lần nữa để giữ bản của bạn.")


class FinishedAlready(Refusal):
    """A finished assessment stays as it was; what changes is a new assessment."""

    code = "casework.assessment.finished-already"
    sentence = _("Đánh giá này đã ghi xong nên không sửa được nữa.")
    remedy = _("Làm một đánh giá mới; bản cũ vẫn còn để so sánh.")


class NothingAnswered(Refusal):
    """An assessment without a single answer says nothing."""

    code = "casework.assessment.nothing-answered"
    sentence = _("Chưa có câu trả lời nào.")
    remedy = _("Trả lời ít nhất một câu; “Chưa rõ” cũng là câu trả lời.")


class ReasonTooShort(Refusal):
    """Whoever judges otherwise than the answers says why."""

    code = "casework.assessment.reason-too-short"
    sentence = _("Lý do cần ít nhất %(letters)d chữ cái.")
    remedy = _("Viết điều bạn thấy mà các câu hỏi chưa nói hết.")
    field = "reason"


class NoRiskHere(Refusal):
    """Only an instrument about danger has a level of risk to be judged."""

    code = "casework.assessment.no-risk-here"
    sentence = _("Bộ câu hỏi này không dùng để xác định mức nguy cơ.")
    remedy = _("Dùng “Kiểm tra an toàn ban đầu” hoặc “Đánh giá nguy hiểm do bạn đời”.")
