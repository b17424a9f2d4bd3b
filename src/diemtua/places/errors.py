"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class UnitUnknown(Refusal):
    """No administrative unit has this key."""

    code = "places.unit.unknown"
    sentence = _("Không có xã, phường hay tỉnh, thành phố nào mang mã này.")
    remedy = _("Tìm lại theo tên; gõ không dấu cũng được.")
    status = 404
