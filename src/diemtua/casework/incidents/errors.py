"""What the rules of profile, incidents and intake refuse, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.refusals import Refusal


class SavedElsewhere(Refusal):
    """Somebody saved this since the page was opened; nothing is overwritten."""

    code = "casework.incident.saved-elsewhere"
    sentence = _("Phần này vừa được ghi ở một trang khác.")
    remedy = _("So hai bản bên dưới; bấm ghi lần nữa để giữ bản của bạn.")


class InTheFuture(Refusal):
    """What happened has happened."""

    code = "casework.incident.in-the-future"
    sentence = _("Ngày xảy ra không thể sau hôm nay.")
    remedy = _("Xem lại ngày, tháng, năm.")
    field = "began_on"


class EndsBeforeItBegins(Refusal):
    """A period ends on or after the day it began."""

    code = "casework.incident.ends-before-it-begins"
    sentence = _("Ngày kết thúc đứng trước ngày bắt đầu.")
    remedy = _("Đổi lại hai ngày, hoặc bỏ trống ngày kết thúc nếu chỉ xảy ra một lần.")
    field = "ended_on"


class BeforeBirth(Refusal):
    """Nothing happened to her before she was born."""

    code = "casework.incident.before-birth"
    sentence = _("Ngày xảy ra đứng trước ngày sinh đã ghi.")
    remedy = _("Xem lại ngày xảy ra, hoặc sửa ngày sinh ở phần Nhân thân.")
    field = "began_on"


class BornAfterAnIncident(Refusal):
    """A birth date that makes a recorded incident impossible is wrong, or the incident is."""

    code = "casework.profile.born-after-an-incident"
    sentence = _("Theo ngày sinh này thì một sự việc đã ghi xảy ra trước khi sinh.")
    remedy = _("Xem lại ngày sinh, hoặc sửa ngày của sự việc trước.")
    field = "birth_date"


class BornInTheFuture(Refusal):
    """Nobody is born tomorrow, nor is anybody older than people get."""

    code = "casework.profile.impossible-birth"
    sentence = _("Ngày sinh, năm sinh hoặc tuổi không thể như vậy.")
    remedy = _("Xem lại; nếu không biết chắc, ghi tuổi ước chừng và bỏ trống ngày sinh.")
    field = "birth_date"
