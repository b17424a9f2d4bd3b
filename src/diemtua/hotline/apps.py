from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    """The room ``hotline``; its README says what happens here."""

    name = "diemtua.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Declare this room's menu entry."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above

        menu.declare(
            code="hotline.desk",
            label=_("Trực đường dây"),
            url_name="hotline:desk",
            icon="headset",
            roles={Role.COUNSELLOR},
            order=5,
            home_for={Role.COUNSELLOR},
        )
