from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The room ``reports``; its README says what happens here."""

    name = "diemtua.reports"
    label = "reports"

    def ready(self) -> None:
        """Declare the room's menu entry."""
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - models load before ready()
        from diemtua.reports.policies import READS  # noqa: PLC0415 - as above

        menu.declare(
            code="reports",
            label=_("Báo cáo"),
            url_name="reports:list",
            icon="report",
            roles=READS.roles,
            order=30,
        )
