"""What closing refuses, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class StillGoingOn(Refusal):
    """A referral of the case is still going on."""

    code = "closing.still-going-on"
    sentence = _("Còn chuyển gửi đang chờ hoặc đang thực hiện: %(places)s.")
    remedy = _("Thu hồi, hoặc chờ nơi nhận ghi là đã xong, rồi khép hồ sơ.")


class NotChecked(Refusal):
    """Something that is checked before closing was not."""

    code = "closing.not-checked"
    sentence = _("Chưa xem lại: %(missing)s.")
    remedy = _("Làm xong rồi đánh dấu; nếu không gặp được chị, chọn lý do tương ứng.")
    field = "checks"


class NotYoursToAgree(Refusal):
    """Whoever asked does not agree to it herself."""

    code = "closing.not-yours-to-agree"
    sentence = _("Bạn là người đề nghị nên không tự duyệt được.")
    remedy = _("Nhờ một người giám sát khác xem lại.")


class NotAsked(Refusal):
    """There is nothing to decide or to reopen."""

    code = "closing.not-asked"
    sentence = _("Hồ sơ đang ở bước khác.")
    remedy = _("Tải lại trang để xem hồ sơ đang ở bước nào.")


class NotBeingWorked(Refusal):
    """Only a case that somebody works is closed."""

    code = "closing.not-being-worked"
    sentence = _("Hồ sơ này chưa có người nhận hoặc đã khép.")
    remedy = _("Nhận hồ sơ trước, rồi đề nghị khép.")
