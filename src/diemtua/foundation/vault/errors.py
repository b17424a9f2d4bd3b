"""Why a sealed value cannot be opened, each cause by its name."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class VaultError(Refusal):
    """A sealed value cannot be opened."""

    code = "vault.closed"
    sentence = _("Không mở được phần thông tin đã niêm phong.")
    remedy = _("Báo người quản trị kèm số yêu cầu ở cuối trang; đừng thử lại nhiều lần.")
    status = 500


class Tampered(VaultError):
    """The ciphertext was altered, cut, or moved from another row or column."""

    code = "vault.tampered"
    sentence = _("Phần thông tin này đã bị thay đổi hoặc chuyển chỗ ngoài hệ thống.")


class Erased(VaultError):
    """The record's data key was destroyed: what it held is gone for good."""

    code = "vault.erased"
    sentence = _("Thông tin này đã được xóa vĩnh viễn theo yêu cầu hoặc khi hết hạn lưu.")
    remedy = _("Không khôi phục được, kể cả từ bản sao lưu. Nếu cần, hãy hỏi lại người cung cấp.")
    status = 410


class KeyMissing(VaultError):
    """The key ring holds no key of this epoch."""

    code = "vault.key-missing"
    sentence = _("Chùm khóa của máy này thiếu khóa để mở thông tin.")
    remedy = _("Người vận hành: khôi phục chùm khóa (diemtua keys recover), rồi chạy diemtua doctor.")


class UnknownVersion(VaultError):
    """The sealed value was written by a newer version."""

    code = "vault.unknown-version"
    sentence = _("Thông tin này được ghi bởi một phiên bản mới hơn của hệ thống.")
    remedy = _("Người vận hành: nâng cấp rồi mở lại.")


class EpochInUse(VaultError):
    """A key-encryption key still wraps live data keys and may not be destroyed."""

    code = "vault.epoch-in-use"
    sentence = _("Khóa đời %(epoch)s còn đang bọc %(count)s khóa dữ liệu, chưa hủy được.")
    remedy = _("Chạy diemtua keys rotate cho xong trước, rồi hủy khóa cũ.")
    status = 409


class TooFewShares(VaultError):
    """The shares given do not suffice, or do not belong together."""

    code = "vault.too-few-shares"
    sentence = _("Các mảnh khóa chưa đủ hoặc không cùng một bộ.")
    remedy = _("Nhập đủ số mảnh đã ghi trên giấy (mỗi mảnh một dòng), không sai chữ nào.")
    status = 422
