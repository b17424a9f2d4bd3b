from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """The room ``directory``; its README says what happens here."""

    name = "diemtua.directory"
    label = "directory"

    def ready(self) -> None:
        """Declare this room's menu entries."""
        from diemtua.accounts.models import Role  # noqa: PLC0415 - models load before ready()
        from diemtua.foundation.ui import menu  # noqa: PLC0415 - models load before ready()

        menu.declare(
            code="directory",
            label=_("Nơi hỗ trợ"),
            url_name="directory:list",
            icon="address-book",
            roles=frozenset(
                {
                    Role.COUNSELLOR,
                    Role.CASE_WORKER,
                    Role.SUPERVISOR,
                    Role.COMMUNE_OFFICER,
                    Role.COMMITTEE_SECRETARY,
                    Role.LEADER,
                    Role.ADMINISTRATOR,
                }
            ),
            order=50,
        )
        menu.declare(
            code="readiness",
            label=_("Sẵn sàng tối nay"),
            url_name="directory:readiness",
            icon="bed",
            roles=frozenset({Role.PROVIDER, Role.COMMUNE_OFFICER}),
            order=20,
        )
