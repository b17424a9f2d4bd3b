"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class FacilityWithdrawn(Refusal):
    """The facility no longer takes part."""

    code = "directory.facility.withdrawn"
    sentence = _("Nơi này đã ngừng tham gia mạng lưới.")
    remedy = _("Chọn nơi khác trong danh bạ.")


class MorePlacesThanBeds(Refusal):
    """More free places were said than the facility has."""

    code = "directory.readiness.more-places-than-beds"
    sentence = _("Nơi này chỉ có %(beds)s chỗ, không thể còn trống %(places)s chỗ.")
    remedy = _("Ghi số chỗ còn trống tối nay, nhiều nhất bằng số chỗ của nơi này.")
    status = 422
    field = "places"


class NoPlaceIsNotReady(Refusal):
    """Ready, but for nobody."""

    code = "directory.readiness.no-place"
    sentence = _("Sẵn sàng thì phải còn ít nhất một chỗ.")
    remedy = _("Nếu không còn chỗ, hãy chọn «Hết chỗ».")
    status = 422
    field = "places"


class AwayUntilThePast(Refusal):
    """The return lies in the past."""

    code = "directory.readiness.away-until-past"
    sentence = _("Ngày đón trở lại phải ở sau hôm nay.")
    remedy = _("Ghi ngày sẽ đón trở lại, ví dụ 25/11, hoặc để trống nếu chưa biết.")
    status = 422
    field = "valid_until"


class AddressUnknown(Refusal):
    """No street address was recorded, or the asker may not know of one."""

    code = "directory.address.unknown"
    sentence = _("Bạn chưa được mở địa chỉ của nơi này, hoặc nơi này chưa ghi địa chỉ.")
    remedy = _(
        "Địa chỉ mở được khi nơi này nhận chuyển gửi của đơn vị bạn. Cần gấp: gọi số điện thoại của nơi này."
    )
    status = 404


class NotAUnitOfToday(Refusal):
    """The unit is not a commune of today."""

    code = "directory.facility.not-a-unit-of-today"
    sentence = _("Hãy chọn một xã, phường hiện nay.")
    remedy = _("Gõ tên cũ cũng được: danh sách sẽ chỉ tới xã, phường hiện nay.")
    status = 422
    field = "unit"
