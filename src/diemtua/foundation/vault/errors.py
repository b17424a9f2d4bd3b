"""Why the vault does not open or close, each cause by its name."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class VaultClosed(Refusal):
    """A sealed value cannot be opened."""

    code = "vault.closed"
    sentence = _("Không mở được phần thông tin đã niêm phong.")
    remedy = _("Báo người quản trị kèm số yêu cầu ở cuối trang; đừng thử lại nhiều lần.")
    status = 500


class Tampered(VaultClosed):
    """The ciphertext was altered, cut, reordered, or moved from another row or column."""

    code = "vault.tampered"
    sentence = _("Phần thông tin này đã bị thay đổi hoặc chuyển chỗ ngoài hệ thống.")


class UnknownVersion(Tampered):
    """The first byte names a format that this version does not know: altered, or written later."""

    code = "vault.unknown-version"
    sentence = _("Phần thông tin này không ở định dạng mà phiên bản đang chạy đọc được.")
    remedy = _("Người vận hành: nếu vừa quay về bản cũ hơn, hãy nâng cấp rồi mở lại.")


class Erased(VaultClosed):
    """The record's data key was destroyed: what it held is gone for good."""

    code = "vault.erased"
    sentence = _("Thông tin này đã được xóa vĩnh viễn theo yêu cầu hoặc khi hết hạn lưu.")
    remedy = _("Không khôi phục được từ hệ thống. Nếu cần, hãy hỏi lại người cung cấp.")
    status = 410


class TooManyErasures(VaultClosed):
    """One person erased more within the hour than anyone does by hand."""

    code = "vault.too-many-erasures"
    sentence = _(
        "Trong một giờ qua bạn đã xóa quá nhiều hồ sơ; hệ thống tạm dừng để bảo vệ dữ liệu."
    )
    remedy = _("Nếu đúng là cần xóa nhiều, hãy báo người phụ trách bảo vệ dữ liệu.")
    status = 429


class KeyWithheld(VaultClosed):
    """PostgreSQL does not show the record's data key to this asker."""

    code = "vault.key-withheld"
    sentence = _("Vai trò hiện tại của bạn không mở được thông tin đã niêm phong.")
    remedy = _("Nếu bạn cần việc này trong công việc, hãy nói với người phụ trách đơn vị.")
    status = 403


class KeyMissing(VaultClosed):
    """The key ring holds no such key, or it was destroyed."""

    code = "vault.key-missing"
    sentence = _("Chùm khóa của máy này thiếu khóa để mở thông tin.")
    remedy = _(
        "Người vận hành: khôi phục chùm khóa (diemtua keys recover), rồi chạy diemtua doctor."
    )


class RingMissing(KeyMissing):
    """There is no key ring although records were sealed before; none is made in its place."""

    code = "vault.ring-missing"
    sentence = _(
        "Không thấy chùm khóa của cơ sở dữ liệu này; hệ thống không tự tạo chùm khóa khác."
    )


class EpochInUse(VaultClosed):
    """A key-encryption key wraps new or live data keys and may not be destroyed."""

    code = "vault.epoch-in-use"
    sentence = _("Khóa đời %(epoch)s còn đang dùng (bọc %(count)s khóa dữ liệu), chưa hủy được.")
    remedy = _("Chạy diemtua keys rotate cho xong trước, rồi hủy khóa cũ.")
    status = 409


class EpochTooYoung(VaultClosed):
    """Backups that must still be readable are under this key."""

    code = "vault.epoch-too-young"
    sentence = _(
        "Khóa đời %(epoch)s còn mở được các bản sao lưu trong hạn giữ, tới ngày %(until)s."
    )
    remedy = _("Đợi hết hạn giữ bản sao lưu rồi hủy khóa.")
    status = 409


class EpochUnknown(VaultClosed):
    """The ring never had a key of this epoch."""

    code = "vault.epoch-unknown"
    sentence = _("Chùm khóa không có khóa đời %(epoch)s.")
    remedy = _("Xem các đời khóa bằng diemtua doctor.")
    status = 404


class NeverByOne(VaultClosed):
    """A recovery that one person could do alone, or that can never be done."""

    code = "vault.never-by-one"
    sentence = _(
        "Cần ít nhất 2 mảnh để mở, nhiều nhất 16 mảnh, và không cần nhiều mảnh hơn số đã chia."
    )
    remedy = _("Ví dụ: chia 5 mảnh, cần 3 mảnh (--need 3 --of 5).")
    status = 422


class TooFewShares(VaultClosed):
    """Fewer shares were given than the number that was agreed on."""

    code = "vault.too-few-shares"
    sentence = _("Mới có %(given)s mảnh khóa khác nhau, cần đủ %(needed)s mảnh.")
    remedy = _("Nhập đủ số mảnh đã ghi trên giấy, mỗi mảnh một dòng.")
    status = 422


class ShareUnreadable(VaultClosed):
    """A share is mistyped, or the shares come from different sets."""

    code = "vault.share-unreadable"
    sentence = _("Có mảnh khóa gõ sai hoặc thuộc một bộ khác.")
    remedy = _("So từng từ với tờ giấy; các mảnh cùng một bộ có ba từ đầu giống nhau.")
    status = 422


class SharesOfAnotherRing(VaultClosed):
    """The shares fit together, but do not open this sealed ring."""

    code = "vault.shares-of-another-ring"
    sentence = _("Các mảnh khóa này không mở được tệp keyring.sealed đã chọn.")
    remedy = _("Dùng tệp keyring.sealed mới nhất của cùng hệ thống, hoặc bộ mảnh in gần đây nhất.")
    status = 422


class RingInTheWay(VaultClosed):
    """A key ring with keys that the recovered one lacks is already there."""

    code = "vault.ring-in-the-way"
    sentence = _("Máy này đang có một chùm khóa với khóa mà bản khôi phục không có.")
    remedy = _("Nếu chắc chắn muốn thay, chạy lại với lựa chọn thay thế; tệp cũ được giữ bên cạnh.")
    status = 409


class FileRefused(VaultClosed):
    """What the file is may not be attached, whatever its name says."""

    code = "vault.file-refused"
    sentence = _("Loại tệp này không được đính kèm.")
    remedy = _("Dùng tệp PDF, ảnh, ghi âm, video ngắn, DOCX, XLSX hoặc ODT.")
    status = 422


class FileMisnamed(VaultClosed):
    """The file's name says another kind than its content."""

    code = "vault.file-misnamed"
    sentence = _("Nội dung tệp không đúng với phần đuôi của tên tệp.")
    remedy = _("Mở tệp bằng đúng ứng dụng, lưu lại rồi đính kèm.")
    status = 422


class FileTooLarge(VaultClosed):
    """The file is larger than the limit."""

    code = "vault.file-too-large"
    sentence = _("Tệp lớn hơn %(limit)s MB.")
    remedy = _("Chụp lại ở độ phân giải nhỏ hơn, hoặc chia thành nhiều tệp.")
    status = 413


class FileEmpty(VaultClosed):
    """The file holds nothing."""

    code = "vault.file-empty"
    sentence = _("Tệp này trống.")
    remedy = _("Chọn lại tệp.")
    status = 422
