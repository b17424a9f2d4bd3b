"""The form of a document, picture or recording."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diemtua.casework.cases.models import How
from diemtua.casework.papers.forms import fields
from diemtua.casework.papers.models import FILES, Kind
from diemtua.casework.papers.services import Filed
from diemtua.foundation.vault.errors import FileEmpty

ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.odt,.mp3,.m4a,.aac,.amr,.ogg,.opus,.wav,.3gp"


class FileForm(forms.Form):
    """A file and what is said of it. A browser forgets the chosen file when the page comes back."""

    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[(kind.value, kind.label) for kind in FILES],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Tệp"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Chưa chọn tệp. Nếu trang vừa báo lỗi, hãy chọn lại tệp."),
            "empty": FileEmpty.sentence,
        },
    )
    happened_on = fields.day(_("Ngày chụp, ghi âm hoặc ngày của giấy"), initial=fields.today)
    title = forms.CharField(
        label=_("Tên gọi"),
        max_length=fields.WORDS,
        help_text=_("Ví dụ: Giấy ra viện. Được mã hóa cùng tệp."),
    )
    note = fields.text(_("Ghi thêm"), required=False)
    agreed = forms.BooleanField(label=_("Chị đồng ý giữ ảnh này trong hồ sơ"), required=False)
    agreed_how = forms.ChoiceField(
        label=_("Chị đồng ý bằng cách nào"), required=False, choices=[("", "—"), *How.choices]
    )
    agreed_on = fields.day(_("Chị đồng ý ngày nào"), required=False, initial=fields.today)

    def clean(self) -> dict[str, Any]:
        """Ask for her agreement when it is a picture."""
        read: dict[str, Any] = super().clean() or {}
        if read.get("kind") == Kind.PHOTO:
            if not read.get("agreed"):
                self.add_error("agreed", _("Hỏi chị trước; chị chưa đồng ý thì không giữ ảnh."))
            if not read.get("agreed_how"):
                self.add_error("agreed_how", _("Ghi chị đã đồng ý bằng cách nào."))
            if not read.get("agreed_on") and "agreed_on" not in self.errors:
                self.add_error("agreed_on", _("Ghi chị đồng ý ngày nào."))
        return read

    def filed(self) -> Filed:
        """Return what was said of the file."""
        read = self.cleaned_data
        is_photo = read["kind"] == Kind.PHOTO
        agreed = (read["agreed_how"], read["agreed_on"]) if is_photo else None
        return Filed(read["kind"], read["happened_on"], read["title"], read["note"], agreed)
