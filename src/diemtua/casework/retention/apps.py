from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """The alcove ``retention``; its README says what happens here."""

    name = "diemtua.casework.retention"
    label = "retention"

    def ready(self) -> None:
        """Declare the tab, the menu and what waits."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
        from diemtua.casework.cases.frame import tabs  # noqa: PLC0415 - as above
        from diemtua.casework.retention import waiting  # noqa: PLC0415 - as above
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above

        tabs.declare("retention", label=_("Quyền dữ liệu"), url_name="retention:of-case", order=97)
        menu.declare(
            code="retention.erasures",
            label=_("Xóa hồ sơ"),
            url_name="retention:erasures",
            icon="trash",
            roles=frozenset({Role.DATA_PROTECTION_OFFICER}),
            order=40,
        )
        waiting.declare()
