from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingConfig(AppConfig):
    """The alcove ``closing``; its README says what happens here."""

    name = "diemtua.casework.closing"
    label = "closing"

    def ready(self) -> None:
        """Declare the tab, the line in the log and what waits for the supervisor."""
        from diemtua.casework.cases.frame import tabs, timeline  # noqa: PLC0415 - models first
        from diemtua.casework.closing import queries, waiting  # noqa: PLC0415 - as above
        from diemtua.foundation.registry import work  # noqa: PLC0415 - as above

        tabs.declare("closing", label=_("Khép lại"), url_name="closing:index", order=98)
        timeline.declare("closing", queries.events)
        work.declare(
            "closing.to-decide",
            label=_("Chờ duyệt khép hồ sơ"),
            icon="checks",
            find=waiting.to_decide,
        )
