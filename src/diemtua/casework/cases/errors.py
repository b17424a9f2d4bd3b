"""What the rules of a case refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class ConsentMissing(Refusal):
    """No file is kept of a person who has not agreed to it."""

    code = "casework.case.consent-missing"
    sentence = _("Chưa mở hồ sơ được vì chị chưa đồng thuận cho lưu.")
    remedy = _("Giải thích và hỏi lại. Nếu chị không muốn, vẫn hỗ trợ chị mà không lưu hồ sơ.")
    field = "consent_store"


class WrongPlace(Refusal):
    """The unit where it happened must be a commune that exists."""

    code = "casework.case.wrong-place"
    sentence = _("Chưa rõ xã, phường nơi xảy ra.")
    remedy = _("Gõ tên xã, phường rồi chọn trong danh sách.")
    field = "unit"


class UnknownAct(Refusal):
    """An act is one of the points of the law that the reference data list."""

    code = "casework.case.unknown-act"
    sentence = _("Có hành vi không nằm trong danh mục của Luật.")
    remedy = _("Chọn lại hành vi trong danh sách.")
    field = "acts"


class AliasNotDrawn(Refusal):
    """An alias comes from the list of invented names; a typed one could be her own."""

    code = "casework.case.alias-not-drawn"
    sentence = _("Bí danh phải do hệ thống đặt.")
    remedy = _("Bấm “Tên khác” để lấy một bí danh mới.")


class AlreadyTaken(Refusal):
    """Somebody else took the case in the meantime."""

    code = "casework.case.already-taken"
    sentence = _("Đồng nghiệp đã nhận trường hợp này.")
    remedy = _("Trở về việc hôm nay và chọn trường hợp khác.")


class NotOfThisTeam(Refusal):
    """A case is assigned to a case worker of its own organisation."""

    code = "casework.case.not-of-this-team"
    sentence = _("Người được chọn không phải nhân viên quản lý trường hợp của đơn vị.")
    remedy = _("Chọn một người trong danh sách của đội.")
    field = "worker"


class CaseClosed(Refusal):
    """Nothing is added to a closed case."""

    code = "casework.case.closed"
    sentence = _("Trường hợp này đã khép lại.")
    remedy = _("Nếu chị cần hỗ trợ lại, hãy mở lại trường hợp với người giám sát.")


class UnknownService(Refusal):
    """A service belongs to a sector of the catalogue."""

    code = "casework.service.unknown"
    sentence = _("Chưa chọn loại dịch vụ.")
    remedy = _("Chọn một loại trong danh sách.")
    field = "sector"


class ServiceInFuture(Refusal):
    """A service is recorded once it was given."""

    code = "casework.service.in-future"
    sentence = _("Ngày cung cấp dịch vụ không thể sau hôm nay.")
    remedy = _("Ghi lại ngày đúng; việc sắp tới thì chuyển gửi.")
    field = "given_on"


class ReasonMissing(Refusal):
    """A declined service says why, and a given one has no such reason."""

    code = "casework.service.reason-missing"
    sentence = _("Chưa có lý do chị không nhận dịch vụ.")
    remedy = _("Chọn một lý do trong danh sách.")
    field = "decline_reason"


class RecipientMissing(Refusal):
    """A consent to share names with whom and what."""

    code = "casework.consent.recipient-missing"
    sentence = _("Đồng thuận chia sẻ phải nêu chia sẻ với ai và phần nào.")
    remedy = _("Chọn một nơi nhận, hoặc một loại cơ quan, và ít nhất một phần thông tin.")
    field = "recipient_kind"


class StoringEndsByErasure(Refusal):
    """Taking back the consent to store means erasing the file, which two people decide."""

    code = "casework.consent.storing-ends-by-erasure"
    sentence = _("Rút đồng thuận lưu hồ sơ là yêu cầu xóa hồ sơ.")
    remedy = _("Báo người phụ trách bảo vệ dữ liệu để làm thủ tục xóa đúng hạn luật định.")


class ReasonTooShort(Refusal):
    """Whoever opens a case in an emergency says what the emergency is."""

    code = "casework.access.reason-too-short"
    sentence = _("Lý do cần ít nhất %(letters)d chữ cái.")
    remedy = _("Viết ngắn gọn: ai đang cần gì, vì sao không chờ được người phụ trách.")
    field = "reason"


class OpenedTooOften(Refusal):
    """Emergencies are rare; more of them than that need a supervisor."""

    code = "casework.access.opened-too-often"
    sentence = _("Bạn đã mở khẩn cấp %(times)d lần trong 24 giờ qua.")
    remedy = _("Gọi người giám sát chuyên môn để được giao trường hợp hoặc trực thay.")


class SeesAlready(Refusal):
    """Nobody breaks a glass to reach what stands open."""

    code = "casework.access.sees-already"
    sentence = _("Trường hợp này đang mở sẵn cho bạn.")
    remedy = _("Mở từ danh sách việc hôm nay; không cần mở khẩn cấp.")


class LookedTooOften(Refusal):
    """Looking for cases is limited, so that nobody tries telephone numbers one by one."""

    code = "casework.case.looked-too-often"
    sentence = _("Bạn đã tra cứu quá nhiều lần trong một giờ.")
    remedy = _("Chờ ít phút rồi tra lại; nếu đang gấp, gọi người giám sát chuyên môn.")
    field = "text"


class CoverTooLong(Refusal):
    """Cover is for an absence; for longer the case is handed over."""

    code = "casework.access.cover-too-long"
    sentence = _("Trực thay phải kết thúc sau hôm nay và trong vòng %(days)d ngày.")
    remedy = _("Chọn ngày gần hơn, hoặc giao hẳn trường hợp cho đồng nghiệp.")
    field = "until"
