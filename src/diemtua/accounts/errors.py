"""What the room refuses, each rule by its name."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class RolesClash(Refusal):
    """One person may not hold these two roles at the same time."""

    code = "accounts.roles-clash"
    sentence = _("Một người không thể cùng lúc giữ vai trò “%(held)s” và “%(asked)s”.")
    remedy = _(
        "Người vận hành hoặc giám sát hệ thống không đồng thời xem hồ sơ của người khác. "
        "Kết thúc vai trò cũ trước, hoặc giao vai trò này cho người khác."
    )
    field = "role"


class RoleAlreadyHeld(Refusal):
    """The person holds this role in this organisation today."""

    code = "accounts.role-already-held"
    sentence = _("Người này đang giữ đúng vai trò đó ở đơn vị này.")
    remedy = _("Không cần làm gì thêm.")
    field = "role"


class NotYourOwnAccess(Refusal):
    """Nobody takes away or gives rights to themselves."""

    code = "accounts.not-your-own-access"
    sentence = _("Bạn không thể tự thay đổi quyền của chính mình.")
    remedy = _("Nhờ một quản trị viên khác thực hiện.")
    status = 403


class LastAdministrator(Refusal):
    """Somebody must remain who can let others in."""

    code = "accounts.last-administrator"
    sentence = _("Đây là quản trị viên cuối cùng còn hoạt động.")
    remedy = _("Mời thêm một quản trị viên khác trước khi dừng quyền của người này.")


class InvitationNotFound(Refusal):
    """The link is mistyped or was never given."""

    code = "accounts.invitation.not-found"
    sentence = _("Đường dẫn mời này không đúng.")
    remedy = _("Kiểm tra xem đường dẫn có bị cắt mất phần cuối không, hoặc xin người mời gửi lại.")
    status = 404


class InvitationExpired(Refusal):
    """The link was not used in time, or the invitation was taken back."""

    code = "accounts.invitation.expired"
    sentence = _("Lời mời này đã hết hạn hoặc đã được thu hồi.")
    remedy = _("Xin người mời gửi cho bạn một lời mời mới.")
    status = 410


class InvitationUsed(Refusal):
    """The link works once."""

    code = "accounts.invitation.used"
    sentence = _("Lời mời này đã được dùng rồi.")
    remedy = _("Nếu chính bạn đã nhận lời mời, hãy đăng nhập bằng e-mail và mật khẩu đã đặt.")
    status = 410


class InvitationForSomeoneElse(Refusal):
    """Signed in as one person, holding another person's link."""

    code = "accounts.invitation.someone-else"
    sentence = _("Lời mời này gửi cho một người khác với tài khoản đang đăng nhập.")
    remedy = _("Đăng xuất rồi mở lại đường dẫn mời.")
    status = 403


class RoleNotYoursToGive(Refusal):
    """The asker may invite, but not into this role or organisation."""

    code = "accounts.invitation.role-not-yours"
    sentence = _("Bạn không mời được vai trò này vào đơn vị này.")
    remedy = _("Nhờ quản trị viên của thành phố gửi lời mời.")
    field = "role"
    status = 403


class OrganisationExists(Refusal):
    """The same name in the same place is the same organisation."""

    code = "accounts.organisation.exists"
    sentence = _("Đã có đơn vị cùng tên ở địa bàn này.")
    remedy = _("Tìm đơn vị đó trong danh sách thay vì tạo mới.")
    field = "name"


class SignInStale(Refusal):
    """A sensitive act needs a sign-in that is minutes old, and this account has no way to repeat it."""

    code = "accounts.sign-in-stale"
    sentence = _("Việc này cần bạn vừa mới xác nhận danh tính.")
    remedy = _("Đăng xuất, đăng nhập lại rồi làm ngay việc này.")
    status = 403


class NotInDemo(Refusal):
    """One-tap sign-in exists only where every person is invented."""

    code = "accounts.not-in-demo"
    sentence = _("Không có trang này.")
    remedy = _("Đăng nhập bằng e-mail và mật khẩu.")
    status = 404


class NotOffered(Refusal):
    """A page of the sign-in package that this house does not use."""

    code = "accounts.not-offered"
    sentence = _("Không có trang này.")
    remedy = _("Tài khoản được lập theo lời mời; e-mail đăng nhập do quản trị viên quản lý.")
    status = 404
