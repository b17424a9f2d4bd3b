"""What the rules of papers refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class CaseClosed(Refusal):
    """A closed case takes nothing more until it is opened again."""

    code = "casework.paper.case-closed"
    sentence = _("Hồ sơ này đã khép lại nên không thêm giấy tờ được.")
    remedy = _("Mở lại hồ sơ trước, rồi thêm.")


class NothingWritten(Refusal):
    """A note without words says nothing."""

    code = "casework.paper.nothing-written"
    sentence = _("Chưa có nội dung.")
    remedy = _("Viết vài dòng rồi ghi lại.")
    field = "text"


class NotYetHappened(Refusal):
    """What is written down has happened."""

    code = "casework.paper.not-yet-happened"
    sentence = _("Ngày không thể sau hôm nay.")
    remedy = _("Xem lại ngày, tháng, năm.")
    field = "happened_on"


class CorrectedElsewhere(Refusal):
    """Somebody corrected this paper since the page was opened; nothing is overwritten."""

    code = "casework.paper.corrected-elsewhere"
    sentence = _("Vừa có người sửa bản này ở một trang khác.")
    remedy = _("So hai bản bên dưới; bấm ghi lần nữa để thay bằng bản của bạn.")


class TakenOut(Refusal):
    """A paper that was withdrawn is neither corrected nor withdrawn again."""

    code = "casework.paper.taken-out"
    sentence = _("Giấy tờ này đã được rút khỏi hồ sơ.")
    remedy = _("Xem lý do và người rút ở tab Hồ sơ.")


class UnknownReason(Refusal):
    """A paper is taken out for a reason of the list."""

    code = "casework.paper.unknown-reason"
    sentence = _("Rút giấy tờ phải có lý do.")
    remedy = _("Chọn một lý do trong danh sách.")
    field = "reason"


class DecidedAlready(Refusal):
    """A withdrawal is decided once, by a supervisor who did not ask for it."""

    code = "casework.paper.decided-already"
    sentence = _("Yêu cầu xóa này đã được quyết định, hoặc do chính bạn nêu.")
    remedy = _("Xóa cần hai người: người nêu và một giám sát khác.")


class PhotoNotAgreed(Refusal):
    """A picture of her is kept only when she agreed to it."""

    code = "casework.paper.photo-not-agreed"
    sentence = _("Chưa ghi chị đã đồng ý giữ ảnh này.")
    remedy = _("Hỏi chị trước; nếu chị chưa đồng ý thì không giữ ảnh.")
    field = "agreed"


class PictureUnclean(Refusal):
    """Where and when a picture was taken could not be taken out of it."""

    code = "casework.paper.picture-unclean"
    sentence = _("Ảnh này còn ghi nơi chụp mà hệ thống chưa gỡ ra được.")
    remedy = _("Dùng ảnh JPEG, PNG hoặc WebP; trên iPhone, gửi lại ảnh ở dạng JPEG.")
    status = 422
    field = "file"


class RecordingUnclean(Refusal):
    """What a recording says besides its sound could not be taken out of it, or it is a film."""

    code = "casework.paper.recording-unclean"
    sentence = _("Tệp này là phim, hoặc bản ghi âm bị hỏng; ở đây chỉ giữ ghi âm.")
    remedy = _("Dùng bản ghi âm MP3, M4A, AMR, OGG hoặc WAV.")
    status = 422
    field = "file"


class AnotherKind(Refusal):
    """A file is of the kind that was chosen for it."""

    code = "casework.paper.another-kind"
    sentence = _("Tệp không đúng loại đã chọn.")
    remedy = _("“Ảnh” nhận tệp ảnh, “Ghi âm” nhận tệp âm thanh; chọn lại loại hoặc tệp.")
    status = 422
    field = "file"


class NothingMarked(Refusal):
    """A body map without a mark says nothing."""

    code = "casework.paper.nothing-marked"
    sentence = _("Chưa đánh dấu vùng nào.")
    remedy = _("Chọn ít nhất một vùng trên hình hoặc trong danh sách.")
