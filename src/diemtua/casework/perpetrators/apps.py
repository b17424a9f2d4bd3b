from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PerpetratorsConfig(AppConfig):
    """The alcove ``perpetrators``; its README says what happens here."""

    name = "diemtua.casework.perpetrators"
    label = "perpetrators"

    def ready(self) -> None:
        """Declare the menu, the tab on a case, what figures count and what waits."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models must be loaded first
        from diemtua.casework.cases.frame import next_steps, tabs  # noqa: PLC0415 - as above
        from diemtua.casework.perpetrators import measures, services, waiting  # noqa: PLC0415
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - as above

        menu.declare(
            code="perpetrators.list",
            label=_("Người gây bạo lực"),
            url_name="perpetrators:list",
            icon="user-heart",
            roles=frozenset({Role.PERPETRATOR_WORKER, Role.SUPERVISOR}),
            order=30,
            home_for=frozenset({Role.PERPETRATOR_WORKER}),
        )
        tabs.declare(
            "perpetrators",
            label=_("Người gây bạo lực"),
            url_name="perpetrators:of-case",
            order=60,
        )
        next_steps.declare("perpetrators.relapse", rank=1, find=waiting.relapse_step)
        measures.declare()
        services.declare()
        waiting.declare()
