from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The room ``accounts``; its README says what happens here."""

    name = "diemtua.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the menu's entries and what stands behind the bar's buttons."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models are loaded by now
        from diemtua.foundation.ui import bar, menu  # noqa: PLC0415 - the same

        administrator = frozenset({Role.ADMINISTRATOR.value})
        for order, (code, label, icon) in enumerate(
            (
                ("administration", _("Quản trị"), "layout-dashboard"),
                ("people", _("Người dùng"), "users"),
                ("organisations", _("Đơn vị"), "building-community"),
            )
        ):
            menu.declare(
                code=f"accounts.{code}", label=label, url_name=f"accounts:{code}", icon=icon,
                roles=administrator, order=10 + order,
                home_for=administrator if order == 0 else frozenset(),
            )  # fmt: skip
        menu.declare(
            code="accounts.invitations", label=_("Lời mời"), url_name="accounts:invitations",
            icon="user-plus", roles=administrator, order=80,  # the supervisor: from her team's page
        )  # fmt: skip
        bar.declare(
            lock="accounts:lock", unlock="accounts:unlock", language="accounts:language",
            theme="accounts:theme", act_as="accounts:act-as", account="accounts:me",
            sign_in="account_login", sign_out="account_logout",
        )  # fmt: skip
