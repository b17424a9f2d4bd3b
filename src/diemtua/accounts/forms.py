"""Forms of the room; those of the sign-in package with Vietnamese words."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, OrganisationKind, Role
from diemtua.accounts.services import ResetReason, SuspensionReason
from diemtua.places.models import Unit

PASSPHRASE_HELP = _("Ít nhất 12 ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó nhớ.")


def _word(field: forms.Field, label: Any, **attrs: str) -> None:
    """Give a field of the package its Vietnamese label; a label is no placeholder."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]
    """E-mail and passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], _("E-mail"), autocomplete="username webauthn", autofocus="")
        _word(self.fields["password"], _("Mật khẩu"))


class ReauthenticateForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The passphrase once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], _("Mật khẩu"), autofocus="")


class ChangePassphraseForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    """The present passphrase and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], _("Mật khẩu hiện tại"))
        _word(self.fields["password1"], _("Mật khẩu mới"))
        _word(self.fields["password2"], _("Nhập lại mật khẩu mới"))
        self.fields["password1"].help_text = PASSPHRASE_HELP


class ForgottenPassphraseForm(account_forms.ResetPasswordForm):  # type: ignore[misc]
    """The address to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("E-mail"))


class NewPassphraseForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Twice the new passphrase, after a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password1"], _("Mật khẩu mới"))
        _word(self.fields["password2"], _("Nhập lại mật khẩu mới"))
        self.fields["password1"].help_text = PASSPHRASE_HELP


CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": ""}


class SecondFactorForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Mã xác thực hoặc mã dự phòng"), **CODE)


class SecondFactorAgainForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """The same, to prove oneself again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Mã xác thực hoặc mã dự phòng"), **CODE)


class ActivateAppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code that the app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Mã 6 chữ số ứng dụng đang hiện"), **CODE)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A name for the key, and whether it replaces the passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Tên để nhận ra khóa này"))
        _word(self.fields["passwordless"], _("Đăng nhập được mà không cần mật khẩu"))


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    """The key's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Tên để nhận ra khóa này"))


class UnlockForm(forms.Form):
    """The passphrase that opens the locked screen."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": ""}),
    )


class AcceptForm(forms.Form):
    """Twice a passphrase of one's own."""

    passphrase = forms.CharField(
        label=_("Mật khẩu của bạn"),
        strip=False,
        help_text=PASSPHRASE_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_passphrase(self) -> str:
        """Refuse a passphrase that is short, common or made of the person's own name."""
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase, self.person)
        return passphrase

    def clean(self) -> dict[str, Any] | None:
        """Refuse two different passphrases."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("passphrase"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("Hai lần nhập chưa giống nhau."))
        return cleaned


def _open_organisations() -> Any:
    return Organisation.objects.filter(closed_on__isnull=True).order_by("name")


class InviteForm(forms.Form):
    """Whom, into which organisation, in which role."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail công vụ"), help_text=_("Dùng để đăng nhập, không đổi được về sau.")
    )
    organisation = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=Organisation.objects.none(), empty_label=_("Chọn đơn vị…")
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role)
    unit = forms.ModelChoiceField(
        label=_("Chỉ phụ trách địa bàn"),
        queryset=Unit.objects.filter(valid_to__isnull=True),
        required=False,
        help_text=_("Bỏ trống: theo địa bàn của đơn vị."),
    )

    def __init__(self, *args: Any, organisations: Any = None, roles: Any = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        bodies = _open_organisations() if organisations is None else organisations
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        if roles is not None:
            self.fields["role"].choices = [  # type: ignore[attr-defined]
                (value, label) for value, label in Role.choices if value in roles
            ]


class GrantForm(forms.Form):
    """Another role for a person who signs in already."""

    organisation = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=Organisation.objects.none(), empty_label=_("Chọn đơn vị…")
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = _open_organisations()  # type: ignore[attr-defined]


class SuspendForm(forms.Form):
    """Why a person is shut out."""

    reason = forms.ChoiceField(label=_("Lý do tạm dừng"), choices=SuspensionReason)


class ResetForm(forms.Form):
    """Why a second factor is reset."""

    reason = forms.ChoiceField(label=_("Lý do đặt lại"), choices=ResetReason)


class OrganisationForm(forms.Form):
    """An organisation's name, kind, place and parent."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=OrganisationKind)
    unit = forms.ModelChoiceField(
        label=_("Địa bàn"),
        queryset=Unit.objects.filter(valid_to__isnull=True),
        help_text=_("Gõ tên xã, phường, không cần dấu."),
    )
    parent = forms.ModelChoiceField(
        label=_("Đơn vị cấp trên"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Không có"),
    )

    def __init__(self, *args: Any, editing: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editing = editing
        parents = _open_organisations()
        if editing is not None:
            parents = parents.exclude(pk=editing.pk)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def clean_parent(self) -> Organisation | None:
        """Refuse a parent that is below this organisation."""
        parent: Organisation | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if self.editing is not None and above.pk == self.editing.pk:
                raise ValidationError(_("Đơn vị này đang là cấp dưới của đơn vị đang sửa."))
            above = above.parent
        return parent


class PeopleFilterForm(forms.Form):
    """Search and filters over the list of people."""

    q = forms.CharField(label=_("Tìm theo tên hoặc e-mail"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=Organisation.objects.order_by("name"), required=False,
        empty_label=_("Mọi đơn vị"),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[("", _("Mọi vai trò")), *Role.choices], required=False
    )
    missing = forms.BooleanField(label=_("Chưa có xác minh hai lớp"), required=False)
