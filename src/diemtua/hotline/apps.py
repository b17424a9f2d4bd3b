from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    """The room ``hotline``; its README says what happens here."""

    name = "diemtua.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Declare this room's menu entry and what waits for a counsellor."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
        from diemtua.foundation.registry import steps  # noqa: PLC0415 - as above
        from diemtua.foundation.ui import bar, menu  # noqa: PLC0415 - as above
        from diemtua.hotline import queries, services, waiting  # noqa: PLC0415 - as above

        steps.declare("casework.case.erased", services.erase_with_case)

        menu.declare(
            code="hotline.desk",
            label=_("Trực đường dây"),
            url_name="hotline:desk",
            icon="headset",
            roles={Role.COUNSELLOR, Role.SUPERVISOR},
            order=5,
            home_for={Role.COUNSELLOR},
        )
        menu.declare(
            code="hotline.lines",
            label=_("Số điện thoại"),
            url_name="hotline:lines",
            icon="phone-call",
            roles={
                Role.ADMINISTRATOR
            },  # the supervisor's menu is full: a button on her desk leads there
            order=60,
        )
        bar.count_waiting(queries.waiting_for, changed_by="contact duty")
        waiting.declare()
