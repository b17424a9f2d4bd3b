"""What the rules of a perpetrator's file refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class UnknownCode(Refusal):
    """A code belongs to the lists of the reference data."""

    code = "perpetrators.unknown-code"
    sentence = _("Có lựa chọn không nằm trong danh mục.")
    remedy = _("Chọn lại trong danh sách.")


class InFuture(Refusal):
    """What happened is written down after it happened."""

    code = "perpetrators.in-future"
    sentence = _("Ngày không thể sau hôm nay.")
    remedy = _("Ghi lại ngày đúng.")
    field = "on"


class FileClosed(Refusal):
    """Nothing is added to a closed file."""

    code = "perpetrators.file.closed"
    sentence = _("Hồ sơ này đã kết thúc.")
    remedy = _("Mở lại hồ sơ trước khi ghi thêm.")


class NotYetTaken(Refusal):
    """Somebody takes the file before anything is written into it."""

    code = "perpetrators.file.not-yet-taken"
    sentence = _("Chưa có ai nhận hồ sơ này.")
    remedy = _("Bấm “Nhận hồ sơ” trước.")


class TakenBefore(Refusal):
    """A colleague was faster."""

    code = "perpetrators.file.taken-before"
    sentence = _("Đồng nghiệp đã nhận hồ sơ này.")
    remedy = _("Trở về danh sách và chọn hồ sơ khác.")


class WrongPlace(Refusal):
    """The unit must be a commune that exists."""

    code = "perpetrators.wrong-place"
    sentence = _("Chưa rõ xã, phường.")
    remedy = _("Gõ tên xã, phường rồi chọn trong danh sách.")
    field = "unit"


class SafetyNotTalkedOver(Refusal):
    """Before anybody speaks with him, it is talked over with her whether that endangers her."""

    code = "perpetrators.safety-not-talked-over"
    sentence = _("Chưa xác nhận đã bàn với chị về an toàn.")
    remedy = _("Bàn với chị trước: việc gặp người gây bạo lực có làm chị nguy hiểm hơn không?")
    field = "is_safe"
