from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """The room ``indicators``; its README says what happens here."""

    name = "diemtua.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Declare the room's menu entries, and who hears that figures have changed."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models load before ready()
        from diemtua.foundation.live import topics  # noqa: PLC0415 - as above
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above
        from diemtua.indicators.policies import SEES_FIGURES  # noqa: PLC0415 - as above

        topics.give("figures", roles=SEES_FIGURES.roles)
        menu.declare(
            code="indicators.brief",
            label=_("Một trang"),
            url_name="indicators:brief",
            icon="file-text",
            roles={Role.LEADER},
            order=10,
            home_for={Role.LEADER},
        )
        menu.declare(
            code="indicators.dashboard",
            label=_("Toàn cảnh"),
            url_name="indicators:dashboard",
            icon="chart-line",
            roles=SEES_FIGURES.roles,
            order=20,
            home_for={Role.COMMITTEE_SECRETARY},
        )
