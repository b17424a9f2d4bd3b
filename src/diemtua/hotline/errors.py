"""What the hotline refuses."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class SavedElsewhere(Refusal):
    """The same contact was saved from another tab after this page was opened."""

    code = "hotline.contact.saved-elsewhere"
    sentence = _("Cuộc gọi này vừa được ghi ở một thẻ khác.")
    remedy = _("Phần vừa gõ vẫn còn nguyên ở đây. Mở bản kia để so, rồi ghi ở một thẻ.")


class PlaceMissing(Refusal):
    """A case needs the commune where it happened."""

    code = "hotline.contact.place-missing"
    sentence = _("Chưa có xã, phường nơi xảy ra.")
    remedy = _("Gõ tên xã, phường không cần dấu rồi chọn trong danh sách.")
    field = "unit"


class NoCallBackPromised(Refusal):
    """There is nothing to tick off: nobody promised to call back."""

    code = "hotline.contact.no-call-back"
    sentence = _("Cuộc gọi này không có hẹn gọi lại.")
    remedy = _("Mở cuộc gọi và ghi giờ hẹn trước.")


class NothingToHandOver(Refusal):
    """No contact was chosen for the next shift."""

    code = "hotline.contact.nothing-to-hand-over"
    sentence = _("Chưa chọn cuộc gọi nào để bàn giao.")
    remedy = _("Đánh dấu ít nhất một cuộc gọi.")
    field = "contacts"


class NotOfThisShift(Refusal):
    """A contact can be handed only to a counsellor of the same centre."""

    code = "hotline.contact.not-of-this-shift"
    sentence = _("Người nhận không phải nhân viên tổng đài của trung tâm này.")
    remedy = _("Chọn một người trong danh sách.")
    field = "to"


class NumberKnown(Refusal):
    """A number stands in the list once."""

    code = "hotline.line.number-known"
    sentence = _("Số này đã có trong danh sách.")
    remedy = _("Mở số đó để sửa, hoặc cho dùng lại.")
    field = "shown"


class LastOwnLine(Refusal):
    """The hotline keeps at least one line that is answered here."""

    code = "hotline.line.last-own"
    sentence = _("Đây là đường dây duy nhất đang trực ở đây.")
    remedy = _("Thêm đường dây khác trước, rồi mới ngừng số này.")
    field = "is_used"


class LookedUpTooOften(Refusal):
    """Looking earlier calls up is limited, so that nobody tries telephone numbers one by one."""

    code = "hotline.number.looked-up-too-often"
    sentence = _("Đã tra số quá nhiều lần trong một giờ.")
    remedy = _("Cứ ghi tiếp cuộc gọi; ít phút nữa sẽ tra lại được.")
    status = 429
