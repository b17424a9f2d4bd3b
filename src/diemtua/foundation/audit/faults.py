"""Where and how the chain is broken, in words."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.audit.verify import Fault

KINDS = {
    "CHANGED": _("nội dung đã bị thay đổi"),
    "REMOVED": _("mục đã bị xóa"),
    "REORDERED": _("thứ tự đã bị đổi"),
    "CUT": _("phần cuối đã bị cắt"),
    "CHECKPOINT": _("điểm kiểm không khớp"),
}


def where(fault: Fault) -> str:
    """Return the place of a fault."""
    if fault.what == "CHECKPOINT":
        return str(_("điểm kiểm %d") % fault.seq)
    return str(_("làn %d, mục %d") % (fault.lane, fault.seq))


def what(fault: Fault) -> str:
    """Return what was found there."""
    return str(KINDS[fault.what])
