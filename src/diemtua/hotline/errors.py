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
