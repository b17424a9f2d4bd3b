"""What the codes of the audit trail say, and the names behind its ids; the roof knows every room."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accounts.acting-as": _("Đổi vai trò đang làm"),
    "accounts.invitation.accepted": _("Nhận lời mời"),
    "accounts.invitation.withdrawn": _("Thu hồi lời mời"),
    "accounts.invited": _("Mời người dùng"),
    "accounts.organisation.added": _("Thêm đơn vị"),
    "accounts.organisation.changed": _("Sửa đơn vị"),
    "accounts.organisation.closed": _("Đóng đơn vị"),
    "accounts.passphrase.link-made": _("Tạo đường dẫn đặt lại mật khẩu"),
    "accounts.role.ended": _("Kết thúc vai trò"),
    "accounts.role.granted": _("Giao vai trò"),
    "accounts.second-factor.reset": _("Đặt lại lớp bảo vệ thứ hai"),
    "accounts.sessions.ended": _("Kết thúc phiên đăng nhập"),
    "accounts.sign-in.failed": _("Đăng nhập không thành"),
    "accounts.signed-in": _("Đăng nhập"),
    "accounts.signed-out": _("Đăng xuất"),
    "accounts.user.restored": _("Mở lại tài khoản"),
    "accounts.user.suspended": _("Tạm dừng tài khoản"),
    "audit.chain.bound": _("Tạo điểm kiểm"),
    "audit.chain.verified": _("Kiểm tra chuỗi nhật ký"),
    "audit.trail.read": _("Xem nhật ký"),
    "casework.access.cover-given": _("Giao trực thay"),
    "casework.access.ended": _("Kết thúc quyền mở tạm"),
    "casework.access.glass-broken": _("Mở khẩn cấp"),
    "casework.access.reason-read": _("Đọc lý do mở khẩn cấp"),
    "casework.access.reviewed": _("Xem lại lần mở khẩn cấp"),
    "casework.case.alias-drawn": _("Đổi bí danh"),
    "casework.case.assigned": _("Giao hồ sơ"),
    "casework.case.contacted": _("Ghi lần liên hệ"),
    "casework.case.counted": _("Ghi vào số liệu"),
    "casework.case.erased": _("Xóa vĩnh viễn hồ sơ"),
    "casework.case.identity-read": _("Xem danh tính"),
    "casework.case.looked-for": _("Tra cứu hồ sơ trong đơn vị"),
    "casework.case.opened": _("Mở hồ sơ mới"),
    "casework.case.opened-on-screen": _("Mở xem hồ sơ"),
    "casework.case.risk-judged": _("Đánh giá nguy cơ"),
    "casework.case.taken": _("Nhận hồ sơ"),
    "casework.consent.given": _("Ghi đồng thuận"),
    "casework.consent.withdrawn": _("Rút đồng thuận"),
    "casework.duty.acknowledged": _("Xác nhận việc theo luật"),
    "casework.duty.joined": _("Gộp việc theo luật vào hồ sơ"),
    "casework.duty.notice-written": _("Viết thông báo cho Chủ tịch xã"),
    "casework.duty.read": _("Đọc thông báo theo luật"),
    "casework.duty.started": _("Bắt đầu việc theo luật"),
    "casework.packet.erased": _("Xóa phần thông tin đã gửi kèm"),
    "casework.referral.accepted": _("Nhận chuyển gửi"),
    "casework.referral.completed": _("Hoàn thành chuyển gửi"),
    "casework.referral.declined": _("Từ chối chuyển gửi"),
    "casework.referral.packed": _("Lấy phần thông tin để gửi kèm"),
    "casework.referral.read": _("Đọc phần thông tin gửi kèm"),
    "casework.referral.revoked": _("Thu hồi chuyển gửi"),
    "casework.referral.sent": _("Chuyển gửi"),
    "casework.service.recorded": _("Ghi dịch vụ"),
    "casework.stay.begun": _("Ghi người đến tạm lánh"),
    "casework.stay.ended": _("Ghi người rời nơi tạm lánh"),
    "casework.team.handed-over": _("Bàn giao việc của một người"),
    "directory.address.granted": _("Cho biết địa chỉ nơi tạm lánh"),
    "directory.address.opened": _("Xem địa chỉ nơi tạm lánh"),
    "directory.address.written": _("Ghi địa chỉ nơi tạm lánh"),
    "directory.facility.changed": _("Sửa nơi hỗ trợ"),
    "directory.facility.registered": _("Thêm nơi hỗ trợ"),
    "directory.facility.withdrawn": _("Rút nơi hỗ trợ"),
    "directory.readiness.answered": _("Trả lời sẵn sàng"),
    "hotline.contact.begun": _("Bắt đầu ghi cuộc gọi"),
    "hotline.contact.finished": _("Ghi xong cuộc gọi"),
    "hotline.contact.called-back": _("Đã gọi lại"),
    "hotline.contact.handed-over": _("Bàn giao cuộc gọi"),
    "hotline.hand-over.read": _("Xem lời bàn giao"),
    "hotline.line.added": _("Thêm số điện thoại"),
    "hotline.line.changed": _("Sửa số điện thoại"),
    "hotline.number.looked-up": _("Tìm cuộc gọi trước từ số này"),
    "hotline.contact.read": _("Mở xem cuộc gọi"),
    "reports.report.downloaded": _("Tải báo cáo"),
    "reports.report.issued": _("Ban hành báo cáo"),
    "site.backup.made": _("Sao lưu dữ liệu"),
    "site.backup.restored": _("Khôi phục dữ liệu từ bản sao lưu"),
    "vault.epoch.begun": _("Tạo khóa đời mới"),
    "vault.epoch.destroyed": _("Hủy khóa của một đời cũ"),
    "vault.shares.made": _("Tạo mảnh khôi phục khóa"),
}


def people(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of members of staff."""
    from diemtua.accounts.models import User  # noqa: PLC0415 - models load after the apps

    return dict(User.objects.filter(pk__in=list(ids)).values_list("pk", "full_name"))


def bodies(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of organisations."""
    from diemtua.accounts.models import Organisation  # noqa: PLC0415 - models load after the apps

    return dict(Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
